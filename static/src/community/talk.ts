// The forms under a proposal: sent without leaving the page, photos shrunk before they go.
// It knows nothing about what the forms mean; the server answers with the piece of HTML that replaces theirs.
// Idea: the same forms work without this script, which only spares the reload and three quarters of the data.
import type { Map as LeafletMap } from "leaflet";
import { fetchFragment, FragmentFailed } from "../page/fragments.ts";
import { shrink } from "./shrink.ts";
import { takenAt } from "./taken-at.ts";
import { forget, keep, putBack } from "./unsent.ts";

const place = (form: HTMLFormElement, lon: string, lat: string): void => {
  form.querySelector<HTMLInputElement>("[name=lon]")!.value = lon;
  form.querySelector<HTMLInputElement>("[name=lat]")!.value = lat;
};

/** Look after every piece `[data-talk]` inside root, now and later; map: the one beside it, if there is one. */
export function lookAfterTalk(root: HTMLElement, map: LeafletMap | null = null): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-talk-form]")) return;
    event.preventDefault();
    event.stopPropagation();
    void send(form, map);
  });
  root.addEventListener("change", (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === "file" && input.closest("[data-attach]")) void chosen(input);
    keepForm(input);
  });
  root.addEventListener("input", (event) => keepForm(event.target));
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    const look = target.closest<HTMLElement>("[data-look]")?.dataset["look"]?.split(",").map(Number);
    if (look && map) map.setView([look[1]!, look[0]!], Math.max(map.getZoom(), 18));
    const mark = target.closest<HTMLElement>("[data-mark-place]");
    if (!mark || !map) return;
    const on = mark.getAttribute("aria-pressed") !== "true";
    const { lng, lat } = map.getCenter();
    mark.setAttribute("aria-pressed", String(on));
    place(mark.closest("form")!, on ? lng.toFixed(6) : "", on ? lat.toFixed(6) : "");
  });
  // A file may have been chosen before this was here to see it.
  root.querySelectorAll<HTMLInputElement>("[data-attach] [type=file]").forEach((input) => {
    if (input.files?.length) void chosen(input);
  });
  if (!map) return;
  const shown = (): void => {
    putBack(root, (input) => void chosen(input));
    pin(map);
  };
  root.addEventListener("fragment", shown);
  shown();
}

function keepForm(field: EventTarget | null): void {
  const form = (field as HTMLElement).closest<HTMLFormElement>("[data-talk-form]");
  if (form) keep(form);
}

/** The places of the site visit whose notes are shown. */
function pin(map: LeafletMap): void {
  void import("../visit/pins.ts").then(({ showPins }) => showPins(map));
}

async function send(form: HTMLFormElement, map: LeafletMap | null): Promise<void> {
  const piece = form.closest<HTMLElement>("[data-talk]")!;
  const button = form.querySelector("button:not([type=button])");
  const headers = { "X-CSRF-Token": document.body.dataset["csrf"] ?? "", "X-Fragment": map ? "panel" : "page" };
  button?.setAttribute("disabled", "");
  piece.setAttribute("aria-busy", "true");
  try {
    const html = await fetchFragment(form.action, { method: "POST", body: await body(form), headers });
    const made = document.createElement("template");
    made.innerHTML = html;
    const fresh = made.content.querySelector<HTMLElement>("[data-talk]")!;
    if (!fresh.querySelector(".field-error[role=alert]")) forget(form);
    piece.replaceWith(fresh);
    putBack(fresh, (input) => void chosen(input));
    if (map) pin(map);
    fresh.querySelector<HTMLElement>("[role=status], .field-error[role=alert]")?.scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (!(error instanceof FragmentFailed)) throw error;
    if (!map) return form.submit(); // the browser then says what is wrong, as without this script
    say(form, error.message);
    button?.removeAttribute("disabled");
  } finally {
    piece.removeAttribute("aria-busy");
  }
}

async function body(form: HTMLFormElement): Promise<FormData> {
  const data = new FormData(form);
  const file = data.getAll("file").find((one): one is File => one instanceof File && one.size > 0);
  data.delete("file");
  if (file) data.append("file", await shrink(file), file.name);
  return data;
}

function say(form: HTMLFormElement, message: string): void {
  const line = document.createElement("p");
  line.className = "field-error";
  line.setAttribute("role", "alert");
  line.textContent = message;
  form.querySelectorAll(".field-error").forEach((old) => old.remove());
  form.append(line);
}

/** A file was chosen: say which, forget the other field's, and offer the place the camera knows. */
async function chosen(input: HTMLInputElement): Promise<void> {
  const form = input.form!;
  const file = input.files?.[0];
  form.querySelectorAll<HTMLInputElement>("[type=file]").forEach((other) => other !== input && (other.value = ""));
  form.toggleAttribute("data-chosen", file !== undefined);
  form.querySelector("[data-attach-name]")!.textContent = file ? file.name : "";
  const tick = form.querySelector<HTMLElement>("[data-attach-place]")!;
  const at = file ? await takenAt(file) : null;
  tick.hidden = at === null;
  tick.querySelector("input")!.checked = false;
  place(form, at ? String(at[0]) : "", at ? String(at[1]) : "");
}

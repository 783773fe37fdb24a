// The ranking tab's drawers: the list follows the weights being tried, sets are kept, two proposals are compared.
// It knows nothing about scores or words; every piece comes from the server (panel/ranking/…).
// Idea: the weights in use live as hidden fields of the filter form, so filters, list and comparison ask alike.
import { ApiProblem, newKey } from "../api/proposals.ts";
import { keepWeightSet, type WeightSet } from "../api/weight-sets.ts";
import { clearErrors, showErrors } from "../editor/form.ts";
import { swap } from "../page/fragments.ts";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { follow, judgements, shift, take } from "./judging.ts";

const WAIT_MS = 250;
const ON_TOP = 3;
let started: Weighing | null = null;

/** Take care of the drawers that were just shown. */
export function weigh(page: MapPage): void {
  started ??= new Weighing(page);
  started.remember();
  started.reflect();
  if (page.values["mode"] === "meeting") started.meet();
}

class Weighing {
  private timer = 0;
  /** What was sent last and its key: the same again, as after a lost answer, is a retry and not a second set. */
  private sent = { body: "", key: "" };

  constructor(private readonly page: MapPage) {
    const { body } = page;
    body.addEventListener("input", (event) => this.input(event.target as Element));
    body.addEventListener("change", (event) => this.change(event.target as Element));
    body.addEventListener("click", (event) => this.click(event.target as Element));
    body.addEventListener("submit", (event) => this.submit(event));
    body.addEventListener("toggle", (event) => this.toggle(event.target as Element), true);
    for (const type of ["pointerdown", "focusin"]) {
      body.addEventListener(type, (event) => {
        const form = (event.target as Element).closest<HTMLFormElement>("[data-judging-form]");
        if (form) take(form);
      });
    }
  }

  private find<Kind extends Element>(selector: string): Kind | null {
    return this.page.body.querySelector<Kind>(selector);
  }

  private input(target: Element): void {
    const form = target.closest<HTMLFormElement>("[data-judging-form]");
    // A number being typed is not there yet; a slider and a finished number are.
    if (!form || !(target instanceof HTMLInputElement) || target.type !== "range") return;
    follow(form, target);
    this.later();
  }

  private change(target: Element): void {
    const form = target.closest<HTMLFormElement>("[data-judging-form]");
    if (form) {
      if (target instanceof HTMLInputElement) {
        if (target.type === "number") follow(form, target);
        take(form);
      }
      this.later();
    } else if (target.closest("[data-compare-form]")) void this.compare();
    else if (target instanceof HTMLInputElement && target.name === "who") this.whose(target);
  }

  private click(target: Element): void {
    const step = target.closest<HTMLButtonElement>("[data-up], [data-down]");
    const way = target.closest<HTMLElement>("[data-way]")?.dataset["way"];
    if (target.closest("[data-meeting]")) this.meet();
    if (target.closest("[data-way][aria-pressed=true]")) return; // it is shown, and nothing is weighed yet
    if (step) {
      shift(step);
      this.later();
    } else if (way) void this.judge(way);
  }

  private toggle(target: Element): void {
    if (target.matches("[data-comparing][open]")) void this.compare();
  }

  /** Another way of judging, filled by the server with the weights in use. */
  private async judge(way: string): Promise<void> {
    const place = this.find<HTMLElement>("[data-judging]");
    const query = this.choice();
    query.set("to", way);
    if (!place || !(await swap(place, this.page.resolve(`panel/ranking/weights?${query}`)))) return;
    place.querySelector<HTMLElement>(`[data-way="${way}"]`)?.focus();
    this.later(0);
  }

  private later(wait = WAIT_MS): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh(), wait);
  }

  /** The list by the weights of the form, rows that moved lit once and counted aloud. */
  private async refresh(): Promise<void> {
    const form = this.find<HTMLFormElement>("[data-judging-form]"), list = this.find<HTMLElement>("[data-ranked]");
    const filters = this.find<HTMLFormElement>("[data-list-form]");
    if (!form || !list || !filters) return;
    this.use(form);
    const before = places(list), open = [...list.querySelectorAll("details[open]")].map((one) => one.closest("li")?.getAttribute("data-proposal"));
    if (!(await swap(list, this.page.resolve(`panel/ranking/list?${queryOf(filters)}`), true))) return;
    let moved = 0;
    for (const [id, row] of places(list)) {
      if (open.includes(id)) row.querySelector("details")!.open = true;
      if (before.get(id)?.dataset["place"] === row.dataset["place"]) continue;
      row.classList.add("moved");
      moved += 1;
    }
    const said = this.find<HTMLElement>("[data-list-said]");
    if (said) said.textContent = moved > 0 ? word("weights.moved", { n: moved }) : "";
    this.reflect();
    if (this.find("[data-comparing][open]")) void this.compare();
  }

  /** The form's answers become the weights in use. */
  private use(form: HTMLFormElement): void {
    this.find("[data-choice]")?.replaceChildren(...[...new FormData(form)].map(([name, value]) => {
      const kept = document.createElement("input");
      Object.assign(kept, { type: "hidden", name, value: String(value) });
      return kept;
    }));
    const name = this.find<HTMLElement>("[data-weights-name]"), sets = this.find<HTMLSelectElement>("[data-weight-set]");
    if (name) name.textContent = name.dataset["trying"] ?? "";
    if (sets) sets.value = "-";
    this.remember();
    this.find("[data-weights-back]")?.removeAttribute("hidden");
  }

  /** The address says by which weights the list is; those being tried outlive the tab of the panel as well. */
  remember(): void {
    const filters = this.find<HTMLFormElement>("[data-list-form]");
    if (filters) this.page.values["f"] = String(queryOf(filters));
    this.page.write();
    const key = `weights ${document.body.dataset["kelurahan"] ?? ""}`, said = this.choice().toString();
    if (said) sessionStorage.setItem(key, said);
    else sessionStorage.removeItem(key);
  }

  meet(): void {
    void import("./meeting.ts").then(({ meet }) => meet(this.page, this.choice().toString()));
  }

  /** What the list says about the answers, shown beside them: weights, contradictions, and who is on top now. */
  reflect(): void {
    const list = this.find<HTMLElement>("[data-ranked]");
    if (!list) return;
    const told = list.querySelector<HTMLElement>("[data-shares]")?.dataset["shares"] ?? "{}";
    for (const [name, share] of Object.entries(JSON.parse(told) as Record<string, string>)) {
      const place = this.find(`output[data-share="${name}"]`);
      if (place) place.textContent = share;
    }
    const stable = JSON.parse(list.querySelector<HTMLElement>("[data-stable]")?.dataset["stable"] ?? "{}") as Record<string, string>;
    for (const place of this.page.body.querySelectorAll<HTMLElement>("[data-stable-of]")) place.textContent = stable[place.dataset["stableOf"]!] ?? "";
    const top = this.find<HTMLElement>("[data-top-now]"), first = [...list.querySelectorAll<HTMLElement>("li[data-place]:not([data-place=''])")]
      .sort((a, b) => Number(a.dataset["place"]) - Number(b.dataset["place"])).slice(0, ON_TOP);
    top?.replaceChildren(...first.map(topRow));
    if (top) top.parentElement!.hidden = first.length === 0;
    const note = list.querySelector<HTMLElement>("[data-consistency], [data-warning]"), answer = this.find("[data-answer]");
    answer?.replaceChildren();
    if (note && answer) {
      const copy = note.cloneNode(true) as HTMLElement;
      copy.hidden = false;
      answer.append(copy);
      note.hidden = "consistency" in note.dataset;
    }
    const again = JSON.parse(note?.dataset["consistency"] ?? "[]") as string[];
    for (const pair of this.page.body.querySelectorAll<HTMLElement>("[data-pair]")) {
      const key = pair.dataset["pair"]!, marked = again.includes(key) || again.includes(key.split(".").reverse().join("."));
      pair.classList.toggle("pair-again", marked);
      pair.querySelector<HTMLElement>(".pair-mark")!.hidden = !marked;
    }
  }

  private choice(): URLSearchParams {
    return new URLSearchParams([...this.page.body.querySelectorAll<HTMLInputElement>("[data-choice] input")].map((one) => [one.name, one.value]));
  }

  private async compare(): Promise<void> {
    const form = this.find<HTMLFormElement>("[data-compare-form]"), place = this.find<HTMLElement>("[data-compared]");
    if (!form || !place) return;
    const query = this.choice();
    const [a, b] = ["a", "b"].map((name) => String(new FormData(form).get(name)));
    if (a === b) return place.replaceChildren();
    query.set("a", a!);
    query.set("b", b!);
    await swap(place, this.page.resolve(`panel/ranking/compare?${query}`));
  }

  private whose(radio: HTMLInputElement): void {
    const place = radio.form?.querySelector<HTMLElement>("[data-participant]"), one = radio.value === "participant";
    if (!place) return;
    place.hidden = !one;
    place.querySelector("input")!.disabled = !one;
  }

  private submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.matches("[data-judging-form], [data-compare-form]")) event.preventDefault();
    if (!form.matches("[data-keep-form]")) return;
    event.preventDefault();
    void this.keep(form);
  }

  private async keep(form: HTMLFormElement): Promise<void> {
    const said = this.find<HTMLFormElement>("[data-judging-form]"), button = form.querySelector("button");
    if (!said || !button || button.disabled) return;
    const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
    // What is no number goes to the server as it stands, which refuses it at its field.
    const count = (name: string) => (/^\d*$/.test(text(name)) ? Number(text(name)) : (text(name) as unknown as number));
    clearErrors(form);
    button.disabled = true;
    try {
      const body: WeightSet = {
        kelurahan: document.body.dataset["kelurahan"] ?? "", ...judgements(said), name: text("name"),
        participant: text("who") === "participant" ? text("participant") : null,
        met_on: text("met_on") || null, place: text("place"), men: count("men"), women: count("women"),
      };
      const written = JSON.stringify(body);
      if (this.sent.body !== written) this.sent = { body: written, key: newKey() };
      const kept = await keepWeightSet(body, this.sent.key);
      toast(word("weights.kept"));
      await this.page.load(`panel/ranking?set=${encodeURIComponent(kept.id)}`);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      showErrors(form, error.message, error.errors);
    } finally {
      button.disabled = false;
    }
  }
}

function places(list: HTMLElement): Map<string, HTMLElement> {
  return new Map([...list.querySelectorAll<HTMLElement>("li[data-proposal]")].map((row) => [row.dataset["proposal"]!, row]));
}

function topRow(row: Element): HTMLElement {
  const made = document.createElement("li");
  for (const [tag, from] of [["b", ".rank"], ["span", ".row-title"], ["b", ".rank-score"]] as const) {
    const part = document.createElement(tag);
    part.textContent = row.querySelector(from)?.textContent?.trim() ?? "";
    made.append(part);
  }
  return made;
}

function queryOf(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== ""));
}

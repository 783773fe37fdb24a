// Signing out on a device that holds unsent work: says what is there, and lets the person stay, keep it or delete it.
// It knows nothing about how that work is kept beyond its names in the browser's stores.
// Idea: a phone passes from hand to hand, so what tells of a family never stays behind; nothing else goes unasked.
// Without a network nobody is signed out: the work could not be sent, and the browser's error page would take its place.
import { photos } from "../mapping/waiting-photos.ts";
import { notes } from "../visit/outbox.ts";
import { finishAll } from "./leaving.ts";
import { forgetOthers } from "./offline.ts";
import { unsentOf as keptOf, type Kind } from "./unsent.ts";

interface Unsent { kind: Kind | "notes" | "photos"; count: number; forget: () => Promise<unknown> }

/** False if the server cannot be reached; then nothing is asked, deleted or left. */
export async function signOut(form: HTMLFormElement): Promise<boolean> {
  if (!(await reached())) return false;
  await finishAll();
  const found = await unsentOf(form.dataset["signOut"] ?? "");
  const answer = found.length > 0 ? await asked(found) : "keep";
  if (answer === "stay") return true;
  if (!(await reached())) return false;
  await Promise.all(found.filter(({ kind }) => answer === "delete" || kind === "households").map((one) => one.forget()));
  await forgetOthers("");
  form.submit();
  return true;
}

/** Whether there is a server now: the browser's own word for it holds in a network that leads nowhere, too. */
function reached(): Promise<boolean> {
  return fetch("/api/v1/session", { cache: "no-store" }).then(({ status }) => status < 500, () => false);
}

/** What this account has on the device that the server does not have. */
async function unsentOf(account: string): Promise<Unsent[]> {
  const found = keptOf(account).map(({ kind, name, count }): Unsent => ({ kind, count, forget: async () => localStorage.removeItem(name) }));
  for (const [kind, outbox] of [["notes", notes], ["photos", photos]] as const) {
    const waiting = await outbox.waiting(account).catch(() => []);
    found.push(...waiting.map(({ id }): Unsent => ({ kind, count: 1, forget: () => outbox.drop(id) })));
  }
  return found;
}

async function asked(found: readonly Unsent[]): Promise<string> {
  const dialog = document.getElementById("signing-out") as HTMLDialogElement;
  for (const line of dialog.querySelectorAll<HTMLElement>("[data-unsent]")) {
    const count = found.filter(({ kind }) => kind === line.dataset["unsent"]).reduce((sum, one) => sum + one.count, 0);
    line.hidden = count === 0;
    line.querySelector("b")!.textContent = String(count);
  }
  const families = found.some(({ kind }) => kind === "households");
  dialog.querySelector<HTMLElement>("[data-families]")!.hidden = !families;
  dialog.querySelector<HTMLElement>("[value=keep]")!.hidden = found.every(({ kind }) => kind === "households");
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue || "stay";
}

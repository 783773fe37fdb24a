// What is done once there is a network, kept on this device by account and kelurahan: deletions, and steps of a proposal's life.
// It knows nothing about sending (send-later.ts) or how it is shown (later-marks.ts, unsent-list.ts).
// Idea: one deed a thing; it names the version it was decided on and has a key, so it is never done twice nor behind anybody's back.
import type { Noun } from "../api/facts.ts";
import { ApiProblem, newKey } from "../api/proposals.ts";
import { toast } from "./toast.ts";
import { word } from "./words.ts";

export interface Later {
  noun: Noun | "proposals";
  id: string;
  version: number;
  /** "delete", a step of a proposal's life, or "restore": a deletion that was taken back and may have arrived. */
  deed: string;
  /** The person's own words for the history. */
  note: string;
  name: string;
  key: string;
  /** A request may have left this device, so the server may have done it. */
  tried: boolean;
  /** Changes not sent of what is deleted: they go with it, and come back if it is taken back. */
  draft: string | null;
  /** Why the server would not; the person decides again. */
  refused: string;
  at: string;
}

type Asked = Pick<Later, "noun" | "id" | "version" | "deed" | "note" | "name" | "key">;

const under = (first: string, id: string): string => `${first}.${document.body.dataset["account"] ?? ""}.${document.body.dataset["kelurahan"] ?? ""}.${id}`;
const draftName = ({ noun, id }: Pick<Later, "noun" | "id">): string => under(noun === "proposals" ? "draft" : "fact", id);
const changed = (): unknown => document.dispatchEvent(new Event("later"));

/** Oldest first. */
export function allLater(): Later[] {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(under("later", "")));
  return names.map((name) => JSON.parse(localStorage.getItem(name)!) as Later).sort((a, b) => a.at.localeCompare(b.at));
}

export function laterOf(id: string): Later | null {
  return JSON.parse(localStorage.getItem(under("later", id)) ?? "null") as Later | null;
}

/**
 * Done now, or false: it waits since the server was not reached. On the device first, so that a crash on the way loses nothing.
 * Throws what the server refused.
 */
export async function doOrWait(asked: Asked, run: () => Promise<unknown>): Promise<boolean> {
  const draft = asked.deed === "delete" ? localStorage.getItem(draftName(asked)) : null;
  const one: Later = { ...asked, tried: navigator.onLine, draft, refused: "", at: new Date().toISOString() };
  const kept = write(one);
  try {
    await run();
  } catch (error) {
    if (!kept || !(error instanceof ApiProblem) || !error.passing) {
      forgetLater(one.id, one.key);
      throw error;
    }
    changed();
    toast(word("later.told", { name: one.name, what: says(one) }), { label: word("action.undo"), run: () => takeBack(one.id) }, 10);
    return false;
  }
  forgetLater(one.id, one.key);
  return true;
}

export function keepLater(one: Later): void {
  if (write(one)) changed();
}

/** False if the device has no room. */
function write(one: Later): boolean {
  try {
    localStorage.setItem(under("later", one.id), JSON.stringify(one));
    return true;
  } catch {
    return false;
  }
}

/** It was done or will not be; nothing happens if another deed waits by now. */
export function forgetLater(id: string, key: string): void {
  if (laterOf(id)?.key !== key) return;
  localStorage.removeItem(under("later", id));
  changed();
}

/** The person will not have it done. What may have been deleted already is looked after once there is a network. */
export function takeBack(id: string): void {
  const one = laterOf(id);
  if (!one) return;
  if (one.draft) localStorage.setItem(draftName(one), one.draft);
  if (one.deed === "delete" && one.tried && !one.refused) keepLater({ ...one, deed: "restore", key: newKey(), draft: null });
  else forgetLater(id, one.key);
}

/** Changes of it wait, too, and go first. */
export function hasDraft(one: Later): boolean {
  return one.deed !== "delete" && localStorage.getItem(draftName(one)) !== null;
}

/** The device's own changes arrived: what was decided upon the version before goes on from that after. */
export function followVersion(id: string, before: number, after: number): void {
  const one = laterOf(id);
  if (one) keepLater(one.version === before ? { ...one, version: after } : one);
}

/** How it stands, in words. */
export function says({ deed, refused }: Pick<Later, "deed" | "refused">): string {
  return refused || word(/^(delete|submit|restore)$/.test(deed) ? `later.${deed}` : "later.step");
}

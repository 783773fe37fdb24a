// Facts that were saved without a network and left the hand: sent by themselves, in the order of their saving, once there is one.
// It knows nothing about forms; what the server refuses stays on the device, to be opened and decided there.
// Idea: a draft says from which version it started and has the key of its first attempt, so nothing is overwritten or made twice.
import { createFact, draftOf, readFact, replaceFact, type FactDraft, type Noun } from "../api/facts.ts";
import { ApiProblem } from "../api/proposals.ts";
import { merge, unsaid } from "../editor/merge.ts";
import type { MapPage } from "../page/map-page.ts";
import { retryLater } from "../page/retry.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { FactDrafts, type KeptFact } from "./fact-drafts.ts";
import { renew } from "./places.ts";

/** Key of the fact in hand, which its own desk sends. */
let held: () => string | null = () => null;
let sending = false;

export function holdFact(find: typeof held): void {
  held = find;
}

export async function sendDue(page: MapPage, open: (draft: KeptFact) => void): Promise<void> {
  if (sending || !navigator.onLine) return;
  sending = true;
  const { account = "", kelurahan = "" } = document.body.dataset, drafts = new FactDrafts(account, kelurahan);
  try {
    for (const draft of drafts.all().toReversed()) if (draft.due && draft.geometry && draft.key !== held()) await send(page, drafts, draft, open);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    retryLater();
  } finally {
    sending = false;
    showSaveState("saved");
  }
}

/** Throws what passes by itself. */
async function send(page: MapPage, drafts: FactDrafts, draft: KeptFact, open: (draft: KeptFact) => void): Promise<void> {
  const { noun, id, version, fields, key } = draft, given = { geometry: draft.geometry!, fields };
  const name = typeof fields["name"] === "string" ? fields["name"] : word(noun === "households" ? "unsent.household" : "unsent.fact");
  try {
    showSaveState("saving");
    await (id ? replace(noun, id, version, given) : createFact(noun, given, key));
    drafts.forget(draft);
    renew(page.view, noun);
    toast(word("draft.sent", { name }));
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.passing) throw error;
    drafts.keepAs({ ...draft, due: false });
    toast(word("draft.stays", { name, detail: error.message }), { label: word("draft.open"), run: () => open(draft) }, 20, "bad");
  }
}

/** Refused as stale, it may be there already: the answer to an earlier attempt was lost. */
async function replace(noun: Noun, id: string, version: number, given: FactDraft): Promise<void> {
  try {
    await replaceFact(noun, id, version, given);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
    const stored = draftOf(noun, await readFact(noun, id)), { taken, kept, clashes } = merge(null, given.fields, stored.fields, unsaid);
    if (taken.length + kept.length + clashes.length > 0 || JSON.stringify(stored.geometry) !== JSON.stringify(given.geometry)) throw error;
  }
}

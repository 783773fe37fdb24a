// Does what waited for a network, one after the other: deletions and steps of a proposal's life.
// It knows nothing about how they came to wait.
// Idea: what is refused, say because somebody saved first, is not done; it stays with its reason until the person decides again.
import { deleteFact, readFact, restoreFact } from "../api/facts.ts";
import { ApiProblem, deleteProposal, moveOn, readProposal, restoreProposal } from "../api/proposals.ts";
import { versionOf } from "../editor/who-changed.ts";
import { panelOf, renew } from "../mapping/places.ts";
import { signInAgain } from "./dialogs.ts";
import { allLater, forgetLater, hasDraft, keepLater, laterOf, type Later } from "./later.ts";
import type { MapPage } from "./map-page.ts";
import { retryLater } from "./retry.ts";
import { toast } from "./toast.ts";
import { word } from "./words.ts";

type SetMode = (name: string) => Promise<void>;

let sending = false, asked = false;

export async function sendLater(page: MapPage, setMode: SetMode): Promise<void> {
  asked = sending; // say because changes of one of them were saved meanwhile, for which it waits
  if (sending) return;
  sending = true;
  try {
    for (const { id } of allLater()) {
      const one = laterOf(id); // as it is now: changes of it may have arrived while another one was sent
      if (one && !one.refused && !hasDraft(one)) await send(page, one, setMode); // else its changes go first, and say when they have
    }
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 401) return;
  } finally {
    sending = false;
  }
  if (asked) return sendLater(page, setMode);
  if (allLater().some(({ refused }) => !refused)) retryLater();
}

/** Where it is looked at, and decided again. */
export async function openLater(page: MapPage, { noun, id }: Later, setMode: SetMode): Promise<void> {
  page.sheet.open();
  await setMode(noun === "proposals" ? noun : "mapping");
  await (noun === "proposals" ? page.open(id) : page.load(panelOf(noun, id)));
}

/** Throws what passes by itself. */
async function send(page: MapPage, one: Later, setMode: SetMode): Promise<void> {
  if (navigator.onLine && !one.tried) keepLater({ ...one, tried: true });
  try {
    await carryOut(one);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.passing) throw error;
    if (error.status === 401) {
      if (await signInAgain()) return send(page, one, setMode);
      throw error;
    }
    if (error.status !== 404 || one.deed !== "delete") return refuse(page, one, error, setMode); // else it is gone, as was wanted
  }
  const wanted = laterOf(one.id)?.key === one.key; // else it was taken back meanwhile
  forgetLater(one.id, one.key);
  show(page, one);
  if (wanted) tell(page, one);
}

async function carryOut({ noun, id, version, deed, note, key }: Later): Promise<void> {
  if (deed === "restore") await restoreIfGone(noun, id);
  else if (deed !== "delete") await moveOn(id, version, deed, note, key);
  else await (noun === "proposals" ? deleteProposal(id, version) : deleteFact(noun, id, version, note));
}

async function restoreIfGone(noun: Later["noun"], id: string): Promise<void> {
  try {
    await (noun === "proposals" ? readProposal(id) : readFact(noun, id));
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
    await restore(noun, id);
  }
}

const restore = (noun: Later["noun"], id: string): Promise<unknown> => (noun === "proposals" ? restoreProposal(id) : restoreFact(noun, id));

function refuse(page: MapPage, one: Later, problem: ApiProblem, setMode: SetMode): void {
  const refused = problem.status === 412 ? word("later.stale", { version: versionOf(problem.changed) }) : problem.message;
  keepLater({ ...one, refused });
  toast(word("draft.stays", { name: one.name, detail: refused }), { label: word("draft.open"), run: () => void openLater(page, one, setMode) }, 20, "bad");
}

function tell(page: MapPage, one: Later): void {
  if (one.deed === "restore") return;
  const said = word(/^(delete|submit)$/.test(one.deed) ? `later.done_${one.deed}` : "later.done_step", { name: one.name });
  toast(said, one.deed === "delete" ? { label: word("action.undo"), run: () => void restore(one.noun, one.id).then(() => show(page, one), (error: Error) => toast(error.message, null, 8, "bad")) } : null, 10);
}

/** The map, and the panel where it shows that thing or lists it. */
function show(page: MapPage, { noun, id, deed }: Later): void {
  const { body, view } = page, gone = deed === "delete";
  if (noun === "proposals") view.refresh(noun);
  else renew(view, noun);
  if (body.querySelector(`form[data-id="${id}"], [data-proposal-id="${id}"]`)) {
    if (noun === "proposals" && !gone) void page.open(id, false);
    else page.close();
  } else if (body.querySelector(`[data-proposal="${id}"], [data-asset="${id}"], [data-pane=proposals]`)) {
    if (noun === "proposals") void page.load(page.options.home(), true);
    else if (gone) for (const row of body.querySelectorAll(`li[data-asset="${id}"]`)) row.remove();
  }
}

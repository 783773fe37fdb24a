// Changes of many in one request, as one step that can be undone.
// It knows nothing about what is changed or who shows it.
// Idea: a change is whole in itself, so the way back is a batch, too.
import { changeMany, type Batched, type Deed } from "../api/batch.ts";
import type { Operation } from "./history.ts";

/** A change of one among many, and its way back. */
export interface Pair { id: string; version: number; forth: Deed; back: Deed }

/** Done when it answers; targets: what the journal knows of each, whose versions move on. */
export async function batchStep(name: string, sort: Batched, pairs: readonly Pair[], targets: readonly { version: number; alive: boolean }[], shown: () => Promise<void>): Promise<Operation> {
  const run = async (way: "forth" | "back") => {
    const answer = await changeMany(sort, pairs.map((pair, i) => ({ id: pair.id, version: targets[i]!.version, ...pair[way] })));
    answer.forEach((one, i) => Object.assign(targets[i]!, one ? { version: one.properties.version, alive: true } : { alive: false }));
    await shown();
  };
  await run("forth");
  return { name, undo: () => run("back"), redo: () => run("forth") };
}

// Changes on the server with their way back, several of which are one step of undo.
// It knows nothing about what is changed.
// Idea: all or none, so that half a split never stays behind.
import type { Operation } from "./history.ts";

/** One change on the server and its way back. */
export interface Act { redo: () => Promise<void>; undo: () => Promise<void> }

/** All or none: what was done before one fails is taken back. */
export async function runAll(acts: readonly Act[], way: "undo" | "redo"): Promise<void> {
  const done: Act[] = [];
  try {
    for (const act of acts) {
      await act[way]();
      done.unshift(act);
    }
  } catch (error) {
    for (const act of done) await act[way === "undo" ? "redo" : "undo"]();
    throw error;
  }
}

/** What was done as one step; undone and done again it shows what it left. */
export function stepOf(name: string, acts: readonly Act[], show: () => void): Operation {
  const run = async (way: "undo" | "redo") => {
    await runAll(way === "redo" ? acts : acts.toReversed(), way);
    show();
  };
  return { name, undo: () => run("undo"), redo: () => run("redo") };
}

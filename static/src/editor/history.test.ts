// Tests of undo.
// They know nothing about proposals on a server.
// Idea: each test is a mistake that would lose somebody's work.
import assert from "node:assert/strict";
import test from "node:test";
import { Journal, Steps } from "./history.ts";

test("a new step cuts off what was undone", () => {
  const steps = new Steps("a");
  steps.push("b");
  steps.push("c");
  assert.equal(steps.undo(), "b");
  steps.push("d");
  assert.equal(steps.redo(), null);
  assert.deepEqual([steps.undo(), steps.undo(), steps.undo()], ["b", "a", null]);
});

test("an operation that cannot be undone stays to be undone", async () => {
  const journal = new Journal(() => undefined);
  let fails = true;
  journal.record({ name: "x", undo: async () => { if (fails) throw new Error("offline"); }, redo: async () => undefined });
  await assert.rejects(journal.undo());
  assert.equal(journal.nextUndo, "x");
  fails = false;
  assert.equal(await journal.undo(), "x");
  assert.equal(journal.nextRedo, "x");
  assert.equal(await journal.redo(), "x");
});

// Tests of undo and of merging.
// They know nothing about proposals on a server.
// Idea: each test is a mistake that would lose somebody's work.
import assert from "node:assert/strict";
import test from "node:test";
import { Journal, Steps } from "./history.ts";
import { merge } from "./merge.ts";

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

test("fields changed by one side merge, fields changed by both are named", () => {
  const base = { title: "a", cost: 1, work_type: "x" }, mine = { title: "b", cost: 1, work_type: "x" };
  assert.deepEqual(merge(base, mine, { title: "a", cost: 2, work_type: "x" }), { merged: { title: "b", cost: 2, work_type: "x" }, taken: ["cost"], clashes: [] });
  assert.deepEqual(merge(base, mine, { title: "c", cost: 1, work_type: "x" }).clashes, ["title"]);
});

test("an empty answer is not a change", () => {
  const base = { readiness: { land: "none", survey: false } }, theirs = {}, mine = { readiness: { land: "none", survey: false, rules: false }, title: "a" };
  assert.deepEqual(merge({ ...base, title: "b" }, mine, { ...theirs, title: "b" }).clashes, []);
});

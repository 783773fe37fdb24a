import assert from "node:assert/strict";
import { test } from "node:test";
import { shapeOf } from "../editor/shape.ts";
import { editsBetween, follow } from "./shared-edges.ts";

const left = shapeOf("polygon", [[0, 0], [1, 0], [1, 1], [0, 1]]);
const right = shapeOf("polygon", [[1, 0], [2, 0], [2, 1], [1, 1]]);

test("a corner that two outlines share moves for both, others only for one", () => {
  const moved = shapeOf("polygon", [[0, 0], [1.2, 0], [1, 1], [0, 1]]);
  const [edit] = editsBetween(left, moved);
  assert.deepEqual(follow(right, edit!).parts, [[[1.2, 0], [2, 0], [2, 1], [1, 1]]]);
  const [own] = editsBetween(left, shapeOf("polygon", [[-1, 0], [1, 0], [1, 1], [0, 1]]));
  assert.equal(follow(right, own!), right);
});

test("a corner put into a shared edge comes into both, and goes from both", () => {
  const grown = shapeOf("polygon", [[0, 0], [1, 0], [1.1, 0.5], [1, 1], [0, 1]]);
  const [added] = editsBetween(left, grown);
  const beside = follow(right, added!);
  assert.deepEqual(beside.parts, [[[1, 0], [2, 0], [2, 1], [1, 1], [1.1, 0.5]]]);
  const [removed] = editsBetween(grown, left);
  assert.deepEqual(follow(beside, removed!).parts, right.parts);
});

test("a corner at the end of the ring is found, too", () => {
  const grown = shapeOf("polygon", [[0, 0], [1, 0], [1, 1], [0, 1], [-0.2, 0.5]]);
  assert.deepEqual(editsBetween(left, grown), [{ what: "added", before: [0, 1], after: [0, 0], at: [-0.2, 0.5] }]);
});

import assert from "node:assert/strict";
import test from "node:test";
import { caught } from "./caught.ts";

const LOOP = [0, 0, 100, 0, 100, 100, 0, 100];

test("a point is caught inside the loop only", () => {
  assert.equal(caught(LOOP, [[50, 50]]), true);
  assert.equal(caught(LOOP, [[150, 50]]), false);
});

test("a line is caught that passes through without a corner inside, one beside the loop is not", () => {
  assert.equal(caught(LOOP, [[-500, 50, 600, 52]]), true);
  assert.equal(caught(LOOP, [[-500, 120, 600, 120]]), false);
});

test("one part of many is enough, and the end of a line counts", () => {
  assert.equal(caught(LOOP, [[-50, -50], [99, 99]]), true);
  assert.equal(caught(LOOP, [[205, 50, 99, 50]]), true);
});

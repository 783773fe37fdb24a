// What a plan that is shown does to the look of works it decides on, and to those it does not.
import assert from "node:assert/strict";
import test from "node:test";
import { lookOf } from "./style-planning.ts";

const done = { properties: { id: "a", state: "completed" } };

test("a candidate has its year, or is hollow where the plan leaves it out", () => {
  assert.equal(lookOf(done, new Map([["a", 2]])).glyph, "2");
  const left = lookOf(done, new Map([["a", 0]]));
  assert.deepEqual([left.filled, left.grey, left.glyph], [false, true, ""]);
});

test("a work that the plan does not decide on keeps the sign of its state, faded", () => {
  const other = lookOf(done, new Map([["b", 1]]));
  assert.deepEqual([other.filled, other.faded, other.glyph], [true, true, "✓"]);
  assert.equal(lookOf(done, new Map()).faded, undefined);
});

// Tests of cutting areas.
// They know nothing about the map.
// Idea: both sides together are the whole, and a line that does not go across cuts nothing.
import assert from "node:assert/strict";
import test from "node:test";
import { area, type Position } from "../geometry/geodesy.ts";
import { cutRing } from "./cut-area.ts";

const square: Position[] = [[0, 0], [0.002, 0], [0.002, 0.002], [0, 0.002]];
const sizes = (line: Position[]) => cutRing(square, line)?.map((ring) => Math.round((area(ring) / area(square)) * 1000) / 1000).sort() ?? null;

test("a straight line across halves a square", () => {
  assert.deepEqual(sizes([[0.001, -0.001], [0.001, 0.003]]), [0.5, 0.5]);
  assert.deepEqual(sizes([[0.003, 0.0005], [-0.001, 0.0005]]), [0.25, 0.75]);
});

test("a bent line and one that cuts a corner off", () => {
  assert.deepEqual(sizes([[0.0005, -0.001], [0.0005, 0.001], [0.0015, 0.001], [0.0015, 0.003]]), [0.5, 0.5]);
  assert.deepEqual(sizes([[-0.0005, 0.0015], [0.0015, -0.0005]]), [0.125, 0.875]);
});

test("a bite into one edge, drawn either way", () => {
  const bite: Position[] = [[0.0005, -0.001], [0.0005, 0.001], [0.0015, 0.001], [0.0015, -0.001]];
  assert.deepEqual([sizes(bite), sizes(bite.toReversed())], [[0.25, 0.75], [0.25, 0.75]]);
});

test("a line that ends inside, misses, or crosses more often cuts nothing", () => {
  assert.equal(sizes([[0.001, -0.001], [0.001, 0.001]]), null);
  assert.equal(sizes([[0.003, 0], [0.003, 1]]), null);
  assert.equal(sizes([[0.001, 0.001], [0.003, 0.001], [0.003, 0.0015], [0.001, 0.0015]]), null);
  assert.equal(sizes([[0.0005, -0.001], [0.0005, 0.003], [0.0015, 0.003], [0.0015, -0.001]]), null);
});

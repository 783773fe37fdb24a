// Tests of cutting areas.
// They know nothing about the map.
// Idea: both sides together are the whole, and a line that does not go across cuts nothing.
import assert from "node:assert/strict";
import test from "node:test";
import { area, type Position } from "../geometry/geodesy.ts";
import { cutArea } from "./cut-area.ts";

const square: Position[] = [[0, 0], [0.002, 0], [0.002, 0.002], [0, 0.002]];
const thousandths = (size: number) => Math.round((size / area(square)) * 1000) / 1000;
const sizes = (line: Position[]) => cutArea([square], line)?.map(([ring]) => thousandths(area(ring!))).sort() ?? null;
/** Of each side: its size without its holes, and how many holes it has. */
const sides = (holes: Position[][], line: Position[]) => cutArea([square, ...holes], line)
  ?.map(([ring, ...inside]) => [thousandths(area(ring!) - inside.reduce((sum, hole) => sum + area(hole), 0)), inside.length]).sort() ?? null;
const box = (w: number, s: number, e: number, n: number): Position[] => [[w, s], [e, s], [e, n], [w, n]];

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

test("a hole beside the line goes with the side it lies in", () => {
  const hole = box(0.0002, 0.0002, 0.0006, 0.0006); // 4 hundredths
  const line: Position[] = [[0.001, -0.001], [0.001, 0.003]];
  for (const ring of [hole, hole.toReversed()]) for (const way of [line, line.toReversed()]) {
    assert.deepEqual(sides([ring], way), [[0.46, 1], [0.5, 0]]);
  }
});

test("a hole that the line runs through is in neither side, and in the outline of both", () => {
  const hole = box(0.0008, 0.0008, 0.0012, 0.0012);
  assert.deepEqual(sides([hole], [[0.001, -0.001], [0.001, 0.003]]), [[0.48, 0], [0.48, 0]]);
  assert.deepEqual(sides([hole], [[0.003, 0.0009], [0.0011, 0.0009], [0.0009, 0.0011], [-0.001, 0.0011]]), [[0.48, 0], [0.48, 0]]);
  assert.deepEqual(sides([hole, box(0.0002, 0.0002, 0.0004, 0.0004)], [[0.001, -0.001], [0.001, 0.003]]), [[0.47, 1], [0.48, 0]]);
});

test("two holes in the way of one line", () => {
  const low = box(0.0008, 0.0002, 0.0012, 0.0006), high = box(0.0008, 0.0012, 0.0012, 0.0016);
  assert.deepEqual(sides([low, high], [[0.001, -0.001], [0.001, 0.003]]), [[0.46, 0], [0.46, 0]]);
});

test("a line that ends in a hole, or runs only into one, cuts nothing", () => {
  const hole = box(0.0008, 0.0008, 0.0012, 0.0012);
  assert.equal(sides([hole], [[0.001, -0.001], [0.001, 0.001]]), null);
  assert.equal(sides([hole], [[0.0009, 0.0009], [0.001, 0.0015], [0.0011, 0.0009]]), null);
});

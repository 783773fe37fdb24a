// Tests of the network that tracing follows.
// They know nothing about tiles or the map.
// Idea: small street plans on paper, whose shortest ways anyone can see.
import assert from "node:assert/strict";
import test from "node:test";
import type { XY } from "../geometry/plane.ts";
import { Network, type NetLine } from "./network.ts";

const line = (kind: string, ...points: [number, number][]): NetLine => ({ kind, points: points.map(([x, y]) => ({ x, y })) });
const flat = (way: XY[] | null | undefined) => way?.map(({ x, y }) => [Math.round(x), Math.round(y)]) ?? null;
const way = (lines: NetLine[], from: [number, number], to: [number, number], radius = 10) =>
  flat(new Network(lines).from({ x: from[0], y: from[1] }, radius)?.to({ x: to[0], y: to[1] }, radius));

test("between two places on one line the way follows its corners", () => {
  assert.deepEqual(way([line("roads", [0, 0], [100, 0], [100, 100])], [20, 3], [98, 50]), [[20, 0], [100, 0], [100, 50]]);
  assert.deepEqual(way([line("roads", [0, 0], [100, 0], [100, 100])], [98, 50], [20, 3]), [[100, 50], [100, 0], [20, 0]]);
});

test("an end that touches another line joins it, whatever its kind", () => {
  const plan = [line("roads", [0, 0], [100, 0]), line("waterways", [50, 0.5], [50, 80])];
  assert.deepEqual(way(plan, [10, 0], [50, 60]), [[10, 0], [50, 1], [50, 60]]);
});

test("roads that cross are one network, a road over a river is not", () => {
  assert.deepEqual(way([line("roads", [0, 0], [100, 0]), line("roads", [50, -50], [50, 50])], [10, 0], [50, 40]), [[10, 0], [50, 0], [50, 40]]);
  assert.equal(way([line("roads", [0, 0], [100, 0]), line("waterways", [50, -50], [50, 50])], [10, 0], [50, 40]), null);
});

test("of two ways the shorter is taken", () => {
  const block = [line("roads", [0, 0], [100, 0], [100, 60], [0, 60], [0, 0])];
  assert.deepEqual(way(block, [90, 0], [90, 60]), [[90, 0], [100, 0], [100, 60], [90, 60]]);
  assert.deepEqual(way(block, [10, 0], [10, 60]), [[10, 0], [0, 0], [0, 60], [10, 60]]);
});

test("a line cut at the edge of a tile goes on in the next one", () => {
  assert.deepEqual(way([line("roads", [0, 0], [50.1, 0]), line("roads", [49.9, 0], [100, 0])], [10, 0], [90, 0]), [[10, 0], [90, 0]]);
});

test("off the network there is no way", () => {
  assert.equal(way([line("roads", [0, 0], [100, 0])], [10, 30], [90, 0]), null);
  assert.equal(way([line("roads", [0, 0], [100, 0])], [10, 0], [90, 30]), null);
});

// Tests of pieces and holes.
// They know nothing about the map.
// Idea: what is cut and filled again, or taken out and put back, is what it was.
import assert from "node:assert/strict";
import test from "node:test";
import type { Position } from "../geometry/geodesy.ts";
import { areaAt, cutHole, fill, holeAt, holesOf, piecesOf, takeOut } from "./pieces.ts";
import { fromGeometry, shapeOf, toGeometry, type Shape } from "./shape.ts";

const box = (west: number, south: number, east: number, north: number): Position[] => [[west, south], [east, south], [east, north], [west, north]];
const hole = box(2, 1, 5, 4);
const two: Shape = { kind: "polygon", parts: [box(0, 0, 10, 10), box(20, 0, 24, 4)], groups: [0, 1], multi: true };

test("a hole is cut into the area it lies in, and filled again", () => {
  const cut = cutHole(two, hole)!;
  assert.deepEqual(cut.groups, [0, 0, 1]);
  assert.deepEqual(fromGeometry(toGeometry(cut)).parts.length, 3);
  assert.deepEqual([holesOf(cut), holeAt(cut, [3, 2]), holeAt(cut, [8, 8])], [[1], 1, -1]);
  assert.equal(areaAt(cut, [3, 2]), -1, "a hole is not in the area");
  assert.deepEqual(fill(cut, 1), two);
});

test("a second hole may not lie outside, over an edge, over or around another hole, nor cross itself", () => {
  const cut = cutHole(two, hole)!;
  for (const ring of [box(12, 1, 14, 3), box(8, 1, 12, 5), box(3, 2, 7, 5), box(1, 0.5, 6, 6), box(2.5, 1.5, 3.5, 2.5)]) assert.equal(cutHole(cut, ring), null);
  assert.equal(cutHole(two, [[2, 2], [4, 4], [4, 2], [2, 4]]), null);
  assert.ok(cutHole(cut, box(6, 1, 8, 3)));
  assert.equal(cutHole(shapeOf("line", [[0, 0], [1, 1]]), hole), null);
});

test("a piece keeps its holes, and what is left of two is one", () => {
  const cut = cutHole(two, hole)!, [piece, rest] = takeOut(cut, 0);
  assert.deepEqual([piece.parts.length, piece.multi, rest.parts.length, rest.multi], [2, false, 1, false]);
  assert.equal(toGeometry(rest).type, "Polygon");
});

test("lines fall into lines", () => {
  const lines = fromGeometry({ type: "MultiLineString", coordinates: [[[0, 0], [1, 0]], [[2, 0], [3, 0]], [[4, 0], [5, 0]]] });
  assert.equal(piecesOf(lines).length, 3);
  assert.deepEqual(toGeometry(takeOut(lines, 1)[1]), { type: "MultiLineString", coordinates: [[[0, 0], [1, 0]], [[4, 0], [5, 0]]] });
});

// Tests of shapes and their measures.
// They know nothing about the map.
// Idea: GeoJSON goes in and comes out unchanged; changes never leave an impossible shape.
import assert from "node:assert/strict";
import test from "node:test";
import type { Geometry } from "geojson";
import { area, bearing, degreesMinutesSeconds, destination, distance, length, squared, utm } from "../geometry/geodesy.ts";
import { crossing, distanceToLine, insideRings, selfCrossing } from "../geometry/plane.ts";
import { extended, fromGeometry, insertCorner, isComplete, measure, midpoints, moveCorner, removeCorner, reverse, rotate, shapeOf, toGeometry, translate } from "./shape.ts";

const square: Geometry = { type: "Polygon", coordinates: [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]], [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 0.5]]] };
const all: Geometry[] = [
  { type: "Point", coordinates: [107.7, -5.6] }, { type: "MultiPoint", coordinates: [[1, 2], [3, 4]] },
  { type: "LineString", coordinates: [[0, 0], [1, 1]] }, { type: "MultiLineString", coordinates: [[[0, 0], [1, 1]], [[2, 2], [3, 3]]] },
  square, { type: "MultiPolygon", coordinates: [square.coordinates, [[[5, 5], [6, 5], [6, 6], [5, 5]]]] },
];

test("every geometry comes back as it went in", () => {
  for (const geometry of all) assert.deepEqual(toGeometry(fromGeometry(geometry)), geometry);
});

test("a corner cannot be removed when too few would be left", () => {
  assert.equal(removeCorner(shapeOf("line", [[0, 0], [1, 1]]), { part: 0, index: 0 }), null);
  assert.equal(removeCorner(shapeOf("polygon", [[0, 0], [1, 1], [1, 0]]), { part: 0, index: 1 }), null);
  assert.deepEqual(removeCorner(shapeOf("line", [[0, 0], [1, 1], [2, 0]]), { part: 0, index: 1 })?.parts, [[[0, 0], [2, 0]]]);
});

test("a middle of an edge becomes a corner", () => {
  const line = shapeOf("line", [[0, 0], [2, 0]]);
  const middle = midpoints(line)[0]!;
  assert.deepEqual(insertCorner(line, middle, middle.at).parts, [[[0, 0], [1, 0], [2, 0]]]);
  assert.equal(midpoints(fromGeometry(square)).length, 7);
});

test("moving keeps the form", () => {
  const moved = translate(moveCorner(shapeOf("line", [[0, 0], [1, 0]]), { part: 0, index: 1 }, [1, 1]), 1, 1);
  assert.deepEqual(moved.parts, [[[1, 1], [2, 2]]]);
  assert.ok(isComplete(moved));
});

test("turning keeps lengths and goes clockwise, and a whole turn comes back", () => {
  const line = shapeOf("line", [[107.7, -5.6], [107.701, -5.6]]);
  const quarter = rotate(line, 90), [start, end] = quarter.parts[0]!;
  assert.ok(start![1] > end![1] && Math.abs(start![0] - end![0]) < 1e-12);
  assert.ok(Math.abs(measure(quarter).length_m / measure(line).length_m - 1) < 1e-4);
  let turned = line;
  for (let i = 0; i < 24; i++) turned = rotate(turned, 15);
  assert.ok(turned.parts[0]!.every((point, i) => Math.hypot(point[0] - line.parts[0]![i]![0], point[1] - line.parts[0]![i]![1]) < 1e-10));
});

test("reversing a line turns round each part", () => {
  assert.deepEqual(reverse(fromGeometry(all[3]!)).parts, [[[1, 1], [0, 0]], [[3, 3], [2, 2]]]);
});

test("lengths and areas are those of the earth", () => {
  assert.ok(Math.abs(length([[107, -6], [107, -5]]) - 111195) < 5);
  assert.ok(Math.abs(area([[0, 0], [0.01, 0], [0.01, 0.01], [0, 0.01]]) / 1236431 - 1) < 0.001);
  const hole = measure(fromGeometry(square));
  assert.ok(hole.area_m2 < area([[0, 0], [2, 0], [2, 2], [0, 2]]));
});

test("a place by bearing and distance is found again by both", () => {
  for (const degrees of [0, 45, 90, 200, 359]) {
    const to = destination([107.7, -5.6], degrees, 30);
    assert.ok(Math.abs(distance([107.7, -5.6], to) - 30) < 1e-6 && Math.abs(bearing([107.7, -5.6], to) - degrees) < 1e-4, String(degrees));
  }
});

test("right angles: the nearest of four directions, past north, too", () => {
  assert.deepEqual([squared(10, 12), squared(10, 95), squared(10, 350), squared(350, 85), squared(80, 260)], [10, 100, 10, 80, 260]);
});

test("UTM of Monas in Jakarta agrees with PROJ", () => {
  const place = utm(106.827153, -6.175392);
  assert.equal(place.zone, 48);
  assert.ok(Math.abs(place.easting - 702178.123) < 0.001 && Math.abs(place.northing - 9317060.286) < 0.001, JSON.stringify(place));
});

test("degrees are carried over, never 60 seconds", () => {
  assert.equal(degreesMinutesSeconds(-6.9999999, "N", "S"), "7°00′00,0″ S");
});

test("plane geometry", () => {
  assert.equal(distanceToLine(0, 1, [-5, 0, 5, 0]), 1);
  assert.ok(insideRings(1, 1, [[0, 0, 2, 0, 2, 2, 0, 2]]));
  assert.ok(!insideRings(1, 1, [[0, 0, 2, 0, 2, 2, 0, 2], [0.5, 0.5, 1.5, 0.5, 1.5, 1.5, 0.5, 1.5]]));
  assert.deepEqual(crossing({ x: 0, y: 0 }, { x: 2, y: 2 }, { x: 0, y: 2 }, { x: 2, y: 0 }), { x: 1, y: 1 });
  assert.equal(selfCrossing([{ x: 0, y: 0 }, { x: 2, y: 2 }, { x: 2, y: 0 }, { x: 0, y: 2 }], false)?.before, 4);
  assert.equal(selfCrossing([{ x: 0, y: 0 }, { x: 2, y: 0 }, { x: 2, y: 2 }, { x: 0, y: 2 }], true), null);
});

test("a line is extended from the end that is nearer", () => {
  const line = shapeOf("line", [[0, 0], [0, 0.001]]);
  assert.deepEqual(extended(line, [0, 0.0012]).shape.parts, [[[0, 0], [0, 0.001], [0, 0.0012]]]);
  assert.deepEqual(extended(line, [0, -0.0002]).shape.parts, [[[0, -0.0002], [0, 0], [0, 0.001]]]);
  assert.ok(Math.abs(extended(line, [0, -0.0002]).metres - 22.1) < 0.2);
});

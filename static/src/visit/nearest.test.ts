// Tests of the distance and direction from a person to a work.
// They know nothing about devices.
// Idea: places a known number of metres from the equator, where a degree is the same both ways.
import assert from "node:assert/strict";
import test from "node:test";
import { nearest } from "./nearest.ts";

const METRE = 1 / 111_320;

test("the nearest part of a line counts, not its ends", () => {
  const line = { type: "LineString" as const, coordinates: [[50 * METRE, -500 * METRE], [50 * METRE, 500 * METRE]] };
  const { metres, bearing } = nearest(line, [0, 0]);
  assert.ok(Math.abs(metres - 50) < 0.01);
  assert.ok(Math.abs(bearing - 90) < 0.01, "it lies to the east");
});

test("a point has a direction and an area none from inside", () => {
  const { metres, bearing } = nearest({ type: "Point", coordinates: [0, -30 * METRE] }, [0, 0]);
  assert.ok(Math.abs(metres - 30) < 0.01 && Math.abs(bearing - 180) < 0.01);
  const ring = [[-9, -9], [9, -9], [9, 9], [-9, 9], [-9, -9]].map(([x, y]) => [x! * METRE, y! * METRE]);
  assert.equal(nearest({ type: "Polygon", coordinates: [ring] }, [0, 0]).metres, 0);
  assert.ok(Math.abs(nearest({ type: "Polygon", coordinates: [ring] }, [29 * METRE, 0]).metres - 20) < 0.01);
});

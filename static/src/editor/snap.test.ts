// Tests of snapping.
// They know nothing about the screen.
// Idea: the order vertex, crossing, edge is a promise to the person who draws.
import assert from "node:assert/strict";
import test from "node:test";
import { nearestSnap } from "./snap.ts";

const road = { name: "road", points: [{ x: 0, y: 0 }, { x: 100, y: 0 }] };
const drain = { name: "drain", points: [{ x: 50, y: -50 }, { x: 50, y: 50 }] };

test("a vertex wins over a nearer edge", () => {
  assert.deepEqual(nearestSnap({ x: 95, y: 1 }, [road], 12)?.kind, "vertex");
});
test("where two lines cross, the crossing wins over the edge", () => {
  const snap = nearestSnap({ x: 53, y: 4 }, [road, drain], 12);
  assert.deepEqual([snap?.kind, snap?.x, snap?.y], ["crossing", 50, 0]);
});
test("along a line the foot is taken, beyond the radius nothing", () => {
  assert.deepEqual([nearestSnap({ x: 30, y: 5 }, [road], 12)?.x, nearestSnap({ x: 30, y: 5 }, [road], 12)?.name], [30, "road"]);
  assert.equal(nearestSnap({ x: 30, y: 13 }, [road], 12), null);
});

// Tests of choosing handles.
// They know nothing about the map.
// Idea: what is far apart all shows, what lies together shows once, and a crowd shows nothing.
import assert from "node:assert/strict";
import test from "node:test";
import { GAP, isTooFar, MOST_HANDLES, spaced } from "./handle-choice.ts";

const row = (count: number, step: number) => Array.from({ length: count }, (_, i) => ({ x: i * step, y: 0 }));

test("corners with room all show, up to the most, the first ones first", () => {
  assert.deepEqual(spaced(row(40, GAP)), row(40, GAP));
  assert.deepEqual(spaced(row(500, GAP)), row(MOST_HANDLES, GAP));
});

test("of corners that lie together the first shows, whatever the order", () => {
  assert.deepEqual(spaced([{ x: 5, y: 5 }, { x: 6, y: 5 }, { x: 50, y: 5 }]), [{ x: 5, y: 5 }, { x: 50, y: 5 }]);
  for (const shown of [spaced(row(100, 3)), spaced(row(100, 3).toReversed())]) {
    assert.ok(shown.slice(1).every(({ x }, i) => Math.abs(x - shown[i]!.x) >= GAP) && shown.length > 10);
  }
});

test("a crowd of many corners is too far away, a few close ones are not", () => {
  assert.equal(isTooFar(row(200, 2)), true);
  assert.equal(isTooFar(row(200, GAP)), false);
  assert.equal(isTooFar(row(12, 1)), false);
});

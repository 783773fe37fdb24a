import { test } from "node:test";
import assert from "node:assert/strict";
import { rebalanced } from "./points.ts";

const sum = (points: readonly number[]) => points.reduce((total, one) => total + one, 0);

test("whatever is moved, the points stay whole, from 0, and sum to 100", () => {
  for (let seed = 1; seed < 200; seed++) {
    const points = rebalanced([12, 12, 14, 26, 12, 6, 8, 4, 3, 3], seed % 10, (seed * 37) % 131);
    assert.equal(sum(points), 100);
    assert.ok(points.every((one) => Number.isInteger(one) && one >= 0));
    assert.equal(points[seed % 10], Math.min((seed * 37) % 131, 100));
  }
});

test("the others keep their proportions", () => {
  assert.deepEqual(rebalanced([50, 30, 20], 0, 0), [0, 60, 40]);
  assert.deepEqual(rebalanced([50, 30, 20], 0, 75), [75, 15, 10]);
});

test("from nothing the others get equal shares, and one alone keeps all", () => {
  assert.deepEqual(rebalanced([100, 0, 0], 0, 40), [40, 30, 30]);
  assert.deepEqual(rebalanced([100], 0, 40), [100]);
  assert.deepEqual(rebalanced([50, 50], 0, Number.NaN), [0, 100]);
});

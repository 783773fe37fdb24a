import assert from "node:assert/strict";
import test from "node:test";
import { assetCell, assetValue, resetAsset, setAsset, type StoredAsset } from "./asset-values.ts";

const drain: StoredAsset = { id: "1", version: 3, name: null, condition: null, material: "beton", width_m: 0.4, surveyed_on: null, source: "Survei" };

test("only what was filled in is set, and the way back restores what was unknown, too", () => {
  const deed = setAsset(new Map([["condition", "broken"], ["surveyed_on", "2026-03-05"], ["material", "tanah"]]));
  assert.deepEqual(deed.properties, { condition: "broken", surveyed_on: "2026-03-05", material: "tanah" });
  assert.deepEqual(resetAsset(drain, deed).properties, { condition: null, surveyed_on: null, material: "beton" });
});

test("a condition that nobody saw and an empty cell are not known, a number is a number", () => {
  assert.equal(assetValue(drain, "condition"), "unknown");
  assert.deepEqual(setAsset(new Map([["condition", "unknown"]])).properties, { condition: null });
  assert.deepEqual(assetCell("owner", "").properties, { owner: null });
  assert.deepEqual(assetCell("width_m", "0.6").properties, { width_m: 0.6 });
});

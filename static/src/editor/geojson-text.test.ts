// Tests of pasted GeoJSON.
// They know nothing about the map.
// Idea: what people paste from other programs, right and wrong.
import assert from "node:assert/strict";
import test from "node:test";
import { readGeoJson } from "./geojson-text.ts";

const read = (geometry: unknown, kind: "point" | "line" | "polygon" = "line") => readGeoJson(typeof geometry === "string" ? geometry : JSON.stringify(geometry), kind);
const line = { type: "LineString", coordinates: [[107.7, -5.6], [107.71, -5.6, 12]] };

test("a geometry, a feature and a collection of one feature are read", () => {
  for (const one of [line, { type: "Feature", properties: {}, geometry: line }, { type: "FeatureCollection", features: [{ type: "Feature", geometry: line }] }]) {
    assert.deepEqual((read(one) as { parts: unknown }).parts, [[[107.7, -5.6], [107.71, -5.6]]]);
  }
});

test("what is wrong is named with its place", () => {
  assert.deepEqual(read('{"type": "LineString",\n "coordinates": [[1, 2],, [3, 4]]}'), { fault: "json", values: { at: 2 } });
  assert.deepEqual(read({ type: "Polygon", coordinates: [] }), { fault: "kind", values: { type: "Polygon" } });
  assert.deepEqual(read({ type: "Curve", coordinates: [] }), { fault: "type", values: { type: "Curve" } });
  assert.deepEqual(read({ features: [] }), { fault: "none", values: {} });
  assert.deepEqual(read({ type: "LineString", coordinates: [[1, 2], [3, "4"]] }), { fault: "position", values: { path: "coordinates[1]" } });
  assert.deepEqual(read({ type: "LineString", coordinates: [[-5.6, 107.7], [1, 2]] }), { fault: "range", values: { path: "coordinates[0]", lng: -5.6, lat: 107.7 } });
  assert.deepEqual(read({ type: "LineString", coordinates: [[1, 2]] }), { fault: "short", values: { path: "coordinates" } });
  assert.deepEqual(read({ type: "Polygon", coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1]]] }, "polygon"), { fault: "ring", values: { path: "coordinates[0]" } });
});

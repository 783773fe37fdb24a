// Tests of what is typed while drawing.
// They know nothing about the field or the map.
// Idea: each notation is told from the others by its look.
import assert from "node:assert/strict";
import test from "node:test";
import { readTyped } from "./typed.ts";

const held = (text: string) => {
  const read = readTyped(text, "line");
  return read?.what === "segment" ? [read.held.length, read.held.bearing] : read;
};

test("a number is a length, after < stands a bearing", () => {
  assert.deepEqual([held("12"), held("12,5 m"), held("<45"), held("30.25<270"), held("7 < -90")], [[12, null], [12.5, null], [null, 45], [30.25, 270], [7, 270]]);
  assert.equal(held(" "), null);
});

test("coordinates and GeoJSON are told from lengths", () => {
  assert.deepEqual(readTyped("-6.1, 106.8", "line"), { what: "place", place: [106.8, -6.1] });
  assert.equal(readTyped("[106.8, -6.1]", "line")?.what, "place");
  assert.equal(readTyped('{"type":"Point","coordinates":[106.8,-6.1]}', "point")?.what, "shape");
});

test("nonsense and impossible lengths are refused", () => {
  assert.deepEqual(readTyped("0", "line"), { what: "fault", key: "typed.length", values: {} });
  assert.deepEqual(readTyped("abc", "line"), { what: "fault", key: "place.format", values: {} });
  assert.deepEqual(readTyped("{", "line"), { what: "fault", key: "geojson.json", values: { at: 1 } });
});

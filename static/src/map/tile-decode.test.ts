import assert from "node:assert/strict";
import { test } from "node:test";
import { PbfWriter } from "pbf";
import { decodeTile } from "./tile-decode.ts";
import { Tile } from "./tile.ts";

const zigzag = (value: number) => (value << 1) ^ (value >> 31);

/** The layer "assets": a line from (10, 20) to (40, 60) named twice over, and a point at (4000, -5) with a year and no name. */
function bytes(): ArrayBuffer {
  const pbf = new PbfWriter();
  pbf.writeMessage(3, (_, layer) => {
    layer.writeStringField(1, "assets");
    layer.writeMessage(2, (__, feature) => {
      feature.writePackedVarint(2, [0, 0, 1, 0]);
      feature.writeVarintField(3, 2);
      feature.writePackedVarint(4, [9, zigzag(10), zigzag(20), 10, zigzag(30), zigzag(40)]);
    }, null);
    layer.writeMessage(2, (__, feature) => {
      feature.writePackedVarint(2, [2, 1]);
      feature.writeVarintField(3, 1);
      feature.writePackedVarint(4, [9, zigzag(4000), zigzag(-5)]);
    }, null);
    for (const key of ["name", "kind", "year"]) layer.writeStringField(3, key);
    layer.writeMessage(4, (__, value) => value.writeStringField(1, "drain"), null);
    layer.writeMessage(4, (__, value) => value.writeVarintField(4, 2019), null);
    layer.writeVarintField(5, 4096);
    layer.writeVarintField(15, 2);
  }, null);
  return pbf.finish().slice().buffer;
}

test("what a tile says comes out of the packed one, also after the way from a worker", () => {
  const tile = new Tile(7, structuredClone(decodeTile(bytes(), "assets")));
  assert.equal(tile.extent, 4096);
  const told = tile.features.map(({ type, parts, properties }) => ({ type, parts, properties }));
  assert.deepEqual(told, [
    { type: 2, parts: [[10, 20, 40, 60]], properties: { name: "drain", kind: "drain" } },
    { type: 1, parts: [[4000, -5]], properties: { year: 2019 } },
  ]);
});

test("a box is met where it is touched, and not beside it", () => {
  const [line] = new Tile(7, decodeTile(bytes(), "assets")).features;
  assert.ok(line!.meets(0, 0, 10, 20));
  assert.ok(line!.meets(20, 30, 21, 31));
  assert.ok(!line!.meets(0, 0, 9, 19));
  assert.ok(!line!.meets(41, 0, 50, 100));
});

test("a tile without the layer has no features", () => {
  assert.deepEqual(new Tile(7, decodeTile(bytes(), "roads")).features, []);
});

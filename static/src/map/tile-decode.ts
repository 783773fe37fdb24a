// Reads the bytes of a vector tile.
// It knows nothing about who asked, nor what becomes of the features.
// Idea: the usual library reads, what it gives is packed at once (tile.ts).
import { PbfReader } from "pbf";
import { VectorTile } from "@mapbox/vector-tile";
import type { PackedTile } from "./tile.ts";

/** A layer of a tile; one without features if the tile has no such layer. */
export function decodeTile(bytes: ArrayBuffer, layer: string): PackedTile {
  const source = bytes.byteLength ? new VectorTile(new PbfReader(bytes)).layers[layer] : undefined;
  const types: number[] = [], features = [0], parts = [0], coordinates: number[] = [], boxes: number[] = [];
  const names: string[] = [], values: (string | number | boolean)[] = [], places = new Map<string | number | boolean, number>(), rows: number[][] = [];
  for (let i = 0; i < (source?.length ?? 0); i++) {
    const feature = source!.feature(i);
    if (feature.type === 0) continue;
    types.push(feature.type);
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (const part of feature.loadGeometry()) {
      for (const { x, y } of part) {
        coordinates.push(x, y);
        left = Math.min(left, x); right = Math.max(right, x);
        top = Math.min(top, y); bottom = Math.max(bottom, y);
      }
      parts.push(coordinates.length);
    }
    features.push(parts.length - 1);
    boxes.push(left, top, right, bottom);
    const row: number[] = [];
    for (const [name, value] of Object.entries(feature.properties)) {
      let column = names.indexOf(name), place = places.get(value);
      if (column < 0) column = names.push(name) - 1;
      if (!place) places.set(value, place = values.push(value));
      row[column] = place;
    }
    rows.push(row);
  }
  const table = new Uint32Array(rows.length * names.length);
  rows.forEach((row, i) => row.forEach((place, column) => (table[i * names.length + column] = place)));
  return {
    extent: source?.extent ?? 4096, types: Uint8Array.from(types), features: Uint32Array.from(features), parts: Uint32Array.from(parts),
    coordinates: Int32Array.from(coordinates), boxes: Int32Array.from(boxes), names, values, table,
  };
}

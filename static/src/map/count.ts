// How many things of a layer are in view.
// It knows nothing about the map; it is told where the tiles lie.
import { text } from "./frame.ts";
import type { LayerName } from "./layers.ts";
import { Looks } from "./looks.ts";
import type { DecodedTile } from "./tile.ts";

/** Tiles by number, with the pixels per tile unit and their corner in pixels of the view, which reaches from 0 to width and height. */
export interface Tally { layer: LayerName; tiles: readonly { id: number; k: number; left: number; top: number }[]; width: number; height: number; looks: Looks }

export function count({ layer, tiles, width, height, looks: told }: Tally, tileOf: (id: number) => DecodedTile | undefined): number {
  const looks = Object.assign(new Looks(), told), ids = new Set<string>(); // what came from the page is its data only
  for (const { id, k, left, top } of tiles) {
    for (const feature of tileOf(id)?.features ?? []) {
      if (text(feature, "level") === "kawasan" || !looks.passes(layer, feature)) continue; // the RT of a kawasan are counted
      const inside = feature.parts.some((part) => part.some((_, i) => {
        if (i % 2) return false;
        const x = part[i]! * k + left, y = part[i + 1]! * k + top;
        return x >= 0 && y >= 0 && x <= width && y <= height;
      }));
      if (inside) ids.add(String(feature.properties["id"] ?? feature.properties["code"] ?? `${feature.parts[0]?.[0]},${feature.parts[0]?.[1]}`));
    }
  }
  return ids.size;
}

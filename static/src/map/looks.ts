// What a person changed of the map's look: how opaque a layer is, and which classes of it are left out.
// It knows nothing about the legend that changes it, nor about drawing.
// Idea: one object asked by tiles, symbols and hit tests alike, so that what is hidden cannot be pressed either.
import type { LayerName } from "./layers.ts";
import type { DecodedTile, TileFeature } from "./tile-store.ts";

export class Looks {
  private readonly alphas = new Map<LayerName, number>();
  private readonly off = new Map<LayerName, Map<string, Set<string>>>();

  opacity(layer: LayerName): number {
    return this.alphas.get(layer) ?? 1;
  }

  setOpacity(layer: LayerName, alpha: number): void {
    this.alphas.set(layer, alpha);
  }

  /** Leave out the features whose property has this value, or take them back in. */
  setFilter(layer: LayerName, property: string, value: string, on: boolean): void {
    const classes = this.off.get(layer) ?? new Map<string, Set<string>>(), values = classes.get(property) ?? new Set<string>();
    if (on) values.delete(value);
    else values.add(value);
    this.off.set(layer, classes.set(property, values));
  }

  passes(layer: LayerName, feature: TileFeature): boolean {
    for (const [property, values] of this.off.get(layer) ?? []) if (values.has(String(feature.properties[property] ?? ""))) return false;
    return true;
  }

  filtered(layer: LayerName, tile: DecodedTile): DecodedTile {
    return this.off.has(layer) ? { ...tile, features: tile.features.filter((feature) => this.passes(layer, feature)) } : tile;
  }
}

// What a person changed of the map's look: how opaque a layer is, which classes of it are left out, which proposals a filter leaves.
// It knows nothing about the legend that changes it, nor about drawing.
// Idea: one object asked by tiles, symbols and hit tests alike, so that what is hidden cannot be pressed either.
import type { LayerName } from "./layers.ts";
import type { DecodedTile, TileFeature } from "./tile.ts";

export class Looks {
  private readonly alphas = new Map<LayerName, number>();
  private readonly off = new Map<LayerName, Map<string, Set<string>>>();
  /** Ids of the proposals that a list's filter leaves; null: no filter. What is selected stays whatever the filter says. */
  only: ReadonlySet<string> | null = null;
  selected = "";

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
    if (layer === "proposals" && this.only) {
      const id = String(feature.properties["id"]);
      if (id !== this.selected && !this.only.has(id)) return false;
    }
    for (const [property, values] of this.off.get(layer) ?? []) if (values.has(String(feature.properties[property] ?? ""))) return false;
    return true;
  }

  filtered(layer: LayerName, tile: DecodedTile): DecodedTile {
    return this.off.has(layer) || (layer === "proposals" && this.only) ? { ...tile, features: tile.features.filter((feature) => this.passes(layer, feature)) } : tile;
  }
}

// Where facts of each sort stand: their panel, their layer of the map, the key of their features.
// It knows nothing about single facts.
import type { Noun } from "../api/facts.ts";
import type { LayerName } from "../map/layers.ts";
import type { MapView } from "../map/map-view.ts";

const PANELS: Readonly<Record<Noun, string>> = { assets: "panel/assets", households: "panel/households", regions: "panel/borders", "slum-areas": "panel/areas" };

export function panelOf(noun: Noun, id: string): string {
  return `${PANELS[noun]}/${encodeURIComponent(id)}`;
}

/** The form of a new fact. */
export function newPanelOf(noun: Noun, kind: string): string {
  return `${PANELS[noun]}/${noun === "assets" ? `new?kind=${encodeURIComponent(kind)}` : "new"}`;
}

/** The layer that shows a fact; regionKind: rw or rt. */
export function layerOf(noun: Noun, regionKind: string | undefined): LayerName {
  if (noun !== "regions") return noun;
  return regionKind === "rt" ? "rt" : "rw";
}

/** The map shows what is stored now. */
export function renew(view: MapView, noun: Noun): void {
  for (const layer of noun === "regions" ? (["rw", "rt"] as const) : [noun]) view.refresh(layer);
}

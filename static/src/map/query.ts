// Which features lie under a point of the screen.
// It knows nothing about what a click then does.
// Idea: the decoded tiles are already here, so a hit test costs no request; nearest first, points before lines before areas.
import * as L from "leaflet";
import { distanceToLine, insideRings } from "../geometry/plane.ts";
import type { CanvasTiles } from "./canvas-tiles.ts";
import { text } from "./frame.ts";
import type { LayerName } from "./layers.ts";
import type { Properties } from "./tile.ts";

export interface Hit { layer: LayerName; id: string; kind: 1 | 2 | 3; distance: number; properties: Properties }

export function hitsAt(tiles: CanvasTiles, map: L.Map, at: L.LatLng, layers: readonly LayerName[], radius: number): Hit[] {
  const point = map.project(at, Math.round(map.getZoom()));
  const best = new Map<string, Hit>();
  layers.forEach((layer) => {
    for (const { feature, k, left, top } of tiles.seen(layer)) {
      const x = (point.x - left) / k, y = (point.y - top) / k, r = radius / k;
      if (!feature.meets(x - r, y - r, x + r, y + r)) continue;
      const inside = feature.type === 3 && text(feature, "level") !== "kawasan" && insideRings(x, y, feature.parts); // a kawasan is its outline
      const near = inside && layer !== "proposals" ? 0 : Math.min(...feature.parts.map((part) => distanceToLine(x, y, part))) * k;
      const distance = inside ? 0 : near;
      if (distance > radius) continue;
      const id = text(feature, "id") || text(feature, "code");
      const kept = best.get(`${layer}/${id}`);
      if (!kept || kept.distance > distance) best.set(`${layer}/${id}`, { layer, id, kind: feature.type, distance, properties: feature.properties });
    }
  });
  const rank = (hit: Hit) => layers.indexOf(hit.layer) * 10 + hit.kind;
  return [...best.values()].sort((a, b) => rank(a) - rank(b) || a.distance - b.distance);
}

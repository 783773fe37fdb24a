// Tracing on the map: gathers the lines of the tiles at hand into a network and asks it for the way to the pointer.
// It knows nothing about drawing; it answers with the corners of the way.
// Idea: what is seen is what can be followed; the network is built again only when the start or the tiles change.
import * as L from "leaflet";
import { text } from "../map/frame.ts";
import type { LayerName } from "../map/layers.ts";
import type { MapView } from "../map/map-view.ts";
import { Network, type NetLine, type Ways } from "./network.ts";

const LAYERS: readonly LayerName[] = ["proposals", "assets", "roads", "waterways"];

export class Tracer {
  private ways: Ways | null = null;
  private key = "";

  constructor(private readonly view: MapView, private readonly touch: () => boolean) {}

  /** Corners of the way along lines, both places included; null if they do not lie on one network. */
  way(from: L.LatLng, to: L.LatLng): L.LatLng[] | null {
    const { map } = this.view, zoom = Math.round(map.getZoom()), radius = this.touch() ? 20 : 12;
    const key = `${zoom}/${from.lat}/${from.lng}/${this.count()}`;
    if (key !== this.key) {
      this.key = key;
      this.ways = new Network([...this.lines()]).from(map.project(from, zoom), radius);
    }
    const way = this.ways?.to(map.project(to, zoom), radius);
    return way?.map((point) => map.unproject(L.point(point.x, point.y), zoom)) ?? null;
  }

  private count(): number {
    return LAYERS.reduce((sum, layer) => sum + [...this.view.tiles.seen(layer)].length, 0);
  }

  private *lines(): Generator<NetLine> {
    for (const layer of LAYERS) {
      for (const { feature, k, left, top } of this.view.tiles.seen(layer)) {
        if (feature.type !== 2) continue;
        // Streets of every class cross on the level; a drain and a pipe do not.
        const kind = `${layer}/${layer === "assets" ? text(feature, "kind") : text(feature, "work_type")}`;
        for (const part of feature.parts) {
          const points = [];
          for (let i = 0; i < part.length; i += 2) points.push({ x: part[i]! * k + left, y: part[i + 1]! * k + top });
          yield { kind, points };
        }
      }
    }
  }
}

// Snapping on the map: gathers what lies near the pointer from the decoded tiles and from the drawing itself.
// It knows nothing about tools; they ask for the spot and show it.
// Idea: what is seen and chosen (snap-choice.ts) is what snaps, so the tiles already on the screen are the source; Alt suspends.
import * as L from "leaflet";
import type { MapView } from "../map/map-view.ts";
import type { LayerName } from "../map/layers.ts";
import { text } from "../map/frame.ts";
import { word } from "../page/words.ts";
import type { XY } from "../geometry/plane.ts";
import { nearestSnap, type Line, type Snap } from "./snap.ts";
import { snapChoice } from "./snap-choice.ts";

export interface Spot { latlng: L.LatLng; snap: Snap | null; words: string }

export class Snapper {
  suspended = false;
  /** Nothing snaps meanwhile: a household stands beside a road or a border, never on it. */
  idle = false;
  /** What must not snap to itself: the id of a proposal or an asset. */
  without = "";
  /** A layer that nothing snaps to meanwhile: borders, while one of them is edited; those of RT follow the RW's. */
  skipped: LayerName | null = null;

  constructor(private readonly view: MapView, private readonly touch: () => boolean) {}

  /** Where a press at that place would put a corner. */
  find(at: L.LatLng, own: readonly (readonly L.LatLng[])[] = []): Spot {
    if (!snapChoice.on || this.suspended || this.idle) return { latlng: at, snap: null, words: "" };
    const { map } = this.view, zoom = map.getZoom();
    const point = map.project(at, zoom);
    const radius = this.touch() ? 20 : 12;
    const drawn: Line[] = own.map((line) => ({ name: word("snap.own"), points: line.map((corner) => map.project(corner, zoom)) }));
    const snap = nearestSnap(point, [...this.nearby(point, radius), ...drawn], radius);
    if (!snap) return { latlng: at, snap: null, words: "" };
    return { latlng: map.unproject(L.point(snap.x, snap.y), zoom), snap, words: word("snap.to", { name: snap.name }) };
  }

  private *nearby(point: XY, radius: number): Generator<Line> {
    for (const layer of snapChoice.layers) {
      if (layer === this.skipped || (layer === "rt" && this.skipped === "rw")) continue;
      for (const { feature, k, left, top } of this.view.tiles.seen(layer)) {
        const x = (point.x - left) / k, y = (point.y - top) / k, r = radius / k;
        if (!feature.meets(x - r, y - r, x + r, y + r)) continue;
        if (this.without && text(feature, "id") === this.without) continue;
        const name = text(feature, "name") || text(feature, "title") || word(`snap.${layer}`);
        for (const part of feature.parts) {
          const points: XY[] = [], inside: boolean[] = [];
          for (let i = 0; i < part.length; i += 2) {
            const u = part[i]!, v = part[i + 1]!;
            points.push({ x: u * k + left, y: v * k + top });
            inside.push(u >= 0 && v >= 0 && u <= 4096 && v <= 4096);
          }
          yield* insideTile(points, inside, feature.type, name);
        }
      }
    }
  }
}

/** Areas are cut at the tile's buffer: edges out there are not real, so an area gives its edges inside the tile one by one. */
function* insideTile(points: XY[], inside: readonly boolean[], type: number, name: string): Generator<Line> {
  if (type !== 3) {
    yield { points, name };
    return;
  }
  for (let i = 1; i < points.length; i++) if (inside[i - 1] || inside[i]) yield { points: [points[i - 1]!, points[i]!], name };
}

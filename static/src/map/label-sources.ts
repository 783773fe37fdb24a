// Collects the names that could stand in the view: regions, roads, waters, places.
// It knows nothing about which of them will fit (labels.ts decides).
// Idea: pieces of one region or road from several squares are put together first, so that each name has one best place.
import { alongLine, insideRings, lineLength } from "../geometry/plane.ts";
import type { CanvasTiles, Seen } from "./canvas-tiles.ts";
import { text } from "./frame.ts";
import { upright, type Label, type LabelStyle } from "./labels.ts";
import type { LayerName } from "./layers.ts";

export type Measure = (text: string, style: LabelStyle) => number;

interface View { tiles: CanvasTiles; zoom: number; left: number; top: number; width: number; height: number; margin: number; measure: Measure }

export const SIZES: Readonly<Record<LabelStyle, number>> = { kelurahan: 13, rw: 12, rt: 11, road: 11, water: 11.5, place: 11 };

/** Whether a feature's box meets a part of the map, in map pixels: what does not need not be unpacked. */
function isIn({ feature, k, left, top }: Seen, view: View): boolean {
  const x = view.left - left, y = view.top - top;
  return feature.meets(x / k, y / k, (x + view.width) / k, (y + view.height) / k);
}

function label(view: View, words: string, style: LabelStyle, x: number, y: number, angle: number, weight: number): Label {
  return { text: words, x, y, angle, weight, style, width: view.measure(words, style), height: SIZES[style] + 2 };
}

export function collectLabels(view: View): Label[] {
  const { zoom } = view;
  return [
    ...(zoom >= 11 && zoom <= 16 ? regions(view, "kelurahan", "kelurahan", 100) : []),
    ...(zoom >= 14 ? regions(view, "rw", "rw", 80) : []),
    ...(zoom >= 17 ? regions(view, "rt", "rt", 40) : []),
    ...(zoom >= 14 ? lines(view, "roads", "road") : []),
    ...(zoom >= 13 ? lines(view, "waterways", "water") : []),
    ...(zoom >= 15 ? [...places(view), ...lines(view, "city-programmes", "place")] : []),
    ...(zoom >= 15 ? zones(view) : []),
  ];
}

/** RT 009 of the code …-RT009 when the layer's name is long. */
export function shortRegion(name: string, code: string): string {
  const tail = /-(RW|RT)0*(\d+)$/.exec(code);
  return tail ? `${tail[1]} ${tail[2]!.padStart(2, "0")}` : name;
}

function regions(view: View, layer: LayerName, style: LabelStyle, weight: number): Label[] {
  const groups = new Map<string, { name: string; pieces: Seen[] }>();
  for (const seen of view.tiles.seen(layer)) {
    const code = text(seen.feature, "code");
    const group = groups.get(code) ?? { name: shortRegion(text(seen.feature, "name"), code), pieces: [] };
    group.pieces.push(seen);
    groups.set(code, group);
  }
  const found: Label[] = [];
  for (const { name, pieces } of groups.values()) {
    const middle = middleOf(view, pieces, view.measure(name, style) + 8);
    if (middle) found.push(label(view, name, style, middle.x, middle.y, 0, weight + Math.min(10, middle.size / 200)));
  }
  return found;
}

/** A place inside the part on screen, its middle first; null where a name of this width would be cut by the screen's edge. */
function middleOf(view: View, pieces: readonly Seen[], width: number): { x: number; y: number; size: number } | null {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  const shapes = pieces.map((seen) => {
    const rings = seen.feature.parts.map((part) => part.map((value, i) => (i % 2 ? value * seen.k + seen.top - view.top : value * seen.k + seen.left - view.left)));
    for (const ring of rings) for (let i = 0; i < ring.length; i += 2) {
      left = Math.min(left, ring[i]!); right = Math.max(right, ring[i]!);
      top = Math.min(top, ring[i + 1]!); bottom = Math.max(bottom, ring[i + 1]!);
    }
    return rings;
  });
  const { margin } = view;
  const cut = left < margin || right > view.width - margin;
  left = Math.max(left, margin); top = Math.max(top, margin); right = Math.min(right, view.width - margin); bottom = Math.min(bottom, view.height - margin);
  if (right - left < (cut ? width : 36) || bottom - top < 18) return null;
  const inside = (x: number, y: number) => shapes.some((rings) => insideRings(x, y, rings));
  for (const [fx, fy] of [[0.5, 0.5], [0.5, 0.4], [0.5, 0.6], [0.4, 0.5], [0.6, 0.5], [0.35, 0.35], [0.65, 0.65], [0.3, 0.6], [0.7, 0.4]] as const) {
    const x = left + (right - left) * fx, y = top + (bottom - top) * fy;
    if (inside(x, y)) return { x, y, size: right - left };
  }
  return null;
}

/** The code of each zone, as the sheets of a plan have it. */
function zones(view: View): Label[] {
  const found: Label[] = [];
  for (const seen of view.tiles.seen("spatial-plan")) {
    const code = text(seen.feature, "code"), middle = middleOf(view, [seen], view.measure(code, "place") + 8);
    if (middle) found.push(label(view, code, "place", middle.x, middle.y, 0, 15));
  }
  return found;
}

function lines(view: View, layer: LayerName, style: LabelStyle): Label[] {
  const found: Label[] = [];
  for (const seen of view.tiles.seen(layer)) {
    if (seen.feature.type !== 2 || !isIn(seen, view)) continue;
    const name = text(seen.feature, "name");
    if (!name) continue;
    const small = text(seen.feature, "class") === "gang" || text(seen.feature, "class") === "path" || text(seen.feature, "kind") === "drain";
    if (small && view.zoom < 17) continue;
    const width = view.measure(name, style);
    for (const part of seen.feature.parts) {
      const total = lineLength(part) * seen.k;
      if (total < width + 12) continue;
      const at = alongLine(part, total / 2 / seen.k);
      const before = alongLine(part, (total / 2 - width / 2) / seen.k), after = alongLine(part, (total / 2 + width / 2) / seen.k);
      if (Math.abs(Math.hypot(after.x - before.x, after.y - before.y) * seen.k - width) > width * 0.08) continue;
      const angle = upright(Math.atan2(after.y - before.y, after.x - before.x));
      found.push(label(view, name, style, at.x * seen.k + seen.left - view.left, at.y * seen.k + seen.top - view.top, angle, (small ? 10 : 30) + total / 1000));
    }
  }
  return found;
}

function places(view: View): Label[] {
  const found: Label[] = [];
  for (const seen of view.tiles.seen("places")) {
    if (!isIn(seen, view)) continue;
    const name = text(seen.feature, "name");
    if (!name) continue;
    const part = seen.feature.parts[0]!;
    let x = part[0]!, y = part[1]!;
    if (seen.feature.type === 3) {
      const xs = part.filter((_, i) => i % 2 === 0), ys = part.filter((_, i) => i % 2 === 1);
      x = (Math.min(...xs) + Math.max(...xs)) / 2;
      y = (Math.min(...ys) + Math.max(...ys)) / 2;
      if ((Math.max(...xs) - Math.min(...xs)) * seen.k < view.measure(name, "place") * 0.7) continue;
    }
    found.push(label(view, name, "place", x * seen.k + seen.left - view.left, y * seen.k + seen.top - view.top, 0, 20));
  }
  return found;
}

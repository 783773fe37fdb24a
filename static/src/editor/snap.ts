// Chooses the spot that a pointer snaps to among nearby lines and points, in screen pixels.
// It knows nothing about tiles, layers or Leaflet.
// Idea: vertex before intersection before edge within one radius, as CAD programs do; the spot is shown before the click.
import { crossing, footOnSegment, type XY } from "../geometry/plane.ts";

export interface Line { points: readonly XY[]; name: string }
export interface Snap extends XY { kind: "vertex" | "crossing" | "edge"; name: string; line: readonly XY[] }

interface Near { a: XY; b: XY; line: Line; distance: number; foot: XY }

export function nearestSnap(at: XY, lines: readonly Line[], radius: number): Snap | null {
  return vertex(at, lines, radius) ?? edges(at, lines, radius);
}

function vertex(at: XY, lines: readonly Line[], radius: number): Snap | null {
  let best: Snap | null = null, least = radius;
  for (const line of lines) {
    for (const point of line.points) {
      const distance = Math.hypot(point.x - at.x, point.y - at.y);
      if (distance > least) continue;
      least = distance;
      best = { x: point.x, y: point.y, kind: "vertex", name: line.name, line: line.points };
    }
  }
  return best;
}

function edges(at: XY, lines: readonly Line[], radius: number): Snap | null {
  const near: Near[] = [];
  for (const line of lines) {
    for (let i = 1; i < line.points.length; i++) {
      const a = line.points[i - 1]!, b = line.points[i]!;
      const foot = footOnSegment(at, a, b);
      if (foot.distance <= radius) near.push({ a, b, line, distance: foot.distance, foot });
    }
  }
  near.sort((one, other) => one.distance - other.distance);
  const first = near[0];
  if (!first) return null;
  for (const other of near.slice(1, 12)) {
    const meet = crossing(first.a, first.b, other.a, other.b);
    if (meet && Math.hypot(meet.x - at.x, meet.y - at.y) <= radius) return { ...meet, kind: "crossing", name: first.line.name, line: first.line.points };
  }
  return { x: first.foot.x, y: first.foot.y, kind: "edge", name: first.line.name, line: first.line.points };
}

// Plane geometry on pixels or tile units: distances, containment, lengths, crossings.
// It knows nothing about latitude, Leaflet or tiles; every number is in the caller's own unit.
// Idea: school geometry written once and tested, so that hit tests, snapping and labels cannot differ.

export interface XY { x: number; y: number }
export interface Foot extends XY { distance: number; t: number }

/** Nearest point to p on the segment a-b; t runs 0…1 along it. */
export function footOnSegment(p: XY, a: XY, b: XY): Foot {
  const dx = b.x - a.x, dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared));
  const x = a.x + t * dx, y = a.y + t * dy;
  return { x, y, t, distance: Math.hypot(p.x - x, p.y - y) };
}

/** Distance from (x, y) to a flat line [x0, y0, x1, y1, …]. */
export function distanceToLine(x: number, y: number, line: ArrayLike<number>): number {
  let best = Infinity;
  if (line.length === 2) return Math.hypot(x - line[0]!, y - line[1]!);
  for (let i = 2; i < line.length; i += 2) {
    const foot = footOnSegment({ x, y }, { x: line[i - 2]!, y: line[i - 1]! }, { x: line[i]!, y: line[i + 1]! });
    if (foot.distance < best) best = foot.distance;
  }
  return best;
}

/** Even-odd test of (x, y) against flat rings, holes included. */
export function insideRings(x: number, y: number, rings: readonly ArrayLike<number>[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const yi = ring[i + 1]!, yj = ring[j + 1]!;
      if (yi > y !== yj > y && x < ((ring[j]! - ring[i]!) * (y - yi)) / (yj - yi) + ring[i]!) inside = !inside;
    }
  }
  return inside;
}

/** Signed area of a flat ring (positive when clockwise on a screen, y down). */
export function ringArea(ring: ArrayLike<number>): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    twice += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!;
  }
  return twice / 2;
}

export function lineLength(line: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 2; i < line.length; i += 2) sum += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
  return sum;
}

/** Point and direction (radians) at a distance along a flat line. */
export function alongLine(line: ArrayLike<number>, distance: number): XY & { angle: number } {
  let rest = distance;
  for (let i = 2; i < line.length; i += 2) {
    const ax = line[i - 2]!, ay = line[i - 1]!, dx = line[i]! - ax, dy = line[i + 1]! - ay;
    const length = Math.hypot(dx, dy);
    if (rest <= length || i + 2 >= line.length) {
      const t = length === 0 ? 0 : Math.min(1, rest / length);
      return { x: ax + t * dx, y: ay + t * dy, angle: Math.atan2(dy, dx) };
    }
    rest -= length;
  }
  return { x: line[0] ?? 0, y: line[1] ?? 0, angle: 0 };
}

function turn(a: XY, b: XY, c: XY): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Where two segments properly cross, or null (touching at an end does not count). */
export function crossing(a: XY, b: XY, c: XY, d: XY): XY | null {
  const d1 = turn(c, d, a), d2 = turn(c, d, b), d3 = turn(a, b, c), d4 = turn(a, b, d);
  if (!(d1 > 0 !== d2 > 0 && d3 > 0 !== d4 > 0) || d1 === 0 || d2 === 0 || d3 === 0 || d4 === 0) return null;
  const t = d1 / (d1 - d2);
  return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
}

/** First self-crossing of a chain of points: the place and the number (from 1) of the point it comes before. */
export function selfCrossing(points: readonly XY[], closed: boolean): { at: XY; before: number } | null {
  const count = closed ? points.length : points.length - 1;
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i - 1; j++) {
      if (closed && j === 0 && i === count - 1) continue;
      const at = crossing(points[j]!, points[j + 1]!, points[i]!, points[(i + 1) % points.length]!);
      if (at) return { at, before: ((i + 1) % points.length) + 1 };
    }
  }
  return null;
}

// An area cut in two by a line drawn across it, holes and all.
// It knows nothing about the map or proposals.
// Idea: walk the outlines with the area on the left and turn onto the line wherever it is met: each round walked is one side,
// and a hole that the line runs through becomes part of the outlines of both.
import type { Position } from "../geometry/geodesy.ts";
import { crossing, insideRings, ringArea, selfCrossing, type XY } from "../geometry/plane.ts";

type Rings = readonly (readonly Position[])[];
/** far: from the start of the edge. along: order on the line. */
interface Meeting { ring: number; edge: number; far: number; segment: number; along: number; at: Position }

/** Both sides as open rings, the outline first and then its holes; null unless the line makes exactly two, from outside to outside. */
export function cutArea(rings: Rings, line: readonly Position[]): [Rings, Rings] | null {
  const outlines = rings.map((ring, i) => (ringArea(flat(ring)) > 0 === (i === 0) ? ring : ring.toReversed()));
  const met = meetings(outlines, line);
  const outside = [line[0]!, line.at(-1)!].every(([x, y]) => !insideRings(x, y, outlines.map(flat)));
  if (!met.some(({ ring }) => ring === 0) || met.length % 2 > 0 || !outside || selfCrossing(line.map(xy), false)) return null;
  const sides = walkAll(outlines, line, met);
  if (sides.length !== 2) return null;
  const whole = outlines.filter((_, i) => i > 0 && !met.some(({ ring }) => ring === i));
  const withHoles = (side: readonly Position[]): Rings => [side, ...whole.filter((hole) => insideRings(...hole[0]! as [number, number], [flat(side)]))];
  return [withHoles(sides[0]!), withHoles(sides[1]!)];
}

const xy = ([x, y]: Position): XY => ({ x, y });
const flat = (ring: readonly Position[]): number[] => ring.flatMap(([x, y]) => [x, y]);
const away = (from: Position, to: Position): number => Math.hypot(to[0] - from[0], to[1] - from[1]);

/** Where the line crosses outlines, in the order of the line: in and out by turns. */
function meetings(outlines: Rings, line: readonly Position[]): Meeting[] {
  return line.slice(1).flatMap((to, segment) => {
    const from = line[segment]!;
    const here = outlines.flatMap((ring, number) => ring.flatMap((corner, edge): Meeting[] => {
      const cross = crossing(xy(from), xy(to), xy(corner), xy(ring[(edge + 1) % ring.length]!));
      if (!cross) return [];
      const at: Position = [cross.x, cross.y];
      return [{ ring: number, edge, far: away(corner, at), segment, along: away(from, at), at }];
    }));
    return here.sort((one, other) => one.along - other.along);
  });
}

/** Every round: along an outline to the next meeting, over the line to the one opposite, and on from there. */
function walkAll(outlines: Rings, line: readonly Position[], met: readonly Meeting[]): Position[][] {
  const left = new Set(met), sides: Position[][] = [];
  for (const start of met) {
    if (!left.has(start)) continue;
    const side: Position[] = [];
    for (let here = start; left.delete(here);) {
      const next = following(met, here), over = met[met.indexOf(next) ^ 1]!;
      side.push(here.at, ...corners(outlines[here.ring]!, here, next), next.at, ...between(line, next, over));
      here = over;
    }
    sides.push(side);
  }
  return sides;
}

const before = (one: Meeting, other: Meeting): boolean => one.edge < other.edge || (one.edge === other.edge && one.far < other.far);

/** The meeting after this one on the same outline. */
function following(met: readonly Meeting[], here: Meeting): Meeting {
  const same = met.filter(({ ring }) => ring === here.ring).sort((one, other) => (before(one, other) ? -1 : 1));
  return same[(same.indexOf(here) + 1) % same.length]!;
}

function corners(ring: readonly Position[], from: Meeting, to: Meeting): readonly Position[] {
  return before(from, to) ? ring.slice(from.edge + 1, to.edge + 1) : [...ring.slice(from.edge + 1), ...ring.slice(0, to.edge + 1)];
}

function between(line: readonly Position[], from: Meeting, to: Meeting): readonly Position[] {
  return from.segment <= to.segment ? line.slice(from.segment + 1, to.segment + 1) : line.slice(to.segment + 1, from.segment + 1).toReversed();
}

// An area cut in two by a line drawn across it.
// It knows nothing about the map or proposals.
// Idea: the line goes in at one edge and out at another; each side takes its part of the outline and the line between.
import type { Position } from "../geometry/geodesy.ts";
import { crossing, insideRings, type XY } from "../geometry/plane.ts";

interface Meeting { edge: number; segment: number; at: XY }

/** Both sides as open rings; null unless the line crosses the outline twice, from outside to outside. */
export function cutRing(ring: readonly Position[], line: readonly Position[]): [Position[], Position[]] | null {
  const outline = ring.map(xy), knife = line.map(xy);
  const met = meetings(outline, knife);
  if (met.length !== 2 || insideRings(knife[0]!.x, knife[0]!.y, [outline.flatMap(({ x, y }) => [x, y])])) return null;
  let [enter, leave] = met as [Meeting, Meeting];
  let between = line.slice(enter.segment + 1, leave.segment + 1);
  const start = outline[enter.edge]!, far = (meeting: Meeting) => Math.hypot(meeting.at.x - start.x, meeting.at.y - start.y);
  if (enter.edge === leave.edge && far(enter) > far(leave)) {
    [enter, leave] = [leave, enter];
    between = between.toReversed();
  }
  const a = position(enter.at), b = position(leave.at);
  return [
    [a, ...walk(ring, enter.edge, leave.edge), b, ...between.toReversed()],
    [b, ...(enter.edge === leave.edge ? [...ring.slice(enter.edge + 1), ...ring.slice(0, enter.edge + 1)] : walk(ring, leave.edge, enter.edge)), a, ...between],
  ];
}

const xy = (point: Position): XY => ({ x: point[0], y: point[1] });
const position = (point: XY): Position => [point.x, point.y];

/** Where the line crosses edges of the outline, in the order of the line. */
function meetings(outline: readonly XY[], knife: readonly XY[]): Meeting[] {
  return knife.slice(1).flatMap((to, segment) => {
    const from = knife[segment]!;
    const here = outline.flatMap((corner, edge) => {
      const at = crossing(from, to, corner, outline[(edge + 1) % outline.length]!);
      return at ? [{ edge, segment, at }] : [];
    });
    const far = ({ at }: Meeting) => Math.hypot(at.x - from.x, at.y - from.y);
    return here.sort((one, other) => far(one) - far(other));
  });
}

/** Corners from the end of one edge to the start of another, round the corner of the list; none within one edge. */
function walk(ring: readonly Position[], from: number, to: number): readonly Position[] {
  return from <= to ? ring.slice(from + 1, to + 1) : [...ring.slice(from + 1), ...ring.slice(0, to + 1)];
}

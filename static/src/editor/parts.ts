// A thing in two, and two lines in one: shapes, and what becomes of volume, cost and money.
// It knows nothing about the map, the pointer or the server.
// Idea: what a person typed is shared by size, in whole rupiah that add up; what was computed is computed anew.
import type { Geometry } from "geojson";
import { fieldsOf } from "../api/fields.ts";
import type { Draft, Fields, Proposal } from "../api/proposals.ts";
import { distance, type Position } from "../geometry/geodesy.ts";
import { footOnSegment } from "../geometry/plane.ts";
import { fromGeometry, measure, shapeOf, toGeometry, type Shape } from "./shape.ts";

/** Ends this close (m) touch. */
export const TOUCH_M = 1;

export interface Cut { first: Position[]; second: Position[]; at: Position }

/** A line of one part cut at its place nearest to that position; null at its ends. */
export function cutLine(line: readonly Position[], near: Position): Cut | null {
  const narrow = Math.cos((near[1] * Math.PI) / 180);
  const xy = (point: Position) => ({ x: point[0] * narrow, y: point[1] });
  const feet = line.slice(1).map((point, i) => footOnSegment(xy(near), xy(line[i]!), xy(point)));
  const nearest = feet.reduce((best, foot, i) => (foot.distance < feet[best]!.distance ? i : best), 0);
  const foot = feet[nearest];
  if (!foot) return null;
  const at: Position = [foot.x / narrow, foot.y];
  const first = withEnd(line.slice(0, nearest + 1), at), second = withEnd(line.slice(nearest + 1).toReversed(), at).toReversed();
  return first.length > 1 && second.length > 1 ? { first, second, at } : null;
}

/** The place as last corner, unless the last one is there already. */
function withEnd(line: readonly Position[], at: Position): Position[] {
  const last = line.at(-1);
  return last && distance(last, at) < 0.01 ? [...line] : [...line, at];
}

/** One line of two that touch with an end, in the direction of the first; null if they do not touch. */
export function joinLines(one: readonly Position[], other: readonly Position[]): Position[] | null {
  const touches = (a: Position | undefined, b: Position | undefined) => a !== undefined && b !== undefined && distance(a, b) <= TOUCH_M;
  if (touches(one.at(-1), other[0])) return [...one, ...other.slice(1)];
  if (touches(other.at(-1), one[0])) return [...other, ...one.slice(1)];
  if (touches(one.at(-1), other.at(-1))) return [...one, ...other.toReversed().slice(1)];
  if (touches(one[0], other[0])) return [...other.toReversed(), ...one.slice(1)];
  return null;
}

/** The line of a thing that is one line, or null. */
export function lineOf({ geometry }: { geometry: Geometry }): readonly Position[] | null {
  const shape = fromGeometry(geometry);
  return shape.kind === "line" && shape.parts.length === 1 ? shape.parts[0]! : null;
}

/** Two shapes that together are one. */
export type Sides = readonly [Shape, Shape];

/** Both sides as geometries, the larger first, and the share of the smaller: of metres, square metres or points. */
export function bySize([one, other]: Sides): { larger: Geometry; smaller: Geometry; share: number } {
  const size = (side: Shape) => (side.kind === "point" ? side.parts.length : measure(side)[side.kind === "line" ? "length_m" : "area_m2"]);
  const [large, small] = size(one) >= size(other) ? [one, other] : [other, one];
  return { larger: toGeometry(large), smaller: toGeometry(small), share: size(small) / (size(large) + size(small)) };
}

/** The larger part keeps the proposal, the other becomes a new one. */
export interface Split { larger: Draft; smaller: Draft }

export function splitProposal(proposal: Proposal, sides: Sides): Split {
  const { larger, smaller, share } = bySize(sides);
  const { rest, part } = shared(fieldsOf(proposal.properties), share);
  return { larger: { geometry: larger, fields: rest }, smaller: { geometry: smaller, fields: part } };
}

/** What a person typed in two: the share of the part, and the rest. */
function shared(fields: Fields, share: number): { rest: Fields; part: Fields } {
  const rest: Fields = { ...fields }, part: Fields = { ...fields };
  if (fields.volume) {
    part.volume = Math.round(fields.volume * share * 100) / 100;
    rest.volume = Math.round((fields.volume - part.volume) * 100) / 100;
  }
  if (fields.cost) {
    part.cost = Math.round(fields.cost * share);
    rest.cost = fields.cost - part.cost;
  }
  const funds = Object.entries(fields.funding ?? {});
  part.funding = Object.fromEntries(funds.map(([fund, amount]) => [fund, Math.floor(amount * share)]));
  rest.funding = Object.fromEntries(funds.map(([fund, amount]) => [fund, amount - Math.floor(amount * share)]));
  return { rest, part };
}

/** The kept proposal with the other's line, volume, cost and money; what both left to the server is left to it. */
export function joinedDraft(kept: Proposal, other: Proposal, line: readonly Position[]): Draft {
  const fields: Fields = { ...fieldsOf(kept.properties) }, more = fieldsOf(other.properties);
  const sum = (name: "volume" | "cost") => (kept.properties[name] ?? 0) + (other.properties[name] ?? 0);
  if (fields.volume !== undefined || more.volume !== undefined) fields.volume = sum("volume");
  if (fields.cost !== undefined || more.cost !== undefined) fields.cost = sum("cost");
  const funding: Record<string, number> = { ...fields.funding };
  for (const [fund, amount] of Object.entries(more.funding ?? {})) funding[fund] = (funding[fund] ?? 0) + amount;
  return { geometry: toGeometry(shapeOf("line", line)), fields: { ...fields, funding } };
}

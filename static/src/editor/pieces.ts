// Shapes of several parts and areas with holes: their pieces, what is left without one, and holes cut and filled.
// It knows nothing about the map or the pointer.
// Idea: a piece is a shape of its own (a line, a point, an area with its holes), so whatever works on shapes works on it.
import { crossing, insideRings, selfCrossing, type XY } from "../geometry/plane.ts";
import type { Position } from "../geometry/geodesy.ts";
import type { Kind, Shape } from "./shape.ts";

/** Each line, point or area of a shape alone, an area with its holes. */
export function piecesOf(shape: Shape): Shape[] {
  const { kind, parts, groups } = shape;
  if (kind !== "polygon") return parts.map((part) => ({ kind, parts: [part], groups: [0], multi: false }));
  return [...new Set(groups)].map((group) => areaOf(parts.filter((_, i) => groups[i] === group)));
}

/** One area: its outline, then its holes. */
export function areaOf(rings: readonly (readonly Position[])[]): Shape {
  return { kind: "polygon", parts: rings, groups: rings.map(() => 0), multi: false };
}

/** One shape of several pieces. */
export function together(kind: Kind, pieces: readonly Shape[]): Shape {
  return { kind, parts: pieces.flatMap((piece) => piece.parts), groups: pieces.flatMap((piece, i) => piece.parts.map(() => i)), multi: pieces.length > 1 };
}

/** The piece of that number, and the shape without it. */
export function takeOut(shape: Shape, number: number): [Shape, Shape] {
  const pieces = piecesOf(shape);
  return [pieces[number]!, together(shape.kind, pieces.toSpliced(number, 1))];
}

const flat = (ring: readonly Position[]): number[] => ring.flatMap(([x, y]) => [x, y]);
const xy = ([x, y]: Position): XY => ({ x, y });
const contains = (rings: readonly (readonly Position[])[], [x, y]: Position): boolean => insideRings(x, y, rings.map(flat));

/** Number of the area that a place lies in, holes left out; -1 outside. */
export function areaAt(shape: Shape, at: Position): number {
  return piecesOf(shape).findIndex((piece) => contains(piece.parts, at));
}

/** Which rings are holes, by their place among the parts. */
export function holesOf(shape: Shape): number[] {
  if (shape.kind !== "polygon") return [];
  return shape.parts.flatMap((_, i) => (shape.groups.indexOf(shape.groups[i]!) < i ? [i] : []));
}

/** The hole that a place lies in, -1 where it lies in none. */
export function holeAt(shape: Shape, at: Position): number {
  return holesOf(shape).find((i) => contains([shape.parts[i]!], at)) ?? -1;
}

export function fill(shape: Shape, hole: number): Shape {
  return { ...shape, parts: shape.parts.toSpliced(hole, 1), groups: shape.groups.toSpliced(hole, 1) };
}

/** The shape with that ring as a hole; null unless the ring lies wholly in one area and touches no edge or hole of it. */
export function cutHole(shape: Shape, ring: readonly Position[]): Shape | null {
  const group = shape.groups[shape.parts.findIndex((_, i) => inside(shape, i, ring))];
  if (group === undefined || selfCrossing(ring.map(xy), true)) return null;
  const after = shape.groups.lastIndexOf(group) + 1;
  return { ...shape, parts: shape.parts.toSpliced(after, 0, ring), groups: shape.groups.toSpliced(after, 0, group) };
}

/** Whether a ring lies in the area whose outline is part i, clear of its edges and its holes. */
function inside(shape: Shape, i: number, ring: readonly Position[]): boolean {
  const group = shape.groups[i]!;
  if (shape.kind !== "polygon" || shape.groups.indexOf(group) !== i) return false;
  const rings = shape.parts.filter((_, at) => shape.groups[at] === group);
  return ring.every((point) => contains(rings, point))
    && rings.every((other) => !cross(other, ring))
    && rings.slice(1).every((hole) => !contains([ring], hole[0]!));
}

function cross(one: readonly Position[], other: readonly Position[]): boolean {
  const edges = (ring: readonly Position[]) => ring.map((point, i) => [xy(point), xy(ring[(i + 1) % ring.length]!)] as const);
  return edges(one).some(([a, b]) => edges(other).some(([c, d]) => crossing(a, b, c, d) !== null));
}

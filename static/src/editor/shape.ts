// A shape being drawn or edited: parts of positions, with the changes a hand can make to it.
// It knows nothing about the map, the screen or proposals; every change returns a new shape.
// Idea: immutable shapes make undo a list of shapes, and one form serves GeoJSON's six geometry types.
import type { Geometry } from "geojson";
import { area, distance, length, type Position } from "../geometry/geodesy.ts";

export type Kind = "point" | "line" | "polygon";
export interface Shape {
  readonly kind: Kind;
  /** Points (one each), lines, or open rings. */
  readonly parts: readonly (readonly Position[])[];
  /** Polygon number of each ring. */
  readonly groups: readonly number[];
  readonly multi: boolean;
}
export interface Corner { part: number; index: number }

export function shapeOf(kind: Kind, points: readonly Position[]): Shape {
  return { kind, parts: [points], groups: [0], multi: false };
}

const open = (ring: readonly (readonly number[])[]): Position[] => ring.slice(0, -1).map(position);
const position = (value: readonly number[]): Position => [value[0]!, value[1]!];

export function fromGeometry(geometry: Geometry): Shape {
  switch (geometry.type) {
    case "Point": return shapeOf("point", [position(geometry.coordinates)]);
    case "MultiPoint": return { kind: "point", parts: geometry.coordinates.map((one) => [position(one)]), groups: [], multi: true };
    case "LineString": return shapeOf("line", geometry.coordinates.map(position));
    case "MultiLineString": return { kind: "line", parts: geometry.coordinates.map((line) => line.map(position)), groups: [], multi: true };
    case "Polygon": return { kind: "polygon", parts: geometry.coordinates.map(open), groups: geometry.coordinates.map(() => 0), multi: false };
    case "MultiPolygon": return {
      kind: "polygon", multi: true, parts: geometry.coordinates.flatMap((rings) => rings.map(open)),
      groups: geometry.coordinates.flatMap((rings, i) => rings.map(() => i)),
    };
    case "GeometryCollection": throw new TypeError("a collection cannot be edited");
  }
}

/** Seven decimals: a centimetre on the ground. */
const rounded = (point: Position): number[] => point.map((value) => Math.round(value * 1e7) / 1e7);

export function toGeometry(shape: Shape): Geometry {
  const lines = shape.parts.map((part) => part.map(rounded));
  if (shape.kind === "point") return shape.multi ? { type: "MultiPoint", coordinates: lines.map((line) => line[0]!) } : { type: "Point", coordinates: lines[0]![0]! };
  if (shape.kind === "line") return shape.multi ? { type: "MultiLineString", coordinates: lines } : { type: "LineString", coordinates: lines[0]! };
  const rings = lines.map((ring) => [...ring, ring[0]!]);
  if (!shape.multi) return { type: "Polygon", coordinates: rings };
  const polygons: number[][][][] = [];
  rings.forEach((ring, i) => (polygons[shape.groups[i]!] ??= []).push(ring));
  return { type: "MultiPolygon", coordinates: polygons };
}

export function least(kind: Kind): number {
  return { point: 1, line: 2, polygon: 3 }[kind];
}

export function isComplete(shape: Shape): boolean {
  return shape.parts.length > 0 && shape.parts.every((part) => part.length >= least(shape.kind));
}

function withPart(shape: Shape, part: number, change: (points: readonly Position[]) => readonly Position[]): Shape {
  return { ...shape, parts: shape.parts.map((points, i) => (i === part ? change(points) : points)) };
}

export function moveCorner(shape: Shape, at: Corner, to: Position): Shape {
  return withPart(shape, at.part, (points) => points.with(at.index, to));
}

/** Insert before the corner of that index. */
export function insertCorner(shape: Shape, at: Corner, point: Position): Shape {
  return withPart(shape, at.part, (points) => points.toSpliced(at.index, 0, point));
}

/** The shape without that corner, or null if too few would be left. */
export function removeCorner(shape: Shape, at: Corner): Shape | null {
  if (shape.parts[at.part]!.length <= least(shape.kind)) return null;
  return withPart(shape, at.part, (points) => points.toSpliced(at.index, 1));
}

export function translate(shape: Shape, lng: number, lat: number): Shape {
  return { ...shape, parts: shape.parts.map((points) => points.map((point): Position => [point[0] + lng, point[1] + lat])) };
}

/** Mean of the corners: the one place that turning leaves where it is. */
export function pivot(shape: Shape): Position {
  const points = shape.parts.flat();
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1)];
}

/** Turned clockwise about its pivot; on the ground, so that lengths stay. */
export function rotate(shape: Shape, degrees: number): Shape {
  const [lng, lat] = pivot(shape);
  const angle = (degrees * Math.PI) / 180, cos = Math.cos(angle), sin = Math.sin(angle), narrow = Math.cos((lat * Math.PI) / 180);
  const turn = (point: Position): Position => {
    const east = (point[0] - lng) * narrow, north = point[1] - lat;
    return [lng + (east * cos + north * sin) / narrow, lat + north * cos - east * sin];
  };
  return { ...shape, parts: shape.parts.map((points) => points.map(turn)) };
}

/** A line with one more corner, at the nearest of its ends, and how much longer that made it. */
export function extended(line: Shape, to: Position): { shape: Shape; metres: number } {
  const ends = line.parts.flatMap((points, part) => [{ part, at: points[0]!, index: 0 }, { part, at: points.at(-1)!, index: points.length }]);
  const nearest = ends.reduce((best, end) => (distance(end.at, to) < distance(best.at, to) ? end : best));
  return { shape: insertCorner(line, nearest, to), metres: distance(nearest.at, to) };
}

export function reverse(shape: Shape): Shape {
  return { ...shape, parts: shape.parts.map((points) => points.toReversed()) };
}

export interface Measured { length_m: number; area_m2: number; last_m: number }

export function measure(shape: Shape): Measured {
  const points = shape.parts.at(-1) ?? [];
  const last_m = points.length < 2 ? 0 : distance(points.at(-2)!, points.at(-1)!);
  const closed = (ring: readonly Position[]) => (shape.kind === "polygon" && ring.length > 2 ? [...ring, ring[0]!] : ring);
  const length_m = shape.kind === "point" ? 0 : shape.parts.reduce((sum, part) => sum + length(closed(part)), 0);
  const outer = new Set<number>();
  const area_m2 = shape.kind !== "polygon" ? 0 : shape.parts.reduce((sum, ring, i) => {
    const first = !outer.has(shape.groups[i]!);
    outer.add(shape.groups[i]!);
    return sum + (first ? 1 : -1) * area(ring);
  }, 0);
  return { length_m, area_m2, last_m };
}

/** Middle of each edge, with the index at which a corner dragged from there is inserted. */
export function midpoints(shape: Shape): (Corner & { at: Position })[] {
  if (shape.kind === "point") return [];
  return shape.parts.flatMap((points, part) => points.flatMap((point, i) => {
    const next = points[i + 1] ?? (shape.kind === "polygon" ? points[0] : undefined);
    return next ? [{ part, index: i + 1, at: [(point[0] + next[0]) / 2, (point[1] + next[1]) / 2] as const }] : [];
  }));
}

/** west, south, east, north; null for a shape without points. */
export function boundsOf(shape: Shape): number[] | null {
  const points = shape.parts.flat();
  if (points.length === 0) return null;
  const lngs = points.map((point) => point[0]), lats = points.map((point) => point[1]);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

// What is typed or pasted while drawing: a length, a bearing, both, coordinates, or GeoJSON.
// It knows nothing about the field it stands in nor about what then happens.
// Idea: one field for all, since each has its own look; a number alone is a length in metres.
import type { Position } from "../geometry/geodesy.ts";
import { readPlace, type PlaceFault } from "../geometry/coordinates.ts";
import { readGeoJson, type TextFault } from "./geojson-text.ts";
import type { Kind, Shape } from "./shape.ts";

export interface Held { length: number | null; bearing: number | null }
export type Typed =
  | { what: "segment"; held: Held }
  | { what: "place"; place: Position }
  | { what: "shape"; shape: Shape }
  | { what: "fault"; key: `place.${PlaceFault}` | `geojson.${string}` | "typed.length"; values: TextFault["values"] };

const LONGEST_M = 50000;
const SEGMENT = /^(?:(\d+(?:[.,]\d+)?)\s*m?)?\s*(?:<\s*(-?\d+(?:[.,]\d+)?)\s*°?)?$/i;

const value = (text: string | undefined): number | null => (text === undefined ? null : Number(text.replace(",", ".")));

/** null for an empty text; near: where metres without a UTM zone are meant. */
export function readTyped(text: string, kind: Kind, near: Position | null = null): Typed | null {
  const clean = text.trim();
  if (clean === "") return null;
  if (/^[{[]/.test(clean) && !/^\[\s*-?[\d.]+\s*,\s*-?[\d.]+\s*\]$/.test(clean)) {
    const shape = readGeoJson(clean, kind);
    return "fault" in shape ? { what: "fault", key: `geojson.${shape.fault}`, values: shape.values } : { what: "shape", shape };
  }
  const segment = SEGMENT.exec(clean);
  if (segment) {
    const length = value(segment[1]), bearing = value(segment[2]);
    if (length !== null && !(length > 0 && length <= LONGEST_M)) return { what: "fault", key: "typed.length", values: {} };
    return { what: "segment", held: { length, bearing: bearing === null ? null : ((bearing % 360) + 360) % 360 } };
  }
  const read = readPlace(clean, near);
  return "fault" in read ? { what: "fault", key: `place.${read.fault}`, values: {} } : { what: "place", place: read.place };
}

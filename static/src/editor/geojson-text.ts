// GeoJSON pasted as text, read as a shape of the wanted kind; what is wrong with it is named.
// It knows nothing about fields or the map.
// Idea: RFC 7946 checked by hand, so that the answer says where (coordinates[3]) and what, not just "invalid".
import type { Geometry } from "geojson";
import { fromGeometry, type Kind, type Shape } from "./shape.ts";

/** A fault and what fills in its sentence. */
export interface TextFault { fault: string; values: Record<string, string | number> }

const KINDS: Readonly<Record<string, { kind: Kind; depth: number }>> = {
  Point: { kind: "point", depth: 0 }, MultiPoint: { kind: "point", depth: 1 }, LineString: { kind: "line", depth: 1 },
  MultiLineString: { kind: "line", depth: 2 }, Polygon: { kind: "polygon", depth: 2 }, MultiPolygon: { kind: "polygon", depth: 3 },
};

const wrong = (fault: string, values: Record<string, string | number> = {}): TextFault => ({ fault, values });

export function readGeoJson(text: string, kind: Kind): Shape | TextFault {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return wrong("json", { at: lineOfFault(text) });
  }
  const geometry = geometryOf(found);
  if (!geometry) return wrong("none");
  const known = KINDS[String(geometry.type)];
  if (!known) return wrong("type", { type: String(geometry.type) });
  if (known.kind !== kind) return wrong("kind", { type: String(geometry.type) });
  const fault = faultIn(geometry.coordinates, known.depth, "coordinates") ?? tooShort(geometry.coordinates, known, "coordinates");
  return fault ?? fromGeometry(geometry as unknown as Geometry);
}

/** A geometry itself, that of a feature, or that of a collection of one. */
function geometryOf(found: unknown): { type: unknown; coordinates: unknown } | null {
  if (typeof found !== "object" || found === null) return null;
  const { type, geometry, features } = found as Record<string, unknown>;
  if (type === "Feature") return geometryOf(geometry);
  if (type === "FeatureCollection") return Array.isArray(features) && features.length === 1 ? geometryOf(features[0]) : null;
  return typeof type === "string" ? (found as { type: unknown; coordinates: unknown }) : null;
}

/** The first faulty place; depth: how many arrays lie around a position. */
function faultIn(value: unknown, depth: number, path: string): TextFault | null {
  if (!Array.isArray(value)) return wrong("position", { path });
  if (depth === 0) {
    const [lng, lat] = value as unknown[];
    if (typeof lng !== "number" || typeof lat !== "number" || !Number.isFinite(lng) || !Number.isFinite(lat)) return wrong("position", { path });
    return Math.abs(lng) > 180 || Math.abs(lat) > 90 ? wrong("range", { path, lng, lat }) : null;
  }
  if (value.length === 0) return wrong("position", { path });
  for (const [i, one] of value.entries()) {
    const fault = faultIn(one, depth - 1, `${path}[${i}]`);
    if (fault) return fault;
  }
  return null;
}

/** Lines need two positions, rings four with the last as the first. */
function tooShort(value: unknown, { kind, depth }: { kind: Kind; depth: number }, path: string): TextFault | null {
  if (kind === "point" || !Array.isArray(value)) return null;
  if (depth > 1) {
    for (const [i, one] of value.entries()) {
      const fault = tooShort(one, { kind, depth: depth - 1 }, `${path}[${i}]`);
      if (fault) return fault;
    }
    return null;
  }
  if (kind === "line") return value.length < 2 ? wrong("short", { path }) : null;
  return value.length < 4 || String(value[0]) !== String(value.at(-1)) ? wrong("ring", { path }) : null;
}

/** Line on which the text stops being JSON: the longest start of it that a JSON text could have. */
function lineOfFault(text: string): number {
  let open = "", quoted = false, at = text.length;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (quoted) {
      if (sign === "\\") i += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "{" || sign === "[") open += sign;
    else if (sign === "}" || sign === "]") {
      if (open.at(-1) !== (sign === "}" ? "{" : "[")) { at = i; break; }
      open = open.slice(0, -1);
    } else if (sign === "," && /^\s*[,\]}]/.test(text.slice(i + 1))) { at = i; break; }
    else if (!/[\s:,\-+.\w]/.test(sign)) { at = i; break; }
  }
  return text.slice(0, at).split("\n").length;
}

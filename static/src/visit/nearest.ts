// How far a shape is from where somebody stands, and in which direction.
// It knows nothing about devices or pages.
// Idea: metres in a plane around the person; over the few hundred metres of a visit the error is below that of any GPS.
import type { Geometry } from "geojson";
import { footOnSegment, insideRings } from "../geometry/plane.ts";

const METRES = 111_320;

/** Metres and compass bearing (degrees clockwise from north) to the nearest part; 0 inside an area. */
export function nearest(shape: Geometry, here: readonly [number, number]): { metres: number; bearing: number } {
  const across = METRES * Math.cos((here[1] * Math.PI) / 180);
  let best = { x: 0, y: 0, distance: Infinity };
  for (const line of parts(shape)) {
    const flat = line.map(([lon, lat]) => ({ x: (lon! - here[0]) * across, y: (lat! - here[1]) * METRES }));
    for (let i = 0; i < flat.length; i++) {
      const foot = footOnSegment({ x: 0, y: 0 }, flat[Math.max(0, i - 1)]!, flat[i]!);
      if (foot.distance < best.distance) best = foot;
    }
  }
  if (areas(shape).some((rings) => insideRings(here[0], here[1], rings.map((ring) => ring.flatMap(([lon, lat]) => [lon!, lat!]))))) return { metres: 0, bearing: 0 };
  return { metres: best.distance, bearing: ((Math.atan2(best.x, best.y) * 180) / Math.PI + 360) % 360 };
}

/** Every run of positions of a shape, one for each ring, line or point. */
export function parts(shape: Geometry): number[][][] {
  switch (shape.type) {
    case "Point": return [[shape.coordinates]];
    case "MultiPoint": return shape.coordinates.map((point) => [point]);
    case "LineString": return [shape.coordinates];
    case "MultiLineString": case "Polygon": return shape.coordinates;
    case "MultiPolygon": return shape.coordinates.flat();
    case "GeometryCollection": return shape.geometries.flatMap(parts);
  }
}

function areas(shape: Geometry): number[][][][] {
  if (shape.type === "Polygon") return [shape.coordinates];
  return shape.type === "MultiPolygon" ? shape.coordinates : [];
}

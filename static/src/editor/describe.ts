// Lengths and areas of the shape in hand, in words and in the page's numbers.
// It knows nothing about tools or the pointer.
// Idea: the label says the last piece and the whole, and at once when a line crosses itself.
import type * as L from "leaflet";
import type { Position } from "../geometry/geodesy.ts";
import { selfCrossing } from "../geometry/plane.ts";
import { number, word } from "../page/words.ts";
import { measure, type Kind, type Shape } from "./shape.ts";

/** crossing: the corner at which the shape crosses itself. */
export interface Description { main: string; warning: string; crossing: Position | null }

function metres(value: number): string {
  return value >= 10000 ? `${number(value / 1000, 2)} km` : `${number(value, 1)} m`;
}

function squareMetres(value: number): string {
  return value >= 10000 ? `${number(value / 10000, 2)} ha` : `${number(value, value < 100 ? 1 : 0)} m²`;
}

/** Size and number of corners of a finished shape; a point says where it is. */
export function describeSize(shape: Shape): string {
  const { length_m, area_m2 } = measure(shape);
  const points = shape.parts.flat();
  if (shape.kind === "point") return points.map(([lng, lat]) => `${number(lat, 5)}; ${number(lng, 5)}`).join(" · ");
  return word("conflict.size", { size: shape.kind === "polygon" ? squareMetres(area_m2) : metres(length_m), n: points.length });
}

/** What was measured, as a whole. */
export function describeMeasure(shape: Shape): string {
  const { length_m, area_m2 } = measure(shape);
  return shape.kind === "polygon" ? `${squareMetres(area_m2)} · ${word("measure.around", { length: metres(length_m) })}` : metres(length_m);
}

export function describe(shape: Shape, map: L.Map): Description {
  const { length_m, area_m2, last_m } = measure(shape);
  const points = shape.parts.at(-1) ?? [];
  const crossed = points.length > 3 && points.length < 200
    ? selfCrossing(points.map((point) => map.project([point[1], point[0]])), shape.kind === "polygon")
    : null;
  const said = { warning: crossed ? word("draw.crossing", { n: crossed.before }) : "", crossing: crossed ? points[crossed.before - 1] ?? null : null };
  if (shape.kind === "point" || points.length < 2) return { main: "", ...said };
  if (shape.kind === "polygon" && points.length > 2) return { main: `${squareMetres(area_m2)} · ${metres(length_m)}`, ...said };
  const last = last_m < 0.05 ? "" : `${metres(last_m)} · `; // the cross-hair stays on the corner that was just set
  return { main: points.length > 2 ? `${last}${word("draw.total")} ${metres(length_m)}` : metres(length_m), ...said };
}

/** Zoom below which a finger's width on the screen is a street's length on the ground. */
const NEAR = 16;

describe.hint = (kind: Kind, corners: number, byHair: boolean, zoom: number): string => {
  if (byHair && zoom < NEAR) return word("draw.hint_nearer");
  if (byHair) return word(kind === "point" ? "draw.hint_put" : "draw.hint_hair");
  if (kind === "point") return word("draw.hint_point");
  return word(corners === 0 ? "draw.hint_start" : "draw.hint_more");
};

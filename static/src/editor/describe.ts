// Lengths and areas of the shape in hand, in words and in the page's numbers.
// It knows nothing about tools or the pointer.
// Idea: the label says the last piece and the whole, and at once when a line crosses itself.
import type * as L from "leaflet";
import { selfCrossing } from "../geometry/plane.ts";
import { number, word } from "../page/words.ts";
import { measure, type Kind, type Shape } from "./shape.ts";

export interface Description { main: string; warning: string }

function metres(value: number): string {
  return value >= 10000 ? `${number(value / 1000, 2)} km` : `${number(value, 1)} m`;
}

function squareMetres(value: number): string {
  return value >= 100000 ? `${number(value / 10000, 2)} ha` : `${number(value, value < 100 ? 1 : 0)} m²`;
}

export function describe(shape: Shape, map: L.Map): Description {
  const { length_m, area_m2, last_m } = measure(shape);
  const points = shape.parts.at(-1) ?? [];
  const crossed = points.length > 3 && points.length < 200
    ? selfCrossing(points.map((point) => map.project([point[1], point[0]])), shape.kind === "polygon")
    : null;
  const warning = crossed ? word("draw.crossing", { n: crossed.before }) : "";
  if (shape.kind === "point" || points.length < 2) return { main: "", warning };
  if (shape.kind === "polygon" && points.length > 2) return { main: `${squareMetres(area_m2)} · ${metres(length_m)}`, warning };
  return { main: points.length > 2 ? `${metres(last_m)} · ${word("draw.total")} ${metres(length_m)}` : metres(length_m), warning };
}

describe.hint = (kind: Kind, corners: number, byHair: boolean): string => {
  if (byHair) return word("draw.hint_hair");
  if (kind === "point") return word("draw.hint_point");
  return word(corners === 0 ? "draw.hint_start" : "draw.hint_more");
};

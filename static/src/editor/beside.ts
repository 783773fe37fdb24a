// Where a copy stands: a little beside what it was taken from, whatever the zoom.
import type * as L from "leaflet";
import { translate, type Shape } from "./shape.ts";

/** So far (px) to the right and down. */
const BESIDE = 24;

export function besideOf(shape: Shape, map: L.Map): Shape {
  const from = map.containerPointToLatLng([0, 0]), to = map.containerPointToLatLng([BESIDE, BESIDE]);
  return translate(shape, to.lng - from.lng, to.lat - from.lat);
}

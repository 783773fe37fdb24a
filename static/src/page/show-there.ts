// What a warning is about, marked on the map and brought into view.
// It knows nothing about warnings; the button that the server renders carries the shape.
import type { Geometry } from "geojson";
import { boundsOf, fromGeometry } from "../editor/shape.ts";
import type { MapPage } from "./map-page.ts";
import { markFound } from "./place-mark.ts";
import { isPhone } from "./sheet.ts";

export function showThere(page: MapPage, geometry: Geometry): void {
  markFound(page.view.map, geometry);
  if (isPhone()) page.sheet.set("half");
  const box = boundsOf(fromGeometry(geometry));
  if (box) page.flyTo(box);
}

// Coordinates of the pointer and the scale in the status line.
// It knows nothing about saving or snapping, which stand beside them.
// Idea: one notation at a time, changed by pressing it: degrees as on a GPS, UTM as on the town's sheets.
import * as L from "leaflet";
import { degreesMinutesSeconds, utm } from "../geometry/geodesy.ts";
import { metresPerPixel } from "../geometry/scale.ts";
import { decimalMark, language, number, word } from "./words.ts";

const KEY = "coordinates";
const PIXEL_M = 0.00028;

/** Two digits: 1 : 2.132 is said as 1 : 2.100. */
export function roundScale(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}

export function coordinateWords(lat: number, lng: number, notation: string): string {
  if (notation === "utm") {
    const { zone, south, easting, northing } = utm(lng, lat);
    return `UTM ${zone}${south ? "S" : "N"} ${number(easting)} E ${number(northing)} N`;
  }
  const north = language === "id" ? "U" : "N", south = "S", east = language === "id" ? "T" : "E", west = language === "id" ? "B" : "W";
  return `${degreesMinutesSeconds(lat, north, south, decimalMark)} ${degreesMinutesSeconds(lng, east, west, decimalMark)}`;
}

export function setUpStatus(map: L.Map): void {
  const coordinates = document.getElementById("coordinates"), scale = document.getElementById("scale");
  let notation = localStorage.getItem(KEY) ?? "degrees", at = map.getCenter();
  const show = () => {
    if (coordinates) coordinates.textContent = coordinateWords(at.lat, at.lng, notation);
  };
  const rescale = () => {
    if (scale) scale.textContent = word("status.scale", { scale: number(roundScale(metresPerPixel(map.getCenter().lat, map.getZoom()) / PIXEL_M)) });
  };
  map.on("mousemove", (event) => {
    at = event.latlng;
    show();
  });
  map.on("moveend", () => {
    if (!matchMedia("(hover: hover)").matches) at = map.getCenter();
    show();
    rescale();
  });
  coordinates?.addEventListener("click", () => {
    notation = notation === "utm" ? "degrees" : "utm";
    localStorage.setItem(KEY, notation);
    show();
  });
  show();
  rescale();
}

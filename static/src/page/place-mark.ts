// What was found stands out on the map: a pin at a place, the outline of an RW, the length of a street.
// It knows nothing about searching. It stays until something else is found or Escape is pressed; without it one flies
// somewhere and sees nothing.
import type { Geometry } from "geojson";
import * as L from "leaflet";
import { fromGeometry } from "../editor/shape.ts";

let shown: L.LayerGroup | null = null;

/** Mark a shape; null takes the mark away. */
export function markFound(map: L.Map, geometry: Geometry | null): void {
  shown?.remove();
  shown = null;
  if (!geometry) return;
  const { kind, parts } = fromGeometry(geometry);
  const lines = parts.map((part) => part.map(([lng, lat]) => [lat, lng] as [number, number]));
  const icon = L.divIcon({ className: "place-mark", iconSize: [28, 36], iconAnchor: [14, 36] });
  const layers = kind === "point"
    ? lines.flat().map((at) => L.marker(at, { icon, interactive: false, keyboard: false }))
    : ["found-casing", "found-line"].map((className) => {
      const look = { className, interactive: false, fill: false };
      return kind === "polygon" ? L.polygon(lines, look) : L.polyline(lines, look);
    });
  shown = L.layerGroup(layers).addTo(map);
  document.addEventListener("keydown", away);
}

function away(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  document.removeEventListener("keydown", away);
  shown?.remove();
}

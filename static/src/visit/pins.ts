// The places of a site visit on the map, numbered as in the list beside it, and the shape that a reviewer suggests.
// It knows nothing about what the notes say.
// Idea: the list carries the places; whatever list is shown, its pins are there and no others.
import * as L from "leaflet";
import type { Geometry } from "geojson";
import { parts } from "./nearest.ts";

const shown = new WeakMap<L.Map, L.LayerGroup>();

/** Put the pins of the page's list on the map and take the others away. */
export function showPins(map: L.Map): void {
  shown.get(map)?.remove();
  const group = L.layerGroup();
  for (const note of document.querySelectorAll<HTMLElement>("[data-pin]")) {
    const [lng, lat] = note.dataset["pin"]!.split(",").map(Number);
    const name = document.createElement("span");
    name.textContent = note.dataset["pinName"]!;
    const icon = L.divIcon({ className: `visit-pin-mark${note.matches(".is-answered") ? " is-answered" : ""}`, html: name, iconSize: [26, 26], iconAnchor: [13, 13] });
    L.marker([lat!, lng!], { icon, keyboard: false }).on("click", () => note.scrollIntoView({ block: "center" })).addTo(group);
  }
  for (const one of document.querySelectorAll<HTMLElement>("[data-suggested]")) {
    for (const line of parts(JSON.parse(one.dataset["suggested"]!) as Geometry)) L.polyline(line.map(([lng, lat]) => [lat!, lng!] as [number, number]), { className: "suggested-line", interactive: false }).addTo(group);
  }
  shown.set(map, group.addTo(map));
}

// The fixed cross-hair: where it stands on the map, and showing it.
// It knows nothing about what a press there means.
// Idea: on a phone the map moves under a fixed mark, so that the finger never hides the place (field apps do so).
import * as L from "leaflet";

export function crossHairPlace(map: L.Map): L.LatLng {
  const hair = document.getElementById("crosshair");
  const frame = map.getContainer().getBoundingClientRect();
  if (!hair || hair.hidden) return map.getCenter();
  const box = hair.getBoundingClientRect();
  return map.containerPointToLatLng([box.left + box.width / 2 - frame.left, box.top + box.height / 2 - frame.top]);
}

export function showCrossHair(visible: boolean): void {
  const hair = document.getElementById("crosshair");
  if (hair) hair.hidden = !visible;
}

export function prefersHair(): boolean {
  return matchMedia("(max-width: 700px), (pointer: coarse)").matches;
}

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

export const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Arrows move the map under the cross-hair by 8 px, with Shift by 80 (Leaflet's own 80 is too coarse for a corner). Returns what ends it. */
export function steerByArrows(map: L.Map): () => void {
  const container = map.getContainer();
  const steer = (event: KeyboardEvent) => {
    const way = ARROWS[event.key];
    if (!way || event.target !== container || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? 80 : 8;
    map.panBy([way[0] * step, way[1] * step], { animate: false });
  };
  container.addEventListener("keydown", steer);
  return () => container.removeEventListener("keydown", steer);
}

export function prefersHair(): boolean {
  return matchMedia("(max-width: 700px), (pointer: coarse)").matches;
}

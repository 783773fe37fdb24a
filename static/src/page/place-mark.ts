// The mark where typed coordinates lie: without it one flies somewhere and sees nothing.
// It knows nothing about searching. It stays until something else is found or Escape is pressed.
import * as L from "leaflet";

let mark: L.Marker | null = null;

/** bbox: the place as west, south, …; null takes the mark away. */
export function markPlace(map: L.Map, bbox: readonly number[] | null): void {
  mark?.remove();
  mark = null;
  if (!bbox) return;
  const icon = L.divIcon({ className: "place-mark", iconSize: [28, 36], iconAnchor: [14, 36] });
  mark = L.marker([bbox[1]!, bbox[0]!], { icon, interactive: false, keyboard: false }).addTo(map);
  document.addEventListener("keydown", function away(event) {
    if (event.key !== "Escape") return;
    document.removeEventListener("keydown", away);
    mark?.remove();
  });
}

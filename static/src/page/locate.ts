// The device's own position on the map, loaded when its button is first pressed.
// It knows nothing about what the map shows there.
// Idea: each way it can end is a sentence of its own; outside the area the map stays, since there is nothing to see there.
import * as L from "leaflet";
import { toast } from "./toast.ts";
import { number, word } from "./words.ts";

const REFUSED = 1;
let mark: L.CircleMarker | null = null;

export function locate(map: L.Map, area: L.LatLngBounds): void {
  if (!navigator.geolocation) return toast(word("locate.failed"), null, 6, "bad");
  toast(word("locate.searching"), null, 15);
  navigator.geolocation.getCurrentPosition(
    (found) => show(map, area, found.coords),
    (error) => toast(word(error.code === REFUSED ? "locate.refused" : "locate.failed"), null, 8, "bad"),
    { enableHighAccuracy: true, timeout: 15000 },
  );
}

function show(map: L.Map, area: L.LatLngBounds, { latitude, longitude, accuracy }: GeolocationCoordinates): void {
  const here = L.latLng(latitude, longitude);
  mark?.remove();
  mark = L.circleMarker(here, { radius: 7, className: "my-position" }).addTo(map);
  if (!area.pad(0.2).contains(here)) {
    const edge = L.latLng(clamp(latitude, area.getSouth(), area.getNorth()), clamp(longitude, area.getWest(), area.getEast()));
    return toast(word("locate.outside", { km: number(Math.max(1, here.distanceTo(edge) / 1000)) }), null, 8);
  }
  map.setView(here, Math.max(17, map.getZoom()));
  toast(word("locate.found", { metres: number(accuracy) }));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

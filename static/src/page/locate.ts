// The device's own position on the map, loaded when its button is first pressed.
// It knows nothing about what the map shows there.
// Idea: each way it can end is a sentence of its own; outside the area the map stays, since there is nothing to see there.
import * as L from "leaflet";
import { metresPerPixel } from "../geometry/scale.ts";
import { toast } from "./toast.ts";
import { number, word } from "./words.ts";

const REFUSED = 1;
let marked: { here: L.LatLng; accuracy: number } | null = null;
const marks = [L.circleMarker([0, 0], { className: "my-accuracy", interactive: false }), L.circleMarker([0, 0], { radius: 7, className: "my-position", interactive: false })];

/** What covers the map at its edges, px. */
export type Padding = () => { paddingTopLeft: [number, number]; paddingBottomRight: [number, number] };

/** Show where the device is, in the middle of what is free of the map. */
export async function locate(map: L.Map, area: L.LatLngBounds, padding: Padding): Promise<void> {
  const found = await position(map, area);
  if (!found) return;
  const zoom = Math.max(17, map.getZoom());
  const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = padding();
  map.setView(map.unproject(map.project([found.latitude, found.longitude], zoom).add([(right - left) / 2, (bottom - top) / 2]), zoom), zoom);
}

/** Where the device is, marked and said with how exact that is; null, and why, if it cannot be used here. */
export function position(map: L.Map, area: L.LatLngBounds): Promise<GeolocationCoordinates | null> {
  return new Promise((done) => {
    const fail = (words: string, tone: "plain" | "bad" = "bad"): void => {
      toast(words, null, 8, tone);
      done(null);
    };
    if (!navigator.geolocation) return fail(word("locate.failed"));
    toast(word("locate.searching"), null, 15);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const here = L.latLng(coords.latitude, coords.longitude);
      mark(map, here, coords.accuracy);
      const km = away(here, area);
      if (km !== null) return fail(word("locate.outside", { km: number(km) }), "plain");
      toast(word("locate.found", { metres: number(coords.accuracy) }));
      done(coords);
    }, (error) => fail(word(error.code === REFUSED ? "locate.refused" : "locate.failed")), { enableHighAccuracy: true, timeout: 15000 });
  });
}

/** A dot, and as wide as the position may be off. */
function mark(map: L.Map, here: L.LatLng, accuracy: number): void {
  if (!marked) map.on("zoomend", widen);
  marked = { here, accuracy };
  for (const one of marks) one.setLatLng(here).addTo(map);
  widen();

  function widen(): void {
    marks[0]!.setRadius(marked!.accuracy / metresPerPixel(marked!.here.lat, map.getZoom()));
  }
}

/** How far outside, km; null inside or close by. */
function away(here: L.LatLng, area: L.LatLngBounds): number | null {
  if (area.pad(0.2).contains(here)) return null;
  const edge = L.latLng(clamp(here.lat, area.getSouth(), area.getNorth()), clamp(here.lng, area.getWest(), area.getEast()));
  return Math.max(1, here.distanceTo(edge) / 1000);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

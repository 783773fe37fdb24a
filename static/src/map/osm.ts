// OpenStreetMap under our own layers, loaded when it is first switched on.
// It knows nothing about the switch; it says when the pictures cannot be had.
// Idea: the map must stay whole without internet, so three failures before the first picture end the attempt.
import * as L from "leaflet";

const ENOUGH = 3;

export function osmLayer(failed: () => void): L.TileLayer {
  let failures = 0, seen = false;
  return L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
    maxZoom: 20, maxNativeZoom: 19, className: "osm-tiles", zIndex: 0,
    attribution: '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
  })
    .on("add", () => (failures = 0))
    .on("tileload", () => (seen = true))
    .on("tileerror", () => {
      failures += 1;
      if (!seen && failures === ENOUGH) failed();
    });
}

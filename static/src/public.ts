// Entry of the public map.
import * as L from "leaflet";
import { MapView } from "./map/map-view.ts";
const [w, s, e, n] = (document.body.dataset["kelurahanBounds"] ?? "").split(",").map(Number);
const bounds = L.latLngBounds([s ?? -7, w ?? 107], [n ?? -6, e ?? 108]);
const view = new MapView({ container: document.getElementById("map")!, bounds, focus: null, credit: "" });
for (const name of ["slums", "proposals", "assets", "roads", "buildings", "water", "boundaries"] as const) view.setSwitch(name, true);
view.map.fitBounds(bounds);
view.start();

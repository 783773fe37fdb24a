// Entry of the public map: figures and proposals of what is in view, cards of proposals.
// It knows nothing about accounts, editing or households.
// Idea: the panel follows the map (as OpenStreetMap's "what's here"), until a card is opened.
import type { LatLng } from "leaflet";
import type { Hit } from "./map/query.ts";
import { MapPage } from "./page/map-page.ts";
import { keepWholeOnPaper } from "./page/paper.ts";

/** Whether somebody looks for what has a problem; the panel then lists assets. */
let reporting = false;

const page: MapPage = new MapPage({
  base: "/",
  focus: null,
  layers: "public",
  free: () => true,
  card: (id) => `panel/proposal/${encodeURIComponent(id)}`,
  home: () => `panel/${reporting ? "assets" : "summary"}?bbox=${bbox()}`,
});

function bbox(): string {
  const bounds = page.view.map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((value) => value.toFixed(6)).join(",");
}

page.body.addEventListener("map-empty-click", (event) => {
  const hit = (event as CustomEvent<Hit & { at: LatLng } | null>).detail;
  if (hit?.layer !== "assets") return;
  page.sheet.open();
  void page.load(`panel/asset/${encodeURIComponent(hit.id)}?at=${hit.at.lng.toFixed(6)},${hit.at.lat.toFixed(6)}`);
});

page.body.addEventListener("click", (event) => {
  const target = event.target as Element;
  if (target.closest("[data-panel='panel/summary']")) reporting = false;
  if (!target.closest("[data-report]")) return;
  event.preventDefault();
  reporting = true;
  void import("./community/reporting.ts").then(({ showAssets }) => showAssets(page));
}, true);

let talk: Promise<unknown> | null = null;
let pinned = false;
page.body.addEventListener("fragment", () => {
  if (page.body.querySelector("[data-pin]") || pinned) void import("./visit/pins.ts").then(({ showPins }) => showPins(page.view.map));
  pinned = page.body.querySelector("[data-pin]") !== null;
  if (page.body.querySelector("[data-talk]")) talk ??= import("./community/talk.ts").then((module) => module.lookAfterTalk(page.body, page.view.map));
});

keepWholeOnPaper(page.view.map.getContainer());

let timer = 0;
page.view.map.on("moveend", () => {
  clearTimeout(timer);
  timer = window.setTimeout(() => page.selected === "" && !page.body.querySelector("[data-pane=asset]") && void page.load(page.options.home(), true), 250);
});

const wanted = new URLSearchParams(location.hash.slice(1).replace(/^[^&]*&/, "")).get("p");
if (wanted) void page.open(wanted, false);
else void page.load(page.options.home());

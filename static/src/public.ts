// Entry of the public map: figures and proposals of what is in view, cards of proposals.
// It knows nothing about accounts, editing or households.
// Idea: the panel follows the map (as OpenStreetMap's "what's here"), until a card is opened.
import type { Hit } from "./map/query.ts";
import { MapPage } from "./page/map-page.ts";

const page: MapPage = new MapPage({
  base: "/",
  focus: null,
  layers: "public",
  free: () => true,
  card: (id) => `panel/proposal/${encodeURIComponent(id)}`,
  home: () => `panel/summary?bbox=${bbox()}`,
});

function bbox(): string {
  const bounds = page.view.map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((value) => value.toFixed(6)).join(",");
}

page.body.addEventListener("map-empty-click", (event) => {
  const hit = (event as CustomEvent<Hit | null>).detail;
  if (hit?.layer === "assets") void page.load(`panel/asset/${encodeURIComponent(hit.id)}`);
});

let talk: Promise<unknown> | null = null;
page.body.addEventListener("fragment", () => {
  if (page.body.querySelector("[data-talk]")) talk ??= import("./community/talk.ts").then((module) => module.lookAfterTalk(page.body, page.view.map));
});

let timer = 0;
page.view.map.on("moveend", () => {
  clearTimeout(timer);
  timer = window.setTimeout(() => page.selected === "" && !page.body.querySelector("[data-pane=asset]") && void page.load(page.options.home(), true), 250);
});

const wanted = new URLSearchParams(location.hash.slice(1).replace(/^[^&]*&/, "")).get("p");
if (wanted) void page.open(wanted, false);
else void page.load(page.options.home());

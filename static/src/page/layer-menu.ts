// The legend's second half: counts of what is in view, opacity, one layer alone, classes left out, and the look that a link brings.
// It knows nothing about drawing; the map view does what it is told.
// Idea: loaded when the legend is first used, since most people only look.
import type { MapPage } from "./map-page.ts";
import { isSwitch, layersOf, ZOOMS, type LayerName, type SwitchName } from "../map/layers.ts";
import { number, word } from "./words.ts";

export function setUpLayerMenu(page: MapPage): void {
  const legend = document.getElementById("legend")!;
  legend.addEventListener("input", (event) => {
    const range = event.target as HTMLInputElement, name = range.dataset["opacity"] ?? "";
    if (!isSwitch(name)) return;
    fade(page, name, range);
  });
  legend.addEventListener("click", (event) => {
    const target = event.target as Element;
    const only = target.closest<HTMLElement>("[data-only]")?.dataset["only"];
    if (only) return alone(legend, only);
    const key = target.closest<HTMLElement>("[data-filter]");
    if (key) toggle(page, key);
  });
  page.view.map.on("moveend narrowed", () => window.setTimeout(() => count(page, legend), 400));
  legend.addEventListener("change", () => window.setTimeout(() => count(page, legend), 400));
  count(page, legend);
}

/** The look of a sent link: what it does not name is as it is from the start. */
export function wear(page: MapPage, { layers = "", look = "", off = "" }: Readonly<Record<string, string>>): void {
  const shown = layers.split(".");
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-layer]")) if (box.checked !== shown.includes(box.dataset["layer"]!)) box.click();
  const faded = new Map(look.split(".").map((one) => one.split(":", 2) as [string, string])), left = off.split("~");
  for (const range of document.querySelectorAll<HTMLInputElement>("#legend input[data-opacity]")) {
    const name = range.dataset["opacity"]!, before = range.value;
    range.value = faded.get(name) ?? range.max;
    if (range.value !== before && isSwitch(name)) fade(page, name, range);
  }
  for (const key of document.querySelectorAll<HTMLElement>("#legend [data-filter]")) {
    const on = !left.includes(`${key.dataset["filter"]}.${key.dataset["value"]}`);
    if (on !== (key.getAttribute("aria-pressed") === "true")) toggle(page, key);
  }
}

function fade(page: MapPage, name: SwitchName, range: HTMLInputElement): void {
  page.view.setOpacity(name, Number(range.value) / 100);
  const told = range.parentElement?.querySelector("output");
  if (told) told.textContent = `${number(Number(range.value))} %`;
}

/** Only this one of the layers of data; the ground stays. */
function alone(legend: HTMLElement, name: string): void {
  for (const box of legend.querySelectorAll<HTMLInputElement>(":scope > .layer input[data-layer]")) {
    if (box.checked !== (box.dataset["layer"] === name)) box.click();
  }
}

function toggle(page: MapPage, key: HTMLElement): void {
  const [name = "", property = ""] = key.dataset["filter"]!.split(".");
  const on = key.getAttribute("aria-pressed") !== "true";
  key.setAttribute("aria-pressed", String(on));
  if (isSwitch(name)) page.view.setFilter(name, property, key.dataset["value"]!, on);
  count(page, document.getElementById("legend")!);
}

let counts = 0;

function count(page: MapPage, legend: HTMLElement): void {
  const turn = ++counts;
  for (const place of legend.querySelectorAll<HTMLElement>("[data-count]")) {
    const name = place.dataset["count"]! as SwitchName;
    const shown = legend.querySelector<HTMLInputElement>(`input[data-layer="${name}"]`)?.checked ?? false;
    if (!shown || !near(page, layersOf(name))) place.textContent = shown ? word("layer.nearer") : "";
    else void page.view.count(layersOf(name)[0]!).then((found) => {
      if (turn === counts) place.textContent = number(found);
    }, () => undefined); // that tiles fail is told elsewhere
  }
}

/** A map zoom stands one level above its tiles. */
function near(page: MapPage, layers: readonly LayerName[]): boolean {
  return layers.some((layer) => Math.round(page.view.map.getZoom()) - 1 >= ZOOMS[layer].min);
}

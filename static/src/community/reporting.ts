// Finding what has a problem: infrastructure is shown, near enough to be pressed, and listed from the middle of the map.
// It knows nothing about the report itself, which has a page of its own.
// Idea: whoever reports stands at the place and has it on the screen; the map says the rest.
import type { MapPage } from "../page/map-page.ts";

/** From this zoom on single assets can be told apart with a finger. */
const NEAR = 17;

export async function showAssets(page: MapPage): Promise<void> {
  page.sheet.open();
  const layer = document.querySelector<HTMLInputElement>("input[data-layer=assets]");
  if (layer && !layer.checked) layer.click();
  const { map } = page.view;
  if (map.getZoom() < NEAR) {
    map.once("moveend", () => void page.load(page.options.home()));
    map.setZoom(NEAR);
    return;
  }
  await page.load(page.options.home());
}

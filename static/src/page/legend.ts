// The legend's check boxes switch the map's layers; the choice is remembered on the device.
// It knows nothing about how layers are drawn.
// Idea: legend and layer switch are one thing, so that nothing drawn is unexplained.
import { isSwitch, type SwitchName } from "../map/layers.ts";
import { SMALL } from "./sheet.ts";
import { parseState } from "./url-state.ts";

const KEY = "layers";

export function setUpLegend(page: string, apply: (name: SwitchName, on: boolean) => void): void {
  const remembered = recall(page), sent = parseState(location.hash).values["layers"]?.split(".");
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-layer]")) {
    const name = box.dataset["layer"] ?? "";
    if (!isSwitch(name)) continue;
    const before = remembered[name];
    if (sent) box.checked = sent.includes(name); // a link that shows what its sender saw
    else if (name === "osm") box.checked = false; // it needs internet, so it is never on by itself
    else if (before !== undefined) box.checked = before;
    const layer: SwitchName = name;
    apply(layer, box.checked);
    box.addEventListener("change", () => {
      apply(layer, box.checked);
      remembered[layer] = box.checked;
      keep(page, remembered);
    });
  }
  const legend = document.getElementById("legend");
  const toggles = document.querySelectorAll<HTMLElement>("#legend-toggle, [data-tool=layers]");
  const show = (open: boolean) => {
    if (legend) legend.hidden = !open;
    toggles.forEach((toggle) => toggle.setAttribute("aria-expanded", String(open)));
  };
  // Where the map has half the screen only, the legend waits behind its button.
  const fits = () => !SMALL.matches && document.getElementById("map")!.offsetWidth > 760;
  show(fits());
  SMALL.addEventListener("change", () => show(fits()));
  toggles.forEach((toggle) => toggle.addEventListener("click", () => show(Boolean(legend?.hidden))));
  // Where it covers the map, a touch beside it puts it away.
  document.getElementById("map")?.addEventListener("pointerdown", () => SMALL.matches && show(false));
}

function recall(page: string): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem(`${KEY}.${page}`) ?? "{}") as Record<string, boolean>;
  } catch {
    return {};
  }
}

function keep(page: string, choice: Record<string, boolean>): void {
  try {
    localStorage.setItem(`${KEY}.${page}`, JSON.stringify(choice));
  } catch {
    // A full or forbidden store only means that the choice is not remembered.
  }
}

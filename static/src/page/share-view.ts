// A link that opens the same view: place, tab, object, filters, the layers that are on, how opaque they are, and classes left out.
// It knows nothing about what is on the map.
// Idea: the phone's own sheet where there is one, else the clipboard; the look of the map rides only on links that are meant to be sent.
import { toast } from "./toast.ts";
import { parseState, writeState } from "./url-state.ts";
import { word } from "./words.ts";

/** What layer-menu.ts puts on again: layers "slums.roads", look "slums:40.roads:70", off "proposals.pillar.social~slums.grade.light". */
function worn(): Record<"layers" | "look" | "off", string> {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("input[data-layer]:checked")];
  const faded = [...document.querySelectorAll<HTMLInputElement>("input[data-opacity]")].filter((range) => range.value !== range.max);
  const off = [...document.querySelectorAll<HTMLElement>("[data-filter][aria-pressed=false]")];
  return {
    layers: boxes.map((box) => box.dataset["layer"]).join("."),
    look: faded.map((range) => `${range.dataset["opacity"]}:${range.value}`).join("."),
    off: off.map((key) => `${key.dataset["filter"]}.${key.dataset["value"]}`).join("~"),
  };
}

export async function shareView(): Promise<void> {
  const url = new URL(location.href);
  const { zoom, lat, lng, values } = parseState(url.hash);
  url.hash = writeState(zoom ?? 0, lat, lng, { ...values, ...worn() });
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    await navigator.share({ title: document.title, url: url.href }).catch(() => undefined); // closed without a choice
    return;
  }
  try {
    await navigator.clipboard.writeText(url.href);
    toast(word("share.copied"));
  } catch {
    history.replaceState(null, "", url.href);
    toast(word("share.address"), null, 10);
  }
}

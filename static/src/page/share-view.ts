// A link that opens the same view: place, tab, object and the layers that are on.
// It knows nothing about what is on the map.
// Idea: the phone's own sheet where there is one, else the clipboard; the layers ride only on links that are meant to be sent.
import { parseState, writeState } from "./url-state.ts";
import { toast } from "./toast.ts";
import { word } from "./words.ts";

export async function shareView(): Promise<void> {
  const url = new URL(location.href);
  const { zoom, lat, lng, values } = parseState(url.hash);
  const layers = [...document.querySelectorAll<HTMLInputElement>("input[data-layer]:checked")].map((box) => box.dataset["layer"]).join(".");
  url.hash = writeState(zoom ?? 0, lat, lng, { ...values, layers });
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

// The one result of a search for coordinates: the place as it was understood, or what is wrong with it.
// It knows nothing about searching or flying there.
// Idea: what was understood is written out before Enter, so that a swapped or misread pair is seen.
import { looksLikePlace, readPlace } from "../geometry/coordinates.ts";
import { kelurahanMiddle } from "./kelurahan-middle.ts";
import { coordinateWords } from "./status.ts";
import { word } from "./words.ts";

/** A list of one result; null if the text is no attempt at coordinates. */
export function placeList(text: string): HTMLElement | null {
  if (!looksLikePlace(text)) return null;
  const read = readPlace(text, kelurahanMiddle());
  const list = document.createElement("ul"), option = document.createElement("li");
  Object.entries({ role: "listbox", "aria-label": word("search.place") }).forEach(([name, value]) => list.setAttribute(name, value));
  option.className = "result";
  option.setAttribute("role", "option");
  if ("fault" in read) {
    option.setAttribute("aria-disabled", "true");
    option.textContent = word(`place.${read.fault}`);
  } else {
    const [lng, lat] = read.place;
    option.tabIndex = -1;
    option.dataset["bbox"] = [lng, lat, lng, lat].join();
    option.dataset["shape"] = JSON.stringify({ type: "Point", coordinates: [lng, lat] });
    option.textContent = coordinateWords(lat, lng, "degrees");
    const note = document.createElement("small");
    note.textContent = word(read.swapped ? "search.swapped" : "search.place");
    option.append(note);
  }
  list.append(option);
  return list;
}

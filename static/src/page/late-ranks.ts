// Ranks of a long list, filled in where they stand once the server has them.
// It knows nothing about lists or tables beyond the places that wait: [data-late] inside a row with an id.
// Idea: the places have their final size from the start, so nothing moves when the figures come.
import { fetchFragment, FragmentFailed } from "./fragments.ts";
import { word } from "./words.ts";

/** By proposal and name of the figure: the number, the text of a cell, the text in a line. */
type Told = Readonly<Record<string, Readonly<Record<string, readonly [number, string, string]>>>>;

/** Fill in what waits inside a box; done: told afterwards. */
export async function fillRanks(box: HTMLElement, url: string, done: () => void = () => undefined): Promise<void> {
  let found: Told;
  try {
    found = JSON.parse(await fetchFragment(url)) as Told;
  } catch (error) {
    if (!(error instanceof FragmentFailed)) throw error;
    return failed(box, () => void fillRanks(box, url, done));
  }
  for (const place of box.querySelectorAll<HTMLElement>("[data-late]")) {
    const { proposal, id } = place.closest<HTMLElement>("[data-proposal], [data-id]")!.dataset;
    const told = found[proposal ?? id!]?.[place.dataset["late"]!];
    const cell = place instanceof HTMLTableCellElement;
    place.textContent = told ? told[cell ? 1 : 2] : cell ? "–" : "";
    if (cell && told) place.dataset["value"] = String(told[0]);
    place.removeAttribute("data-late");
  }
  const line = box.querySelector<HTMLElement>("[data-ranks-late]");
  if (line) line.textContent = "";
  done();
}

function failed(box: HTMLElement, again: () => void): void {
  const line = box.querySelector<HTMLElement>("[data-ranks-late]");
  if (!line) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = word("action.retry");
  button.addEventListener("click", () => {
    line.textContent = word("ranks.coming");
    again();
  });
  line.replaceChildren(`${word("ranks.failed")} `, button);
}

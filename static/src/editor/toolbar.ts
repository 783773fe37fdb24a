// Shows in the tool bar which tool is pressed, what can be undone and what cannot be used now.
// It knows nothing about what the tools do.
// Idea: undo is named in its tooltip, so that nobody presses it to find out.
import { word } from "../page/words.ts";

/** corner: whether one is chosen while corners are edited, null with any other tool. */
export interface Possible { undo: string | null; redo: string | null; hand: boolean; shape: boolean; corner: boolean | null }

export function showToolbar(tool: string, possible: Possible): void {
  const looping = document.body.matches(".is-looping"); // the loop that chooses several is no tool of the desk
  for (const button of document.querySelectorAll<HTMLButtonElement>("#toolbar [data-tool]")) {
    const name = button.dataset["tool"] ?? "";
    button.setAttribute("aria-pressed", String(looping ? name === "lasso" : name === tool));
    if (name === "undo") {
      nameButton(button, "undo.named", possible.undo);
      // While corners are edited the bar below has the same; while something is drawn it takes back the last point.
      document.querySelector<HTMLButtonElement>("#drawbar [data-draw=undo]")!.disabled = possible.corner !== null && button.disabled;
    }
    if (name === "redo") nameButton(button, "redo.named", possible.redo);
    if (name === "delete") nameBin(button, possible);
    if (name === "edit" || name === "move") button.disabled = !possible.shape;
  }
}

/** The bin says whether it takes a corner or the whole. */
function nameBin(button: HTMLButtonElement, { hand, corner }: Possible): void {
  button.dataset["title"] ??= button.title;
  button.disabled = !(corner ?? hand);
  button.title = corner === null ? button.dataset["title"] : word("edit.remove");
  button.setAttribute("aria-label", corner === null ? button.dataset["title"].replace(/ \(.*/, "") : button.title);
  document.querySelector<HTMLElement>("#drawbar [data-draw=remove]")!.hidden = !corner;
}

function nameButton(button: HTMLButtonElement, key: string, operation: string | null): void {
  button.dataset["title"] ??= button.title;
  button.disabled = operation === null;
  button.title = operation === null ? button.dataset["title"] : word(key, { name: operation });
}

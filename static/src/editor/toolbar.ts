// Shows in the tool bar which tool is pressed, what can be undone and what cannot be used now.
// It knows nothing about what the tools do.
// Idea: undo is named in its tooltip, so that nobody presses it to find out.
import { word } from "../page/words.ts";

export interface Possible { undo: string | null; redo: string | null; hand: boolean; shape: boolean }

export function showToolbar(tool: string, possible: Possible): void {
  const looping = document.body.matches(".is-looping"); // the loop that chooses several is no tool of the desk
  for (const button of document.querySelectorAll<HTMLButtonElement>("#toolbar [data-tool]")) {
    const name = button.dataset["tool"] ?? "";
    button.setAttribute("aria-pressed", String(looping ? name === "lasso" : name === tool));
    if (name === "undo") nameButton(button, "undo.named", possible.undo);
    if (name === "redo") nameButton(button, "redo.named", possible.redo);
    if (name === "delete") button.disabled = !possible.hand;
    if (name === "edit" || name === "move") button.disabled = !possible.shape;
  }
}

function nameButton(button: HTMLButtonElement, key: string, operation: string | null): void {
  button.dataset["title"] ??= button.title;
  button.disabled = operation === null;
  button.title = operation === null ? button.dataset["title"] : word(key, { name: operation });
}

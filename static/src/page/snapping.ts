// The button that switches snapping, and the menu beside it: which sorts of things snap. A phone has the menu in its drawing bar.
// It knows nothing about how anything snaps.
// Idea: the choice is the device's, remembered, and shared with the snapper.
import type { Editor } from "../editor/editor.ts";
import { snapChoice } from "../editor/snap-choice.ts";

/** editor: the drawing desk if it is there by now; Alt suspends snapping while it is held. */
export function setUpSnapping(editor: () => Editor | null): void {
  const button = document.getElementById("snapping"), boxes = document.querySelectorAll<HTMLInputElement>("[data-snap-on], [data-snaps-to]");
  const show = (): void => {
    button?.setAttribute("aria-pressed", String(snapChoice.on));
    for (const box of boxes) box.checked = "snapOn" in box.dataset ? snapChoice.on : snapChoice.has(box.dataset["snapsTo"]!);
  };
  show();
  button?.addEventListener("click", () => {
    snapChoice.toggle();
    show();
  });
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if ("snapOn" in box.dataset) snapChoice.toggle();
      else snapChoice.set(box.dataset["snapsTo"]!, box.checked);
      show();
    });
  }
  for (const type of ["keydown", "keyup"] as const) {
    window.addEventListener(type, (event) => {
      const desk = event.key === "Alt" ? editor() : null;
      if (desk) desk.tools.snapper.suspended = type === "keydown";
    });
  }
}

// The button that switches snapping, and the menu beside it: which sorts of things snap.
// It knows nothing about how anything snaps.
// Idea: the choice is the device's, remembered, and shared with the snapper.
import type { Editor } from "../editor/editor.ts";
import { snapChoice } from "../editor/snap-choice.ts";

/** editor: the drawing desk if it is there by now; Alt suspends snapping while it is held. */
export function setUpSnapping(editor: () => Editor | null): void {
  const button = document.getElementById("snapping");
  const show = () => button?.setAttribute("aria-pressed", String(snapChoice.on));
  show();
  button?.addEventListener("click", () => {
    snapChoice.toggle();
    show();
  });
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-snaps-to]")) {
    box.checked = snapChoice.has(box.dataset["snapsTo"]!);
    box.addEventListener("change", () => snapChoice.set(box.dataset["snapsTo"]!, box.checked));
  }
  for (const type of ["keydown", "keyup"] as const) {
    window.addEventListener(type, (event) => {
      const desk = event.key === "Alt" ? editor() : null;
      if (desk) desk.tools.snapper.suspended = type === "keydown";
    });
  }
}

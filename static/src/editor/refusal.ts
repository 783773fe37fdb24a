// What Save does while the server would refuse the shape: it says so and leads to the sentence that says why.
// It knows nothing about rules; the preview asks the server.
// Idea: one sentence in one place (beside the figures, or beside the shape while that is in hand), and Save points there.
import { showSaveState } from "../page/save-state.ts";
import type { Work } from "./work.ts";

/** refusal: why the shape would be refused; empty if it would not. */
export function setRefusal(work: Work, refusal: string): void {
  work.refusal = refusal;
  work.form?.querySelector("[data-action=save]")?.setAttribute("aria-disabled", String(refusal !== ""));
  work.form?.querySelectorAll<HTMLElement>("[data-save-refusal]").forEach((one) => (one.hidden = refusal === ""));
}

/** False if the sentence is not in the panel but on the map. */
export function leadToRefusal(said: HTMLElement | null): boolean {
  showSaveState("invalid");
  if (!said?.getClientRects().length) return false;
  said.scrollIntoView({ block: "center" });
  said.focus({ preventScroll: true });
  return true;
}

// The saved state in words in the status line.
// It knows nothing about saving; it is told.
// Idea: always one of six sentences, never a silent failure.
import { word } from "./words.ts";

export type SaveState = "saved" | "saving" | "dirty" | "offline" | "failed" | "invalid";

export function showSaveState(state: SaveState, count = 1): void {
  const place = document.getElementById("save-state");
  if (!place || (place.dataset["state"] === state && state !== "offline")) return;
  place.dataset["state"] = state;
  place.textContent = word(`save.${state}`, { n: count });
}

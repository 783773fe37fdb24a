// The saved state in words in the status line.
// It knows nothing about saving; it is told.
// Idea: always one of seven sentences, never a silent failure.
import { word } from "./words.ts";

export type SaveState = "saved" | "saving" | "dirty" | "kept" | "offline" | "failed" | "invalid";

let pause = 0;

export function showSaveState(state: SaveState, count = 1): void {
  const place = document.getElementById("save-state");
  if (!place || (place.dataset["state"] === state && state !== "offline")) return;
  place.dataset["state"] = state;
  place.textContent = word(`save.${state}`, { n: count });
}

/** The device has it and the server not yet: said once the person pauses, with how much waits while there is no network. */
export function showKept(count: number): void {
  showSaveState("dirty");
  clearTimeout(pause);
  pause = window.setTimeout(() => {
    if (document.getElementById("save-state")?.dataset["state"] === "dirty") showSaveState(navigator.onLine ? "kept" : "offline", count);
  }, 1000);
}

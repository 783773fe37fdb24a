// The saved state in words in the status line.
// It knows nothing about saving; it is told.
// Idea: always one of eight sentences, never a silent failure; nothing is said to be saved while anything waits on the device.
import { countUnsent } from "./unsent.ts";
import { word } from "./words.ts";

export type SaveState = "saved" | "saving" | "dirty" | "kept" | "offline" | "failed" | "invalid";

let pause = 0;

export function showSaveState(told: SaveState): void {
  const place = document.getElementById("save-state");
  if (!place) return;
  const count = countUnsent();
  const state = told !== "saved" || count === 0 ? told : navigator.onLine ? "waiting" : "offline";
  const words = word(`save.${state}`, { n: Math.max(1, count) });
  if (place.dataset["state"] === state && place.textContent === words) return;
  place.dataset["state"] = state;
  place.textContent = words;
}

/** The device has it and the server not yet: said once the person pauses, with how much waits while there is no network. */
export function showKept(): void {
  showSaveState("dirty");
  clearTimeout(pause);
  pause = window.setTimeout(() => {
    if (document.getElementById("save-state")?.dataset["state"] === "dirty") showSaveState(navigator.onLine ? "kept" : "offline");
  }, 1000);
}

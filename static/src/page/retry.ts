// When what could not be sent is tried again by itself: once the network is back, and after a while where the line or the server failed.
// It knows nothing about what waits; each that is asked looks for itself whether there is something to send.
// Idea: one rhythm for all that waits on this device: soon at first, since a line that is just back often drops the first request, then ever less often.

const PAUSES_S = [1, 2, 4, 8, 15] as const;
/** After so long without a failure the rhythm begins anew. */
const CALM_S = 60;

const runs = new Set<() => unknown>();
let failures = 0, last = -Infinity, timer = 0;

/** Done whenever there may be a network again. */
export function whenBack(run: () => unknown): void {
  runs.add(run);
}

/** Something could not be sent and waits. Where there is no network at all, its coming back is waited for. */
export function retryLater(): void {
  if (timer || !navigator.onLine) return;
  if (Date.now() - last > CALM_S * 1000) failures = 0;
  const pause = PAUSES_S[Math.min(failures++, PAUSES_S.length - 1)]! * 1000;
  last = Date.now() + pause;
  timer = window.setTimeout(runAll, pause);
}

function runAll(): void {
  window.clearTimeout(timer);
  timer = 0;
  for (const run of runs) run();
}

window.addEventListener("online", () => {
  failures = 0;
  runAll();
});

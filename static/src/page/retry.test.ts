// Tests of the rhythm in which what waits is tried again.
// They know nothing about what waits; a clock and a network of the test stand in for those of a browser.
// Idea: an attempt that fails asks for the next; the seconds at which attempts fall are the law.
import assert from "node:assert/strict";
import test, { mock } from "node:test";

mock.timers.enable({ apis: ["setTimeout", "Date"] });
const line = { onLine: true };
const page = Object.assign(new EventTarget(), { setTimeout: (run: () => void, ms: number) => setTimeout(run, ms), clearTimeout });
Object.defineProperty(globalThis, "window", { value: page });
Object.defineProperty(globalThis, "navigator", { value: line });
const { retryLater, whenBack } = await import("./retry.ts");

let fails = true, tries = 0;
whenBack(() => {
  tries++;
  if (fails) retryLater();
});

/** Seconds, from now, at which something is tried in the seconds to come. */
function triedIn(seconds: number): number[] {
  const found: number[] = [];
  for (let second = 1; second <= seconds; second++) {
    const before = tries;
    mock.timers.tick(1000);
    if (tries > before) found.push(second);
  }
  return found;
}

test("soon at first, then less and less often, and not at all once it went", () => {
  retryLater();
  retryLater(); // another thing failed meanwhile: one rhythm for all
  assert.deepEqual(triedIn(50), [1, 3, 7, 15, 30, 45]);
  fails = false;
  assert.deepEqual(triedIn(100), [10]);
});
test("after a calm while the rhythm begins anew", () => {
  fails = true;
  retryLater();
  assert.deepEqual(triedIn(4), [1, 3]);
});
test("without a network its coming back is waited for, and tried at once", () => {
  line.onLine = false;
  assert.deepEqual(triedIn(60), [3]); // was under way
  line.onLine = true;
  const before = tries;
  page.dispatchEvent(new Event("online"));
  assert.equal(tries, before + 1);
  assert.deepEqual(triedIn(4), [1, 3]);
});

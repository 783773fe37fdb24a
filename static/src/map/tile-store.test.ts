import assert from "node:assert/strict";
import { test } from "node:test";
import { TileStore } from "./tile-store.ts";

test("a tile that is asked for again while the first one gives up still comes", async () => {
  const answers: (() => void)[] = [];
  globalThis.fetch = (_url, options) => new Promise((resolve, reject) => {
    options?.signal?.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
    answers.push(() => resolve(new Response(new ArrayBuffer(0))));
  });
  const store = new TileStore("/tiles/", () => Promise.reject(new Error("nothing to decode"))), first = new AbortController(), tile = { z: 14, x: 1, y: 2 };
  const gone = store.load("roads", tile, first.signal).catch((error: Error) => error.name);
  first.abort();
  const again = store.load("roads", tile, new AbortController().signal);
  for (const answer of answers) answer();
  assert.equal(await gone, "AbortError");
  assert.equal(await again, null);
  assert.equal(answers.length, 2);
});

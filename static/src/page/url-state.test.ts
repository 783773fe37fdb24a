// Tests of the address state.
// They know nothing about the browser's history.
// Idea: what is written is read back, and strange addresses do no harm.
import assert from "node:assert/strict";
import test from "node:test";
import { parseState, writeState } from "./url-state.ts";

test("a written state is read back", () => {
  const state = parseState(writeState(15, -5.6, 107.7, { p: "a b&c", tab: "" }));
  assert.deepEqual(state, { zoom: 15, lat: -5.6, lng: 107.7, values: { p: "a b&c" } });
});

test("an address without a place keeps its values", () => {
  assert.deepEqual(parseState("#p=7").values, { p: "7" });
  assert.equal(parseState("#p=7").zoom, null);
  assert.equal(parseState("#nonsense").zoom, null);
});

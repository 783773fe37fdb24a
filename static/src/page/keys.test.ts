// Tests of the keys.
// They know nothing about what the commands do.
// Idea: a letter typed into a field is a letter.
import assert from "node:assert/strict";
import test from "node:test";
import { commandOf, type KeyPress } from "./keys.ts";

const press = (key: string, more: Partial<KeyPress> = {}) => commandOf({ key, ctrl: false, shift: false, alt: false, typing: false, onControl: false, ...more });

test("letters choose tools, but not while typing", () => {
  assert.deepEqual([press("l"), press("L"), press("l", { typing: true })], ["line", "line", null]);
  assert.equal(press("Escape", { typing: true }), null);
});
test("a figure while drawing is typed, also a minus before it; Alt and a figure opens a tab", () => {
  assert.deepEqual([press("7"), press("<"), press("-"), press("−"), press("7", { typing: true })], ["type", "type", "type", "type", null]);
});
test("undo, redo and save", () => {
  assert.deepEqual([press("z", { ctrl: true }), press("Z", { ctrl: true, shift: true }), press("s", { ctrl: true, typing: true }), press("z", { ctrl: true, typing: true })], ["undo", "redo", "save", null]);
});
test("Enter on a button presses the button", () => {
  assert.deepEqual([press("Enter", { onControl: true }), press("Enter")], [null, "finish"]);
  assert.equal(press("2", { alt: true }), "tab2");
});
test("letters, digits and signs can be switched off; what is no character stays", () => {
  const off = { lettersOff: true };
  assert.deepEqual([press("l", off), press("?", off), press("7", off), press("−", off)], [null, null, null, null]);
  assert.deepEqual([press("Enter", off), press("Escape", off), press("s", { ...off, ctrl: true }), press("2", { ...off, alt: true })], ["finish", "escape", "save", "tab2"]);
});

// Tests of the titles that copies and parts get.
// They know nothing about what is copied or split.
// Idea: a title stays readable however often its work is split.
import assert from "node:assert/strict";
import test from "node:test";
import { nextTitle } from "./next-title.ts";

test("a part or a copy is counted, and one of it is counted on", () => {
  assert.equal(nextTitle("Saluran Gang Melati"), "Saluran Gang Melati (2)");
  assert.equal(nextTitle("Saluran Gang Melati (2)"), "Saluran Gang Melati (3)");
});

test("other brackets are part of the title", () => {
  assert.equal(nextTitle("Lampu (RW 05)"), "Lampu (RW 05) (2)");
});

test("a title stays within what a title may have", () => {
  assert.ok(nextTitle("a".repeat(200)).length <= 200);
});

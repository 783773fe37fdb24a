import assert from "node:assert/strict";
import { test } from "node:test";
import { arrived, touchedOf, upon } from "./slum-changes.ts";

const FIRST = { volumes: { "1a": 3, "1b": null }, bases: { buildings: 40 }, source: "survei" };

test("only what was touched goes upon what is stored", () => {
  const now = { volumes: { "1a": 4, "1b": "" }, bases: { buildings: 40 }, source: "survei" };
  const stored = { volumes: { "1a": 3.004, "1b": null }, bases: { buildings: 40.25 }, source: "survei" };
  assert.deepEqual(touchedOf(FIRST, now), ["volumes.1a"]);
  assert.deepEqual(upon(stored, FIRST, now), { volumes: { "1a": 4, "1b": null }, bases: { buildings: 40.25 }, source: "survei" });
});

test("a form whose answer was lost is known by what it says", () => {
  const now = { volumes: { "1a": 4, "1b": null }, bases: { buildings: 40 } };
  assert.equal(arrived({ volumes: { "1a": 4, "1b": null }, bases: { buildings: 40.25 } }, FIRST, now), true);
  assert.equal(arrived({ volumes: { "1a": 5, "1b": null }, bases: { buildings: 40 } }, FIRST, now), false);
});

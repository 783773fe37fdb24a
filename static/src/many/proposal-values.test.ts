import assert from "node:assert/strict";
import test from "node:test";
import { back, forth, valueOf, type Stored } from "./proposal-values.ts";
import { sharedValue } from "./sort.ts";

const one: Stored = {
  id: "1", title: "A", work_type: "drain_new", kelurahan: "k", state: "draft", version: 1, volume: 10, volume_typed: false,
  cost: 500, cost_typed: true, is_paket: false, funding: { blm: 200 }, readiness: { land: "verbal", survey: true },
};
const two: Stored = { ...one, id: "2", is_paket: true, readiness: { land: "verbal" } };

test("what all share is told, what differs is null", () => {
  const shared = (name: string) => sharedValue([one, two].map((each) => valueOf(each, name)));
  assert.equal(shared("readiness.land"), "verbal");
  assert.equal(shared("is_paket"), null);
  assert.equal(shared("readiness.survey"), null);
  assert.equal(shared("cost"), "typed");
});

test("only what is wished is set, and the way back restores it", () => {
  const wish = new Map([["is_paket", "yes"], ["cost", "computed"], ["fund", "apbd"], ["readiness.drawing", "yes"]]);
  const deed = forth(one, wish);
  assert.deepEqual(deed.properties, { is_paket: true, cost: null, funding: { blm: 0, apbd: 500 }, readiness: { drawing: true } });
  assert.deepEqual(back(one, deed).properties, {
    is_paket: false, cost: 500, funding: { blm: 200, apbd: 0 }, readiness: { drawing: false, land: "verbal", survey: true },
  });
});

test("a computed volume goes back to being computed", () => {
  assert.deepEqual(back(one, { properties: { volume: 12, title: "B" } }).properties, { volume: null, title: "A" });
});

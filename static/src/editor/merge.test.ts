// Tests of merging what two people (or one in two windows) changed.
// They know nothing about proposals on a server.
// Idea: each test is a mistake that would lose somebody's work.
import assert from "node:assert/strict";
import test from "node:test";
import type { Geometry } from "geojson";
import { merge, mergeShape, sameDraft } from "./merge.ts";

const names = ({ taken, kept, clashes }: { taken: string[]; kept: string[]; clashes: string[] }) => ({ taken, kept, clashes });

test("fields changed by one side merge by themselves, fields changed by both are named", () => {
  const base = { title: "a", cost: 1, work_type: "x" }, mine = { title: "b", cost: 1, work_type: "x" };
  const one = merge(base, mine, { title: "a", cost: 2, work_type: "x" });
  assert.deepEqual(names(one), { taken: ["cost"], kept: ["title"], clashes: [] });
  assert.deepEqual(one.settle(() => "mine"), { title: "b", cost: 2, work_type: "x" });
  assert.deepEqual(merge(base, mine, { title: "c", cost: 1, work_type: "x" }).clashes, ["title"]);
});

test("money and papers merge fund by fund and paper by paper", () => {
  const base = { funding: { blm: 10, apbd: 5 }, readiness: { land: "none" } };
  const mine = { funding: { blm: 20, apbd: 5 }, readiness: { land: "signed", survey: true } };
  const theirs = { funding: { blm: 10, apbd: 7, csr: 1 }, readiness: { land: "verbal" } };
  const found = merge(base, mine, theirs);
  assert.deepEqual(names(found), { taken: ["funding.apbd", "funding.csr"], kept: ["funding.blm", "readiness.survey"], clashes: ["readiness.land"] });
  assert.deepEqual(found.settle(() => "theirs"), { funding: { blm: 20, apbd: 7, csr: 1 }, readiness: { land: "verbal", survey: true } });
  assert.deepEqual(found.settle(() => "mine").readiness, { land: "signed", survey: true });
});

test("each clash is decided by itself", () => {
  const base = { title: "a", description: "a" }, mine = { title: "b", description: "b" }, theirs = { title: "c", description: "c" };
  assert.deepEqual(merge(base, mine, theirs).settle((name) => (name === "title" ? "mine" : "theirs")), { title: "b", description: "c" });
});

test("what the other side took away stays away", () => {
  const found = merge({ cost: 5, funding: { blm: 1 } }, { cost: 5, funding: { blm: 1 } }, {});
  assert.deepEqual(found.settle(() => "mine"), {});
});

test("an empty answer is not a change", () => {
  const base = { readiness: { land: "none", survey: false } }, mine = { readiness: { land: "none", survey: false, rules: false }, title: "a" };
  assert.deepEqual(names(merge({ ...base, title: "b" }, mine, { title: "b" })), { taken: [], kept: ["title"], clashes: [] });
});

test("without a common origin whatever differs is asked", () => {
  assert.deepEqual(merge(null, { title: "a", cost: 1 }, { title: "b", cost: 1 }).clashes, ["title"]);
});

test("a shape moved by one side is that side's, moved by both is a clash", () => {
  const at = (x: number): Geometry => ({ type: "Point", coordinates: [x, 0] });
  assert.equal(mergeShape(at(0), at(1), at(0)), "mine");
  assert.equal(mergeShape(at(0), at(0), at(1)), "theirs");
  assert.equal(mergeShape(at(0), at(1), at(1)), "same");
  assert.equal(mergeShape(at(0), at(1), at(2)), "clash");
  assert.equal(mergeShape(null, at(1), at(2)), "clash");
  assert.ok(sameDraft({ geometry: at(1), fields: { title: "a", is_paket: false } }, { geometry: at(1), fields: { title: "a" } }));
  assert.ok(!sameDraft({ geometry: at(1), fields: {} }, { geometry: at(2), fields: {} }));
});

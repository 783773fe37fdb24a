// Tests of splitting and joining lines.
// They know nothing about the map or the server.
// Idea: nothing gets lost: lengths, volumes and rupiah of the parts add up to the whole, and joining undoes splitting.
import assert from "node:assert/strict";
import test from "node:test";
import type { Proposal } from "../api/proposals.ts";
import { length, type Position } from "../geometry/geodesy.ts";
import { cutLine, joinLines, joinedDraft, splitProposal, type Sides } from "./parts.ts";
import { shapeOf } from "./shape.ts";

const line: Position[] = [[107.7, -5.6], [107.701, -5.6], [107.701, -5.599]];
const cutAt = (at: Position): Sides => {
  const { first, second } = cutLine(line, at)!;
  return [shapeOf("line", first), shapeOf("line", second)];
};
const proposal = (coordinates: readonly Position[], more: object = {}): Proposal => ({
  type: "Feature", geometry: { type: "LineString", coordinates: coordinates.map((point) => [...point]) },
  properties: { id: "1", title: "T", work_type: "drain_new", kelurahan: "k", state: "draft", version: 1, ...more },
});

test("a line is cut at the foot of the click, and the parts are as long as the whole", () => {
  const cut = cutLine(line, [107.7003, -5.60005])!;
  assert.ok(Math.abs(cut.at[0] - 107.7003) < 1e-9 && Math.abs(cut.at[1] + 5.6) < 1e-9);
  assert.deepEqual([cut.first.length, cut.second.length], [2, 3]);
  assert.ok(Math.abs(length(cut.first) + length(cut.second) - length(line)) < 1e-3);
});

test("a cut on a corner makes no corner twice, a cut at an end none at all", () => {
  const cut = cutLine(line, line[1]!)!;
  assert.deepEqual([cut.first.length, cut.second.length], [2, 2]);
  assert.equal(cutLine(line, [107.69, -5.6]), null);
  assert.equal(cutLine(line, line[2]!), null);
});

test("lines are joined whichever ends touch, in the direction of the first", () => {
  const a: Position[] = [[0, 0], [1, 0]], b: Position[] = [[1, 0], [2, 0]];
  const whole = [[0, 0], [1, 0], [2, 0]];
  assert.deepEqual([joinLines(a, b), joinLines(a, b.toReversed()), joinLines(b, a)], [whole, whole, whole]);
  assert.deepEqual(joinLines(b, a.toReversed()), whole);
  assert.equal(joinLines(a, [[3, 0], [4, 0]]), null);
});

test("typed volume, cost and money are shared by length and add up; the longer part keeps the larger", () => {
  const made = proposal(line, { volume: 100, cost: 1_000_001, funding: { blm: 333_333 }, readiness: { land: "verbal" } });
  const { larger: longer, smaller: shorter } = splitProposal(made, cutAt([107.70025, -5.6]));
  assert.equal(longer.fields.volume! + shorter.fields.volume!, 100);
  assert.equal(longer.fields.cost! + shorter.fields.cost!, 1_000_001);
  assert.equal(longer.fields.funding!["blm"]! + shorter.fields.funding!["blm"]!, 333_333);
  assert.ok(Math.abs(shorter.fields.volume! - 12.5) < 0.1 && shorter.fields.funding!["blm"]! <= shorter.fields.cost!);
  assert.deepEqual(shorter.fields.readiness, { land: "verbal" });
});

test("what was computed stays computed", () => {
  const made = proposal(line, { volume: 222, volume_typed: false, cost: 9, cost_typed: false });
  const { larger: longer, smaller: shorter } = splitProposal(made, cutAt([107.70025, -5.6]));
  assert.deepEqual([longer.fields.volume, shorter.fields.cost], [undefined, undefined]);
  const joined = joinedDraft(made, made, line);
  assert.deepEqual([joined.fields.volume, joined.fields.cost], [undefined, undefined]);
});

test("joined proposals have the money of both", () => {
  const one = proposal(line, { cost: 10, funding: { blm: 4 } }), other = proposal(line, { cost: 7, cost_typed: false, funding: { blm: 1, pemda: 2 } });
  const joined = joinedDraft(one, other, line);
  assert.deepEqual([joined.fields.cost, joined.fields.funding], [17, { blm: 5, pemda: 2 }]);
});

test("an area is shared by square metres", () => {
  const made = proposal(line, { cost: 1000 });
  const side = (west: number, east: number) => shapeOf("polygon", [[west, 0], [east, 0], [east, 0.001], [west, 0.001]]);
  const { larger, smaller } = splitProposal(made, [side(0, 0.001), side(0.001, 0.004)]);
  assert.deepEqual([larger.fields.cost, smaller.fields.cost, larger.geometry.type], [750, 250, "Polygon"]);
});

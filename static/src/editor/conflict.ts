// Somebody else, or the same person in another window, changed the proposal meanwhile: merge what does not clash, ask about the rest.
// It knows nothing about sending; it answers with what to send and what to keep beside it.
// Idea: each clash is one question with both values and the original in words; there is no way out but an answer, so it ends saved.
import { fieldsOf } from "../api/fields.ts";
import { readProposal, type ApiProblem, type Draft, type Proposal } from "../api/proposals.ts";
import { word } from "../page/words.ts";
import { ask, type Answers, type Merged, type Option, type Question } from "./conflict-dialog.ts";
import { describeSize } from "./describe.ts";
import { nameOf, valueOf } from "./field-words.ts";
import { flat, merge, mergeShape, sameDraft, type Merge } from "./merge.ts";
import { nextTitle } from "./next-title.ts";
import { fromGeometry, type Shape } from "./shape.ts";
import { headingOf, versionOf } from "./who-changed.ts";
import type { Work } from "./work.ts";

/** send: the merged proposal, or null if theirs stands as it is. copy: mine as a new draft beside it. */
export interface Settled { theirs: Proposal; send: Draft | null; copy: Draft | null; told: string }

/** The map, while both shapes are looked at. */
export interface Stage { compare: (work: Work, mine: Shape, theirs: Shape | null) => void; compared: (work: Work) => void }

const SHAPE = "geometry", WHOLE = "whole";

export async function resolveConflict(problem: ApiProblem, work: Work, stage: Stage): Promise<Settled> {
  const theirs = await readProposal(work.id!);
  const mine = work.draft()!, other: Draft = { geometry: theirs.geometry, fields: fieldsOf(theirs.properties) };
  const version = versionOf(problem.changed);
  const fields = merge(work.base?.fields ?? null, mine.fields, other.fields);
  const shape = mergeShape(work.base?.geometry ?? null, mine.geometry, other.geometry);
  const locked = theirs.properties.editable === false;
  const answers: Answers = new Map();
  if (locked || fields.clashes.length > 0 || shape === "clash") {
    const questions = locked ? [whole(version)] : [
      ...(shape === "clash" ? [ofShape(work, mine, other, version)] : []),
      ...fields.clashes.map((name) => ofField(name, work, mine, other, version)),
    ];
    stage.compare(work, fromGeometry(mine.geometry), shape === "same" ? null : fromGeometry(other.geometry));
    try {
      for (const [name, answer] of await ask({
        title: headingOf(problem.changed, "conflict"), about: theirs.properties.title, locked, questions, version,
        merged: locked ? [] : merged(fields, shape, work, mine, other, version),
      })) answers.set(name, answer);
    } finally {
      stage.compared(work);
    }
  }
  const copy = [SHAPE, WHOLE].some((name) => answers.get(name) === "both") ? copyOf(mine) : null;
  const result: Draft = {
    geometry: shape === "mine" || answers.get(SHAPE) === "mine" ? mine.geometry : other.geometry,
    fields: fields.settle((name) => (answers.get(name) === "mine" ? "mine" : "theirs")),
  };
  const names = [...fields.taken, ...(shape === "theirs" ? [SHAPE] : [])].map((name) => nameOf(name, work.form));
  const told = names.length > 0 && answers.size === 0 ? word("conflict.merged", { version, fields: names.join(", ") }) : word("save.done");
  return { theirs, send: locked || sameDraft(result, other) ? null : result, copy, told };
}

// --- words -----------------------------------------------------------------------------------------------------------

function copyOf(mine: Draft): Draft {
  return { geometry: mine.geometry, fields: { ...mine.fields, title: nextTitle(mine.fields.title ?? "") } };
}

// --- questions -------------------------------------------------------------------------------------------------------

const both = (): Option => ({ value: "both", name: word("conflict.both"), says: word("conflict.both_hint") });

function whole(version: string): Question {
  return { name: WHOLE, title: word("edit.not_allowed"), base: null, options: [{ value: "theirs", name: version, says: word("conflict.whole") }, both()] };
}

function ofShape(work: Work, mine: Draft, other: Draft, version: string): Question {
  return {
    name: SHAPE, title: word("field.geometry"), base: work.base && describeSize(fromGeometry(work.base.geometry)),
    options: [
      { value: "mine", name: word("conflict.mine"), says: describeSize(fromGeometry(mine.geometry)), line: "mine" },
      { value: "theirs", name: version, says: describeSize(fromGeometry(other.geometry)), line: "theirs" },
      both(),
    ],
  };
}

function ofField(name: string, work: Work, mine: Draft, other: Draft, version: string): Question {
  const says = (draft: Draft) => valueOf(name, flat(draft.fields)[name], work.form);
  return {
    name, title: nameOf(name, work.form), base: work.base && says(work.base),
    options: [{ value: "mine", name: word("conflict.mine"), says: says(mine) }, { value: "theirs", name: version, says: says(other) }],
  };
}

function merged({ taken, kept }: Merge, shape: string, work: Work, mine: Draft, other: Draft, version: string): Merged[] {
  const line = (name: string, draft: Draft, whose: string) => ({
    title: nameOf(name, work.form), whose,
    says: name === SHAPE ? describeSize(fromGeometry(draft.geometry)) : valueOf(name, flat(draft.fields)[name], work.form),
  });
  return [
    ...[...taken, ...(shape === "theirs" ? [SHAPE] : [])].map((name) => line(name, other, version)),
    ...[...kept, ...(shape === "mine" ? [SHAPE] : [])].map((name) => line(name, mine, word("conflict.mine"))),
  ];
}

// Two people changed the same fact: what does not clash merges, each clash is one choice, the shapes lie on the map.
// It knows nothing about sending; it answers with what to send and what to keep beside it.
import { draftOf, type FactDraft, type FactFeature } from "../api/facts.ts";
import type { Changed } from "../api/proposals.ts";
import type { Question } from "../editor/conflict-dialog.ts";
import { describeSize } from "../editor/describe.ts";
import { chooseFields } from "../editor/field-choice.ts";
import { merge, mergeShape, unsaid } from "../editor/merge.ts";
import { nextTitle } from "../editor/next-title.ts";
import { fromGeometry, type Shape } from "../editor/shape.ts";
import { versionOf } from "../editor/who-changed.ts";
import { word } from "../page/words.ts";
import type { Fact } from "./fact.ts";
import { fieldName, fieldValue } from "./form-words.ts";

/** Both shapes on the map while they are chosen from; the answer takes them off again. */
export type Compare = (mine: Shape, theirs: Shape) => () => void;

const SHAPE = "geometry";

/** draft: what to save upon theirs, null if theirs stands as it is. copy: mine as an entry of its own. asked: how many choices the person made. */
export interface SettledFact { draft: FactDraft | null; copy: FactDraft | null; asked: number }

/** A second one can stand beside it: a family would be counted twice, a border overlap, and an RT has one profile. */
function mayDouble({ noun, base }: Fact): boolean {
  return noun === "assets" || (noun === "slum-areas" && base?.fields["level"] === "kawasan");
}

function copyOf({ geometry, fields }: FactDraft): FactDraft {
  const { name, code } = fields;
  return { geometry, fields: { ...fields, ...(typeof name === "string" ? { name: nextTitle(name) } : {}), ...(code ? { code: `${String(code)}-2` } : {}) } };
}

export async function settleFact(fact: Fact, found: FactFeature, changed: Changed | null, compare: Compare): Promise<SettledFact> {
  const { base } = fact, mine = fact.draft()!, theirs = draftOf(fact.noun, found);
  const nothing = (value: unknown) => unsaid(value) || value === false;
  const fields = merge(base?.fields ?? null, mine.fields, theirs.fields, nothing);
  const shape = fact.reshaped ? mergeShape(base?.geometry ?? null, mine.geometry, theirs.geometry) : "theirs";
  const size = (draft: FactDraft) => describeSize(fromGeometry(draft.geometry));
  const ofShape: Question = {
    name: SHAPE, title: word("field.geometry"), base: base && size(base),
    options: [
      { value: "mine", name: word("conflict.mine"), says: size(mine), line: "mine" },
      { value: "theirs", name: versionOf(changed), says: size(theirs), line: "theirs" },
      ...(mayDouble(fact) ? [{ value: "both" as const, name: word("conflict.both"), says: word("fact.both_hint") }] : []),
    ],
  };
  const sides = { base: base?.fields ?? {}, mine: mine.fields, theirs: theirs.fields };
  const leave = shape === "clash" ? compare(fromGeometry(mine.geometry), fromGeometry(theirs.geometry)) : () => undefined;
  try {
    const answers = await chooseFields(changed, fields, {
      about: fact.form.closest(".pane")?.querySelector("h2")?.textContent?.trim() ?? "",
      nameOf: (name) => fieldName(fact.form, name), says: (side, name) => fieldValue(fact.form, name, sides[side][name]),
    }, shape === "clash" ? [ofShape] : []);
    const draft = {
      geometry: shape === "mine" || answers.get(SHAPE) === "mine" ? mine.geometry : theirs.geometry,
      fields: fields.settle((name) => (answers.get(name) === "mine" ? "mine" : "theirs")),
    };
    const copy = answers.get(SHAPE) === "both" ? copyOf(mine) : null;
    return { draft: JSON.stringify(draft) === JSON.stringify(theirs) ? null : draft, copy, asked: answers.size };
  } finally {
    leave();
  }
}

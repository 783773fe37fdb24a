// Fields that two people changed at once, as questions of the conflict dialog: one choice each, what merged by itself beside them.
// It knows nothing about what the fields belong to or how they are saved.
import type { Changed } from "../api/proposals.ts";
import { word } from "../page/words.ts";
import { ask, type Answers, type Question } from "./conflict-dialog.ts";
import type { Merge, Side } from "./merge.ts";
import { headingOf, versionOf } from "./who-changed.ts";

/** Names and values as their form shows them; base: what both started from. */
export interface FieldWords { about: string; nameOf: (name: string) => string; says: (side: Side | "base", name: string) => string }

/** Whose value each clash takes; nobody is asked where nothing clashes. more: questions that are not about a field. */
export async function chooseFields(changed: Changed | null, found: Pick<Merge, "taken" | "kept" | "clashes">, words: FieldWords, more: readonly Question[] = []): Promise<Answers> {
  const version = versionOf(changed), mine = word("conflict.mine");
  const questions = [...more, ...found.clashes.map((name): Question => ({
    name, title: words.nameOf(name), base: words.says("base", name),
    options: [{ value: "mine", name: mine, says: words.says("mine", name) }, { value: "theirs", name: version, says: words.says("theirs", name) }],
  }))];
  if (questions.length === 0) return new Map();
  const line = (side: Side) => (name: string) => ({ title: words.nameOf(name), says: words.says(side, name), whose: side === "mine" ? mine : version });
  return ask({
    title: headingOf(changed, "fact"), about: words.about, locked: false, version, questions,
    merged: [...found.taken.map(line("theirs")), ...found.kept.map(line("mine"))],
  });
}

// Brings a slum form to the server: what was changed upon what is stored, clashes asked field by field, each save one step of undo.
// It knows nothing about points or the look of the form.
// Idea: what goes is what the person touched, put upon what is stored (slum-changes.ts).
import { ApiProblem } from "../api/proposals.ts";
import { deleteForm, putForm, readForm, type FormFields, type StoredForm } from "../api/slum-forms.ts";
import { stepOf } from "../editor/acts.ts";
import { chooseFields } from "../editor/field-choice.ts";
import type { Operation } from "../editor/history.ts";
import { flat, merge, unsaid, type Side } from "../editor/merge.ts";
import { word } from "../page/words.ts";
import { fieldName, fieldValue } from "./form-words.ts";
import { touchedOf, upon } from "./slum-changes.ts";
import { readSlumForm } from "./slum-fields.ts";

/** What somebody began to type upon: the version stored then, null for none, and what stood in the form. */
export interface Begun { version: number | null; first: FormFields }

export class SlumSaving {
  readonly begun: Begun;
  private stored: Promise<StoredForm | null>;
  private readonly area: string;
  private readonly year: string;

  /** before: where an earlier visit began. */
  constructor(private readonly form: HTMLFormElement, before: Begun | null, private readonly about: string, private readonly record: (operation: Operation) => void, private readonly show: () => void) {
    this.area = form.dataset["area"]!;
    this.year = form.dataset["year"]!;
    this.begun = before ?? { version: Number(form.dataset["version"]) || null, first: readSlumForm(form) };
    this.stored = Promise.resolve(null);
    if (this.begun.version) this.read();
  }

  /** Names of the fields that the person changed. */
  get touched(): string[] {
    return touchedOf(this.begun.first, readSlumForm(this.form));
  }

  /** Raises ApiProblem for what only the person can mend. */
  async save(): Promise<void> {
    const base = await this.base();
    const now = readSlumForm(this.form), mine = base ? upon(base.fields, this.begun.first, now) : now;
    try {
      this.done(base, await putForm(this.area, this.year, base?.version ?? null, mine), mine);
    } catch (error) {
      if (!(error instanceof ApiProblem) || (error.status !== 412 && error.status !== 428)) throw error;
      await this.settle(error, base, mine);
    }
  }

  private async base(): Promise<StoredForm | null> {
    const base = await this.stored.catch(() => null);
    if (base || !this.begun.version) return base;
    this.read();
    return this.stored;
  }

  private read(): void {
    const { version, first } = this.begun;
    // Where somebody has changed it since the form was made, what the form showed is the best that is known of that time.
    this.stored = readForm(this.area, this.year).then((found) => (found.version === version ? found : { version: version!, fields: first }));
    this.stored.catch(() => undefined); // asked again when it is needed
  }

  /** Somebody saved first: what does not clash merges; each clash is one question; it always ends saved. */
  private async settle(problem: ApiProblem, base: StoredForm | null, mine: FormFields): Promise<void> {
    const theirs = await readForm(this.area, this.year);
    const found = merge(base?.fields ?? null, mine, theirs.fields, unsaid);
    if (found.kept.length + found.clashes.length === 0) return; // mine is there already: only the answer was lost
    const sides = { base: base?.fields ?? {}, mine, theirs: theirs.fields };
    const answers = await chooseFields(problem.changed, found, {
      about: this.about, nameOf: (name) => fieldName(this.form, name),
      says: (side, name) => fieldValue(this.form, name, flat(sides[side])[name]),
    });
    const chosen = found.settle((name) => (answers.get(name) as Side | undefined) ?? "theirs");
    try {
      this.done(theirs, await putForm(this.area, this.year, theirs.version, chosen), chosen);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
      await this.settle(error, theirs, chosen);
    }
  }

  private done(before: StoredForm | null, saved: StoredForm, after: FormFields): void {
    let { version } = saved;
    const put = (fields: FormFields, at: number | null) => putForm(this.area, this.year, at, fields).then((found) => void (version = found.version));
    this.record(stepOf(word("op.slum_form", { year: this.year }), [{
      redo: () => put(after, before ? version : null),
      undo: () => (before ? put(before.fields, version) : deleteForm(this.area, this.year, version)),
    }], this.show));
  }
}

// The proposal in hand: what it is, its shape, what was read of it and whether something is unsaved.
// It knows nothing about the map, the form's look or the server.
// Idea: one object that tools, preview and saving share, instead of state spread over handlers.
import { fieldsOf } from "../api/fields.ts";
import type { Draft, Fields, Proposal } from "../api/proposals.ts";
import { newKey } from "../api/proposals.ts";
import { readForm } from "./form.ts";
import { fromGeometry, toGeometry, type Kind, type Shape } from "./shape.ts";

export class Work {
  shape: Shape | null = null;
  /** What is drawn of a shape that is not finished. */
  drawing: Shape | null = null;
  base: Draft | null = null;
  form: HTMLFormElement | null = null;
  /** What an earlier visit left of the form, until that stands in the panel again. */
  left: Fields = {};
  key = newKey();
  /** Counts changes; saved says up to which the server has them. */
  changes = 0;
  saved = 0;
  /** It was on its way to the server, which was not reached. */
  due = false;
  /** Why the server would not take the shape, as its preview says; empty if it would. */
  refusal = "";

  constructor(public id: string | null, public version: number, readonly workType: string, readonly kinds: readonly Kind[]) {}

  get dirty(): boolean {
    return this.changes > this.saved;
  }

  /** Nothing of it would be missed. */
  get blank(): boolean {
    return this.id === null && !this.shape && !this.drawing && !this.dirty;
  }

  touch(): void {
    this.changes += 1;
  }

  /** Nothing of this is sent any more: the person chose another version. */
  settle(): void {
    this.saved = Infinity;
  }

  /** Take what the server has. */
  read(proposal: Proposal, withShape = true): void {
    this.base = { geometry: proposal.geometry, fields: fieldsOf(proposal.properties) };
    this.version = proposal.properties.version;
    if (withShape) this.shape = fromGeometry(proposal.geometry);
  }

  fields(): Fields {
    const typed = this.form ? readForm(this.form) : this.left;
    const kept: Fields = { ...this.base?.fields };
    if (this.form) {
      delete kept.volume;
      delete kept.cost;
    }
    return { ...kept, ...typed, work_type: this.workType };
  }

  draft(): Draft | null {
    const geometry = this.shape ? toGeometry(this.shape) : this.base?.geometry;
    return geometry ? { geometry, fields: this.fields() } : null;
  }
}

export function kindsOf(text: string | undefined): Kind[] {
  const known: readonly Kind[] = ["point", "line", "polygon"];
  const named = (text ?? "").split(/\s+/).map((name) => (name === "area" ? "polygon" : name));
  const kinds = known.filter((kind) => named.includes(kind)).sort((a, b) => named.indexOf(a) - named.indexOf(b));
  return kinds.length > 0 ? kinds : [...known];
}

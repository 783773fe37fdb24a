// The fact in hand: which one, its shape, what was read of it, and whether something is unsaved.
// It knows nothing about the map or the server.
// Idea: the form's inputs are named as the API's properties, so one reader serves assets, households and borders.
import { draftOf, type FactDraft, type FactFeature, type FactFields, type Noun } from "../api/facts.ts";
import { newKey } from "../api/proposals.ts";
import { parseNumber } from "../editor/form.ts";
import { fromGeometry, toGeometry, type Kind, type Shape } from "../editor/shape.ts";
import { kindsOf } from "../editor/work.ts";

export class Fact {
  shape: Shape | null = null;
  /** What is drawn of a shape that is not finished. */
  drawing: Shape | null = null;
  /** As the server had it last, and what of that a person could have said. */
  stored: FactFeature | null = null;
  base: FactDraft | null = null;
  key = newKey();
  dirty = false;
  /** It was on its way to the server, which was not reached. */
  due = false;
  /** The shape is the person's own, not the stored one. */
  reshaped = false;
  /** What stood in the form before anybody typed: the rest is what the person said. */
  private readonly first: FactFields;
  readonly noun: Noun;
  readonly kind: string;
  readonly kinds: readonly Kind[];
  id: string | null;
  version: number;

  constructor(readonly form: HTMLFormElement) {
    const { factForm = "", kind = "", geometry, id, version } = form.dataset;
    this.noun = factForm as Noun;
    this.kind = kind;
    this.kinds = kindsOf(geometry);
    this.id = id ?? null;
    this.version = Number(version ?? 0);
    this.first = readFactForm(form);
  }

  /** Take what the server has as what this is made upon. */
  read(found: FactFeature): void {
    this.base = null;
    this.look(found);
  }

  /** See what the server has; a draft of an earlier visit keeps the version that it was made upon. */
  look(found: FactFeature): void {
    this.stored = found;
    this.shape ??= found.geometry ? fromGeometry(found.geometry) : null;
    if (this.base) return;
    this.base = draftOf(this.noun, found);
    this.version = found.properties.version;
  }

  /** Nothing of it would be missed. */
  get blank(): boolean {
    return !this.dirty && !this.drawing;
  }

  /** Names of the fields that the person changed. */
  get touched(): string[] {
    const now = readFactForm(this.form);
    return [...new Set([...Object.keys(now), ...Object.keys(this.first)])].filter((name) => now[name] !== this.first[name]);
  }

  /** What is stored, with what the person changed: a number that the form shows rounded stays as it is. */
  fields(): FactFields {
    const now = readFactForm(this.form);
    if (!this.base) return { ...(this.kind ? { kind: this.kind } : {}), ...now };
    const fields: Record<string, unknown> = { ...this.base.fields };
    for (const name of this.touched) {
      if (now[name] === undefined) delete fields[name];
      else fields[name] = now[name];
    }
    return fields;
  }

  draft(): FactDraft | null {
    const geometry = this.shape ? toGeometry(this.shape) : this.base?.geometry;
    return geometry ? { geometry, fields: this.fields() } : null;
  }
}

/** What the person said; an empty field says nothing. What is no number goes as it stands to the server, which refuses it at its field. */
export function readFactForm(form: HTMLFormElement): FactFields {
  const said: Record<string, unknown> = {};
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement) || !control.name) continue;
    if (control.type === "checkbox") said[control.name] = (control as HTMLInputElement).checked;
    else if (control.type === "radio" ? (control as HTMLInputElement).checked : control.value.trim()) said[control.name] = valueOf(control);
  }
  return said;
}

function valueOf(control: HTMLInputElement | HTMLSelectElement): string | number {
  const text = control.value.trim();
  if ("year" in control.dataset) return /^\d+$/.test(text) ? Number(text) : text;
  if (!("number" in control.dataset)) return text;
  return /^-?[\d.,\s]+$/.test(text) ? (parseNumber(text) ?? text) : text;
}

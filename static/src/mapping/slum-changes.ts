// What a person changed in a slum form, and that put upon what is stored.
// It knows nothing about the form in the panel or the server.
// Idea: a number that the form shows rounded stays as it is stored; only what was touched is sent anew.
import { flat, nested, unsaid } from "../editor/merge.ts";
import type { FormFields } from "../api/slum-forms.ts";

const same = (a: unknown, b: unknown): boolean => a === b || (unsaid(a) && unsaid(b));

/** Names of the fields that differ from what stood there first. */
export function touchedOf(first: FormFields, now: FormFields): string[] {
  const was = flat(first), is = flat(now);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !same(was[name], is[name]));
}

/** What is stored, with what was touched. */
export function upon(stored: FormFields, first: FormFields, now: FormFields): FormFields {
  const is = flat(now);
  return nested({ ...flat(stored), ...Object.fromEntries(touchedOf(first, now).map((name) => [name, is[name]])) });
}

/** Whether what was touched is stored already, say because only the answer to it was lost. */
export function arrived(stored: FormFields, first: FormFields, now: FormFields): boolean {
  const held = flat(stored), is = flat(now);
  return touchedOf(first, now).every((name) => same(held[name], is[name]));
}

// Three-way merge of a proposal changed on both sides since it was read.
// It knows nothing about the server or the screen.
// Idea: fields that only one side changed merge by themselves (umap's optimistic merge); each other one is for people.
import type { Geometry } from "geojson";
import type { Draft, Fields } from "../api/proposals.ts";

export type Side = "mine" | "theirs";
/** Values by the names that inputs have: title, funding.blm, readiness.land. */
export type Flat = Readonly<Record<string, unknown>>;

export interface Merge<T extends object = Fields> {
  /** Names that only the other side changed, and only mine, and both. */
  taken: string[];
  kept: string[];
  clashes: string[];
  /** Each clash decided: what the proposal says then. */
  settle: (choose: (name: string) => Side) => T;
}

export function flat(fields: object): Flat {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) =>
    (value !== null && typeof value === "object" ? Object.entries(value).map(([member, one]) => [`${name}.${member}`, one] as const) : [[name, value] as const])));
}

/** Back from flat names. */
export function nested<T>(values: Flat): T {
  const fields: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const [name, member] = path.split(".", 2);
    if (member === undefined) fields[name!] = value;
    else fields[name!] = { ...(fields[name!] as Flat | undefined), [member]: value };
  }
  return fields as T;
}

/** Not there, empty, "no", no money and no land paper are the same answer. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false || value === 0 || value === "none";
}

/** Nobody said anything: a volume of 0 and a "no" are answers. */
export const unsaid = (value: unknown): boolean => value === undefined || value === null || value === "";

const sameShape = (a: Geometry, b: Geometry): boolean => JSON.stringify(a) === JSON.stringify(b);

/** base: what both started from, or null where that is not known; then whatever differs is a clash. nothing: values that say nothing. */
export function merge<T extends object>(base: T | null, mine: T, theirs: T, nothing: (value: unknown) => boolean = isNothing): Merge<T> {
  const same = (a: unknown, b: unknown) => a === b || (nothing(a) && nothing(b));
  const [from, ours, others] = [base && flat(base), flat(mine), flat(theirs)];
  const taken: string[] = [], kept: string[] = [], clashes: string[] = [];
  for (const name of new Set([...Object.keys(others), ...Object.keys(ours)])) {
    if (same(ours[name], others[name])) continue;
    if (from && same(from[name], ours[name])) taken.push(name);
    else if (from && same(from[name], others[name])) kept.push(name);
    else clashes.push(name);
  }
  const settle = (choose: (name: string) => Side): T => {
    const values: Record<string, unknown> = { ...ours };
    for (const name of [...taken, ...clashes.filter((one) => choose(one) === "theirs")]) {
      if (others[name] === undefined) delete values[name];
      else values[name] = others[name];
    }
    return nested(values);
  };
  return { taken, kept, clashes, settle };
}

/** The same question for the shape: whose it is, or "clash". */
export function mergeShape(base: Geometry | null, mine: Geometry, theirs: Geometry): Side | "same" | "clash" {
  if (sameShape(mine, theirs)) return "same";
  if (base && sameShape(base, mine)) return "theirs";
  return base && sameShape(base, theirs) ? "mine" : "clash";
}

/** Whether two drafts say the same. */
export function sameDraft(a: Draft, b: Draft): boolean {
  const { taken, kept, clashes } = merge(null, a.fields, b.fields);
  return sameShape(a.geometry, b.geometry) && taken.length + kept.length + clashes.length === 0;
}

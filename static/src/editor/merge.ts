// Three-way merge of a proposal changed on both sides since it was read.
// It knows nothing about the server or the screen.
// Idea: fields that only one side changed merge by themselves (umap's optimistic merge); the rest is for people.
import type { Fields } from "../api/proposals.ts";

export interface Merge { merged: Fields; taken: string[]; clashes: string[] }

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Mine, with what only the others changed; clashes keep mine and are named. */
export function merge(base: Fields, mine: Fields, theirs: Fields): Merge {
  const merged: Record<string, unknown> = { ...mine };
  const taken: string[] = [], clashes: string[] = [];
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const key = name as keyof Fields;
    if (same(mine[key], theirs[key]) || same(base[key], theirs[key])) continue;
    if (same(base[key], mine[key])) {
      merged[name] = theirs[key];
      taken.push(name);
    } else clashes.push(name);
  }
  return { merged: merged as Fields, taken, clashes };
}

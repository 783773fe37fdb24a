// Three-way merge of a proposal changed on both sides since it was read.
// It knows nothing about the server or the screen.
// Idea: fields that only one side changed merge by themselves (umap's optimistic merge); the rest is for people.
import type { Fields } from "../api/proposals.ts";

export interface Merge { merged: Fields; taken: string[]; clashes: string[] }

/** What is not there, empty, zero or "no" is the same answer; members in any order. */
function plain(value: unknown): string {
  if (value === undefined || value === null || value === "" || value === false) return "";
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${member === "none" || member === 0 ? "" : plain(member)}`);
  return members.filter((member) => !member.endsWith("=")).sort().join("&");
}

const same = (a: unknown, b: unknown): boolean => plain(a) === plain(b);

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

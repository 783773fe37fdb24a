// What waits on this device of an account, by its names in the browser's store: drafts of proposals and facts, RT forms, answers of the survey,
// deletions and steps.
// It knows nothing about how any of them is sent.
// Idea: each editor keeps its own; whoever counts, lists or deletes them needs only the names.

export type Kind = "proposals" | "facts" | "households" | "forms" | "answers" | "steps";
export interface Unsent { kind: Kind; name: string; count: number; kept: Readonly<Record<string, unknown>> }

const KINDS = { draft: "proposals", fact: "facts", slum: "forms", survey: "answers", later: "steps" } as const;

/** All of one account, or only of one kelurahan; newest first where they say when. */
export function unsentOf(account: string, kelurahan = ""): Unsent[] {
  const found: Unsent[] = [];
  for (const name of Object.keys(localStorage)) {
    const [first = "", owner] = name.split(".", 2);
    if (owner !== account || !(first in KINDS) || !name.startsWith(`${first}.${account}.${kelurahan}`)) continue;
    const kept = read(name);
    if (!kept) continue;
    const kind = kept["noun"] === "households" ? "households" : KINDS[first as keyof typeof KINDS];
    found.push({ kind, name, count: Array.isArray(kept) ? kept.length : 1, kept });
  }
  return found.sort((a, b) => String(b.kept["at"] ?? "").localeCompare(String(a.kept["at"] ?? "")));
}

function read(name: string): Record<string, unknown> | null {
  try {
    return JSON.parse(localStorage.getItem(name)!) as Record<string, unknown>;
  } catch {
    return null; // a write that the battery cut short
  }
}

/** How much of this page's account and kelurahan waits. */
export function countUnsent(): number {
  const { account = "", kelurahan = "" } = document.body.dataset;
  return unsentOf(account, kelurahan).reduce((sum, { count }) => sum + count, 0);
}

// What a proposal has in each field of the dialog for many, what that would set on it, and the way back from it.
// It knows nothing about the form's look or about sending.
// Idea: a select that is left on its first option changes nothing, so only what was touched is written.
import type { Deed } from "../api/batch.ts";
import type { Proposal } from "../api/proposals.ts";
import type { Wish } from "./sort.ts";

export type Stored = Proposal["properties"] & { volume_typed?: boolean; cost_typed?: boolean };

const LEVELS: readonly string[] = ["land", "cofunding"];

/** The value of a select that stands for what a proposal has now. */
export function valueOf(stored: Stored, name: string): string {
  if (name === "volume" || name === "cost") return stored[`${name}_typed`] ? "typed" : "computed";
  if (name === "is_paket") return stored.is_paket ? "yes" : "no";
  if (name === "fund") return Object.keys(stored.funding ?? {}).join(" ");
  if (name === "work_type") return stored.work_type;
  const key = name.replace("readiness.", ""), value = stored.readiness?.[key];
  return LEVELS.includes(key) ? String(value ?? "none") : value === true ? "yes" : "no";
}

/** What a wish sets on one proposal; names of the selects: `is_paket`, `work_type`, `volume`, `cost`, `fund`, `readiness.NAME`. */
export function forth(stored: Stored, wish: Wish): Deed {
  const set: Record<string, unknown> = {}, readiness: Record<string, string | boolean> = {};
  for (const [name, value] of wish) {
    if (name === "volume" || name === "cost") set[name] = null;
    else if (name === "is_paket") set[name] = value === "yes";
    else if (name === "work_type") set[name] = value;
    else if (name === "fund") set["funding"] = { ...zeroed(stored.funding), [value]: stored.cost ?? 0 };
    else {
      const key = name.replace("readiness.", "");
      readiness[key] = LEVELS.includes(key) ? value : value === "yes";
    }
  }
  if (Object.keys(readiness).length > 0) set["readiness"] = readiness;
  return { properties: set };
}

/** What sets it back, for the fields that a deed names. */
export function back(stored: Stored, deed: Deed): Deed {
  const set: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(deed.properties ?? {})) {
    if (name === "volume" || name === "cost") set[name] = stored[`${name}_typed`] ? stored[name] : null;
    else if (name === "funding") set[name] = { ...zeroed(value as Record<string, number>), ...stored.funding };
    else if (name === "readiness") set[name] = { ...blanked(value as Record<string, string | boolean>), ...stored.readiness };
    else set[name] = stored[name as keyof Stored];
  }
  return { properties: set };
}

const zeroed = (funds: Readonly<Record<string, number>> = {}) => Object.fromEntries(Object.keys(funds).map((fund) => [fund, 0]));
const blanked = (papers: Readonly<Record<string, string | boolean>>) =>
  Object.fromEntries(Object.entries(papers).map(([key, value]) => [key, typeof value === "string" ? "none" : false]));

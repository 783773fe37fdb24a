// What an asset has in each field of the dialog for many, what that would set on it, and the way back from it.
// It knows nothing about the form's look or about sending.
import type { Deed } from "../api/batch.ts";
import type { Chosen, Wish } from "./sort.ts";

export type StoredAsset = Chosen & Readonly<Record<string, unknown>>;

const NUMBERS: readonly string[] = ["width_m", "built_year", "capacity"];

/** What a control would hold: a condition that nobody saw is "unknown". */
export function assetValue(asset: StoredAsset, name: string): string {
  return String(asset[name] ?? (name === "condition" ? "unknown" : ""));
}

/** A field as the API takes it; empty: not known. */
export function assetCell(name: string, value: string): Deed {
  const unknown = value === "" || (name === "condition" && value === "unknown");
  return { properties: { [name]: unknown ? null : NUMBERS.includes(name) ? Number(value) : value } };
}

export function setAsset(wish: Wish): Deed {
  return { properties: Object.assign({}, ...[...wish].map(([name, value]) => assetCell(name, value).properties)) as Record<string, unknown> };
}

/** What sets it back, for the fields that a deed names. */
export function resetAsset(asset: StoredAsset, deed: Deed): Deed {
  return { properties: Object.fromEntries(Object.keys(deed.properties ?? {}).map((name) => [name, asset[name] ?? null])) };
}

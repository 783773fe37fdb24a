// Many proposals or assets changed in one request: all of them, or none.
// It knows nothing about tables or what the changes are for.
// Idea: a change is whole in itself, so the way back is a batch, too.
import { ApiProblem, call, type Proposal } from "./proposals.ts";

export type Batched = "proposals" | "assets";
/** Changes of one request (planning/proposals/proposal_batch.py, asset_batch.py). */
export const MOST: Readonly<Record<Batched, number>> = { proposals: 500, assets: 2000 };
export interface Deed { action?: "set" | "delete" | "restore"; properties?: Readonly<Record<string, unknown>> }
export interface Change extends Deed { id: string; version: number }

/** Each as it is stored afterwards, null for a deleted one. */
export async function changeMany(sort: Batched, changes: readonly Change[]): Promise<readonly ({ properties: { version: number } } | null)[]> {
  const answer = await call(`/api/v1/${sort}/batch`, "POST", {}, { changes });
  return ((await answer.json()) as Record<Batched, ({ properties: { version: number } } | null)[]>)[sort];
}

/** What was refused, by the place of the change in the batch. */
export function verdicts(error: ApiProblem): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { pointer, message } of error.errors) {
    const at = /^\/changes\/(\d+)/.exec(pointer);
    if (at && !found.has(Number(at[1]))) found.set(Number(at[1]), message);
  }
  return found;
}

/** Every proposal of a kelurahan, in as many requests as it takes. */
export async function readAll(kelurahan: string): Promise<Proposal[]> {
  const found: Proposal[] = [];
  for (;;) {
    const answer = await call(`/api/v1/proposals?kelurahan=${encodeURIComponent(kelurahan)}&limit=1000&offset=${found.length}`, "GET");
    const { features, numberMatched } = (await answer.json()) as { features: Proposal[]; numberMatched: number };
    found.push(...features);
    if (features.length === 0 || found.length >= numberMatched) return found;
  }
}

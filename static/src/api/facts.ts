// Typed client of what self-mapping writes: assets, households, regions and slum forms, read and written by version.
// It knows nothing about forms, maps or what to do when something fails; `call` says what failed.
import type { Feature, Geometry } from "geojson";
import { call } from "./proposals.ts";

export type Noun = "assets" | "households" | "regions" | "slum-areas";
export type FactFields = Readonly<Record<string, unknown>>;
export interface FactProperties { id?: string; code?: string; kind?: string; name?: string | null; condition?: string | null; version: number }
export type FactFeature = Feature<Geometry, FactProperties & FactFields> & { id: string };
export interface FactDraft { geometry: Geometry; fields: FactFields }

const COMPUTED = new Set(["id", "kelurahan", "synthetic", "created_at", "updated_at", "version"]);
const SAID: Partial<Record<Noun, readonly string[]>> = {
  regions: ["name", "population", "households", "source", "surveyed_on"],
  "slum-areas": ["code", "name", "level", "source", "surveyed_on"],
};

/** Of what the server tells, what a person may set. */
export function factFields(noun: Noun, properties: FactFields): FactFields {
  const kept = (name: string) => SAID[noun]?.includes(name) ?? (!COMPUTED.has(name) && !(noun === "households" && name === "source"));
  return Object.fromEntries(Object.entries(properties).filter(([name, value]) => kept(name) && value !== null));
}

/** What a stored fact says, as a person could send it. */
export function draftOf(noun: Noun, { geometry, properties }: FactFeature): FactDraft {
  return { geometry, fields: factFields(noun, properties) };
}

const address = (noun: Noun, id = "") => `/api/v1/${noun}${id && `/${encodeURIComponent(id)}`}`;
const matching = (version: number) => ({ "If-Match": `"${version}"` });
const feature = (draft: FactDraft) => ({ type: "Feature", geometry: draft.geometry, properties: draft.fields });

export async function readFact(noun: Noun, id: string): Promise<FactFeature> {
  return (await call(address(noun, id), "GET")).json() as Promise<FactFeature>;
}

export async function createFact(noun: Noun, draft: FactDraft, key: string): Promise<FactFeature> {
  return (await call(address(noun), "POST", { "Idempotency-Key": key }, feature(draft))).json() as Promise<FactFeature>;
}

export async function replaceFact(noun: Noun, id: string, version: number, draft: FactDraft): Promise<FactFeature> {
  return (await call(address(noun, id), "PUT", matching(version), feature(draft))).json() as Promise<FactFeature>;
}

/** why: own words for the history, where the sort of fact keeps them. */
export async function deleteFact(noun: Noun, id: string, version: number, why = ""): Promise<void> {
  await call(address(noun, id) + (why && `?${new URLSearchParams({ reason: why })}`), "DELETE", matching(version));
}

export async function restoreFact(noun: Noun, id: string): Promise<FactFeature> {
  return (await call(`${address(noun, id)}/restore`, "POST")).json() as Promise<FactFeature>;
}

/** How many forms a slum area has. */
export async function countForms(area: string): Promise<number> {
  const found = (await (await call(`${address("slum-areas", area)}/assessments`, "GET")).json()) as { assessments: unknown[] };
  return found.assessments.length;
}

/** All assets of a kelurahan, or those of one kind. */
export async function listAssets(kelurahan: string, kind = ""): Promise<FactFeature[]> {
  const found: FactFeature[] = [];
  for (let offset = 0, total = 1; offset < total; offset = found.length) {
    const query = new URLSearchParams({ kelurahan, ...(kind ? { kind } : {}), limit: "500", offset: String(offset) });
    const page = (await (await call(`${address("assets")}?${query}`, "GET")).json()) as { numberMatched: number; features: FactFeature[] };
    total = page.features.length > 0 ? page.numberMatched : 0;
    found.push(...page.features);
  }
  return found;
}

// Typed client of the forms of a slum area by year, read and written by version.
// It knows nothing about points or grades, which only come out of the server.
import { call } from "./proposals.ts";

/** What a person may say: volumes, bases by quantity, considerations, legality, reasons of doubts, source and day. */
export type FormFields = Readonly<Record<string, unknown>>;
interface Doubt { criterion: string; reason?: string }
export interface StoredForm { fields: FormFields; version: number }

const address = (area: string, year: string) => `/api/v1/slum-areas/${encodeURIComponent(area)}/assessments/${year}`;

async function read(answer: Response): Promise<StoredForm> {
  const { volumes, quantities, considerations, legality, doubts, source, surveyed_on, version } = (await answer.json()) as Record<string, unknown> & { doubts: Doubt[]; version: number };
  const reasons = Object.fromEntries(doubts.flatMap(({ criterion, reason }) => (reason ? [[criterion, reason]] : [])));
  return { version, fields: { volumes, bases: quantities, considerations, legality, doubt_reasons: reasons, source, ...(surveyed_on ? { surveyed_on } : {}) } };
}

export async function readForm(area: string, year: string): Promise<StoredForm> {
  return read(await call(address(area, year), "GET"));
}

/** version: null for the first form of that year. */
export async function putForm(area: string, year: string, version: number | null, fields: FormFields): Promise<StoredForm> {
  return read(await call(address(area, year), "PUT", version === null ? {} : { "If-Match": `"${version}"` }, fields));
}

export async function deleteForm(area: string, year: string, version: number): Promise<void> {
  await call(address(area, year), "DELETE", { "If-Match": `"${version}"` });
}

// Typed client of the proposals' API: create, read, replace, delete, move on.
// It knows nothing about forms, maps or what to do when something fails; it says what failed.
// Idea: RFC 9110 preconditions and an idempotency key, so that a retry or a race never loses or doubles work.
import type { Feature, Geometry } from "geojson";
import { word } from "../page/words.ts";

/** What a person may set. */
export interface Fields {
  title?: string;
  description?: string;
  work_type?: string;
  volume?: number | null;
  cost?: number | null;
  cost_reason?: string;
  is_paket?: boolean;
  funding?: Readonly<Record<string, number>>;
  readiness?: Readonly<Record<string, string | boolean | number>>;
}
export interface Properties extends Fields {
  id: string;
  title: string;
  work_type: string;
  kelurahan: string;
  state: string;
  version: number;
  editable?: boolean;
  geometry_kind?: string;
}
export type Proposal = Feature<Geometry, Properties>;
export interface Draft { geometry: Geometry; fields: Fields }
export interface FieldError { pointer: string; message: string }
/** Who saved first; own: the same account, in another window. */
export interface Changed { by: string; at: string; own: boolean }

/** status 0: the server was not reached. */
export class ApiProblem extends Error {
  constructor(readonly status: number, detail: string, readonly errors: readonly FieldError[] = [], readonly changed: Changed | null = null) {
    super(detail);
  }

  /** Worth another try later without any change. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** For whoever saved: what is wrong, and that the work is on the device; said once. */
  get kept(): string {
    return this.status === 0 ? this.message : word("error.kept", { detail: this.message });
  }
}

/** What the device has instead of what a server would have said that was not reached; anything else stays what failed. */
export function unreached<Thing>(error: unknown, kept: Thing | undefined): Thing {
  if (error instanceof ApiProblem && error.status === 0 && kept) return kept;
  throw error;
}

const BASE = "/api/v1/proposals";

async function problemOf(answer: Response): Promise<ApiProblem> {
  const type = answer.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) return new ApiProblem(answer.status, word("error.server", { status: answer.status }));
  const body = (await answer.json()) as { detail?: string; title?: string; errors?: FieldError[]; changed?: Changed };
  return new ApiProblem(answer.status, body.detail ?? body.title ?? word("error.server", { status: answer.status }), body.errors ?? [], body.changed ?? null);
}

/** A line so silent for so long is none: what was asked counts as not reached, and waits. */
const SILENT_MS = 60_000;

export async function call(url: string, method: string, headers: Record<string, string> = {}, body?: unknown): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method,
      headers: {
        Accept: "application/geo+json, application/json, application/problem+json",
        ...(method === "GET" ? {} : { "X-CSRF-Token": document.body.dataset["csrf"] ?? "" }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      cache: "no-store",
      signal: AbortSignal.timeout(SILENT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiProblem(0, word("error.offline"));
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

function documentOf(draft: Draft): unknown {
  return { type: "Feature", geometry: draft.geometry, properties: draft.fields };
}

const etag = (version: number) => ({ "If-Match": `"${version}"` });

export async function readProposal(id: string): Promise<Proposal> {
  return (await call(`${BASE}/${id}`, "GET")).json() as Promise<Proposal>;
}

export async function createProposal(draft: Draft, key: string): Promise<Proposal> {
  return (await call(BASE, "POST", { "Idempotency-Key": key }, documentOf(draft))).json() as Promise<Proposal>;
}

export async function replaceProposal(id: string, version: number, draft: Draft): Promise<Proposal> {
  return (await call(`${BASE}/${id}`, "PUT", etag(version), documentOf(draft))).json() as Promise<Proposal>;
}

export async function deleteProposal(id: string, version: number): Promise<void> {
  await call(`${BASE}/${id}`, "DELETE", etag(version));
}

export async function restoreProposal(id: string): Promise<Proposal> {
  return (await call(`${BASE}/${id}/restore`, "POST", {}, {})).json() as Promise<Proposal>;
}

/** key: of the first attempt, so that one that arrived is not made twice. */
export async function moveOn(id: string, version: number, action: string, note: string, key = newKey()): Promise<void> {
  await call(`${BASE}/${id}/transitions`, "POST", { ...etag(version), "Idempotency-Key": key }, { action, ...(note ? { note } : {}) });
}

export async function readSession(): Promise<{ csrf_token?: string; user?: { id?: string; name?: string } | null }> {
  return (await call("/api/v1/session", "GET")).json() as Promise<{ csrf_token?: string; user?: { id?: string; name?: string } | null }>;
}

export function newKey(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  return [...(crypto as Crypto).getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

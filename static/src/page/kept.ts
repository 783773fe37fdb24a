// What is saved in this kelurahan and may be changed, as this device loaded it last: the proposals, and the assets where somebody maps.
// It knows nothing about forms; families are never asked for here.
// Idea: read again after anybody saved, so that a change made without a network starts from what stood there when it went.
import type { FactFeature } from "../api/facts.ts";
import type { Proposal } from "../api/proposals.ts";
import { fetchAndKeep } from "./offline.ts";

/** As many as the lists of self-mapping show. */
const MOST = 2000, PAGE = 1000;
const AGAIN_MS = 60_000;

export interface Kept<Thing> { things: ReadonlyMap<string, Thing>; at: string }
const NONE = { things: new Map<string, never>(), at: "" };
let proposals: Promise<Kept<Proposal>> = Promise.resolve(NONE), assets: Promise<Kept<FactFeature>> = Promise.resolve(NONE);

export const keptProposals = (): Promise<Kept<Proposal>> => proposals;
export const keptAssets = (): Promise<Kept<FactFeature>> => assets;

/** Now, and a while after each change that the page hears of. */
export async function keepSaved(account: string): Promise<void> {
  let timer = 0;
  document.addEventListener("others-saved", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void load(account), AGAIN_MS);
  });
  await load(account);
}

async function load(account: string): Promise<void> {
  const { kelurahan = "" } = document.body.dataset;
  proposals = all<Proposal>(account, `/api/v1/proposals?kelurahan=${kelurahan}&state=draft,returned`, proposals);
  if (document.body.matches(".may-map")) assets = all<FactFeature>(account, `/api/v1/assets?kelurahan=${kelurahan}`, assets);
  await Promise.all([proposals, assets]);
}

/** Where not even the device has anything, what was there before stays. */
async function all<Thing extends { id?: string | number | undefined }>(account: string, url: string, before: Promise<Kept<Thing>>): Promise<Kept<Thing>> {
  const things = new Map<string, Thing>();
  let at = "";
  for (let offset = 0, total = 1; offset < Math.min(total, MOST); offset += PAGE) {
    const answer = await fetchAndKeep(account, `${url}&limit=${PAGE}&offset=${offset}`).catch(() => null);
    if (!answer?.ok) return before;
    at = answer.headers.get("Date") ?? "";
    const page = (await answer.json()) as { numberMatched: number; features: (Thing & { properties: { editable?: boolean } })[] };
    total = page.numberMatched;
    for (const one of page.features) if (one.properties.editable !== false) things.set(String(one.id), one);
  }
  return { things, at };
}

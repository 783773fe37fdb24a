// What a reload without a network needs is kept on the device: the page without its lists, the forms, and what is saved and may be changed.
// It knows nothing about drafts, which wait in local storage, nor how the worker (offline.ts) answers.
// Idea: one cache for the one account that is signed in; nothing in it tells of families, or of people but that account's name.
// Browsers have workers on https and on localhost only; elsewhere a page reloaded offline does not open, as before.
const NAME = "workspace";

/** Only who is signed in now has anything kept here. */
export async function forgetOthers(account: string): Promise<void> {
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith(`${NAME} `) && name !== `${NAME} ${account}`) await caches.delete(name);
}

export async function prepareOffline(base: string, account: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/static/offline.js", { scope: "/plan/" });
  const path = base.replace(/\/$/, ""), answer = await fetch(path, { headers: { "X-Shell": "1" } });
  if (answer.ok && !answer.redirected) await keep(account, path, answer);
}

/** A piece of the page under its address. */
export async function keepPiece(account: string, url: string, html: string): Promise<void> {
  if ("serviceWorker" in navigator) await keep(account, url, new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
}

/** The texts of pieces kept under addresses that fit. */
export async function keptPieces(account: string, fits: RegExp): Promise<string[]> {
  if (!globalThis.caches) return [];
  const cache = await caches.open(`${NAME} ${account}`), found = (await cache.keys()).filter(({ url }) => fits.test(url));
  return Promise.all(found.map(async (one) => (await cache.match(one))?.text() ?? ""));
}

/** An answer that the device then has, too, for when the server is not reached (offline.ts gives it back). */
export async function fetchAndKeep(account: string, url: string): Promise<Response> {
  const answer = await fetch(url, { cache: "no-store", headers: { Accept: "application/geo+json" } });
  if (answer.ok && "serviceWorker" in navigator) await keep(account, url, answer.clone());
  return answer;
}

async function keep(account: string, path: string, answer: Response): Promise<void> {
  await (await caches.open(`${NAME} ${account}`)).put(path, answer);
}

// The worker behind the workspace: without a network it opens the page as it was kept, and gives the files of this build.
// It knows nothing about accounts: what may be kept, and for whom, is the page's business (page/offline.ts).
// Idea: the network comes first for all that can change; only files whose name carries their content come from here at once.
export {};

/** Put in by static/build.mjs: the addresses of the workspace's files, and a name for just these. */
declare const FILES: readonly string[];
declare const BUILD: string;

interface Lasting extends Event { waitUntil: (done: Promise<unknown>) => void }
interface Asked extends Lasting { request: Request; respondWith: (answer: Promise<Response>) => void }
interface Scope {
  addEventListener: ((type: "install" | "activate", run: (event: Lasting) => void) => void) & ((type: "fetch", run: (event: Asked) => void) => void);
  skipWaiting: () => Promise<void>;
}
const scope = self as unknown as Scope;

const PAGE = /^\/plan\/[^/]+$/, FORMS = /^\/plan\/[^/]+\/panel\/new\/forms$/, SAVED = /^\/api\/v1\/(proposals|assets)$/;

scope.addEventListener("install", (event) => event.waitUntil(caches.open(BUILD).then((cache) => cache.addAll([...FILES])).then(() => scope.skipWaiting())));

scope.addEventListener("activate", (event) => event.waitUntil(caches.keys().then((names) =>
  Promise.all(names.filter((name) => name.startsWith("files ") && name !== BUILD).map((name) => caches.delete(name))))));

scope.addEventListener("fetch", (event) => {
  const { request } = event, { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" ? PAGE.test(pathname) : FORMS.test(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
  else if (SAVED.test(pathname)) event.respondWith(fetch(request).catch(() => kept(request.url)));
  else if (pathname.startsWith("/static/")) event.respondWith(kept(pathname).then((file) => (file.type === "error" ? fetch(request) : file)));
});

/** What is kept under an address, with whatever headers it was asked; a network error if nothing is. */
function kept(path: string): Promise<Response> {
  return caches.match(path, { ignoreVary: true }).then((found) => found ?? Response.error());
}

// Notes of a site visit that wait on this device until there is a network.
// It knows nothing about pages; a note is kept with its photos and sent in the order it was written.
// Idea: IndexedDB keeps photos as they are; the id made here lets the server take the same note twice as one.

export interface WaitingNote {
  id: string;
  proposal: string;
  account: string;
  body: string;
  seenAt: string;
  place: [number, number] | null;
  accuracy: number | null;
  photos: Blob[];
  /** Why the server would not have it, in words; null while it only waits. */
  refused: string | null;
}

export type Outcome = "sent" | "offline" | { refused: string };

const opened = new Promise<IDBDatabase>((done, failed) => {
  const request = indexedDB.open("site-visits", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("notes", { keyPath: "id" });
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error ?? new Error("no storage"));
});

async function ask<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await opened;
  return new Promise((done, failed) => {
    const transaction = base.transaction("notes", mode);
    const request = run(transaction.objectStore("notes"));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => failed(transaction.error ?? new Error("not kept"));
  });
}

export const keep = (note: WaitingNote): Promise<unknown> => ask("readwrite", (store) => store.put(note));
export const drop = (id: string): Promise<unknown> => ask("readwrite", (store) => store.delete(id));

/** What waits of one account, oldest first. */
export async function waiting(account: string): Promise<WaitingNote[]> {
  const all = await ask<WaitingNote[]>("readonly", (store) => store.getAll());
  return all.filter((note) => note.account === account).sort((a, b) => a.seenAt.localeCompare(b.seenAt));
}

/** Hand a note in, its photos first. */
export async function send(note: WaitingNote): Promise<Outcome> {
  const base = `/api/v1/proposals/${note.proposal}`;
  const photos: string[] = [];
  for (const photo of note.photos) {
    const body = new FormData();
    body.append("file", photo, "foto.jpg");
    body.append("kind", "photo");
    const handed = await post(`${base}/attachments`, body);
    if (handed === "offline" || "refused" in handed) return handed as Outcome;
    photos.push(String(handed["id"]));
  }
  const { id, body, seenAt: seen_at, place, accuracy: accuracy_m } = note;
  const kept = await post(`${base}/site-notes`, JSON.stringify({ id, body, seen_at, place, accuracy_m, photos }));
  return kept === "offline" || "refused" in kept ? (kept as Outcome) : "sent";
}

async function post(url: string, body: FormData | string): Promise<"offline" | Record<string, unknown>> {
  const { csrf = "", lang = "id" } = document.body.dataset;
  const headers: Record<string, string> = { "X-CSRF-Token": csrf, ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}) };
  let answer: Response;
  try {
    answer = await fetch(`${url}?lang=${lang}`, { method: "POST", body, headers });
  } catch {
    return "offline";
  }
  // A server that is down for a while is a network that is down for a while.
  if (answer.status >= 500 || answer.status === 429) return "offline";
  const said = (await answer.json()) as Record<string, unknown>;
  if (answer.ok) return said;
  const faults = (said["errors"] as { message?: string }[] | undefined) ?? [];
  return { refused: faults[0]?.message ?? String(said["detail"] ?? said["title"] ?? answer.status) };
}

// What was made where there is no network and waits on this device until it can be handed in, photos included.
// It knows nothing about what it is; whoever keeps it says how it is sent.
// Idea: IndexedDB keeps photos as they are; everything waits here first, so that being offline is no special case.
import { retryLater } from "../page/retry.ts";

export interface Waiting {
  id: string;
  account: string;
  /** When it was made, ISO 8601: the order of sending. */
  at: string;
  /** Why the server would not have it, in words; null while it only waits. */
  refused: string | null;
}

export type Outcome = "sent" | "offline" | { refused: string };

export class Outbox<Item extends Waiting> {
  private readonly opened: Promise<IDBDatabase>;
  private sending: Promise<void> = Promise.resolve();

  constructor(name: string, private readonly send: (item: Item) => Promise<Outcome>) {
    this.opened = new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("items", { keyPath: "id" });
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error ?? new Error("no storage"));
    });
  }

  keep(item: Item): Promise<unknown> {
    return this.ask("readwrite", (store) => store.put(item));
  }

  drop(id: string): Promise<unknown> {
    return this.ask("readwrite", (store) => store.delete(id));
  }

  /** What waits of one account, oldest first. */
  async waiting(account: string): Promise<Item[]> {
    const all = await this.ask<Item[]>("readonly", (store) => store.getAll());
    return all.filter((item) => item.account === account).sort((a, b) => a.at.localeCompare(b.at));
  }

  /** Hand in all of an account in order, one round at a time, or something would be sent twice; those that went. */
  sendAll(account: string): Promise<readonly Item[]> {
    const round = this.sending.then(() => this.round(account));
    this.sending = round.then(() => undefined, () => undefined);
    return round;
  }

  private async round(account: string): Promise<Item[]> {
    const sent: Item[] = [];
    for (const item of await this.waiting(account)) {
      const outcome = await this.send(item);
      if (outcome === "offline") {
        retryLater();
        break;
      }
      if (outcome === "sent") {
        await this.drop(item.id);
        sent.push(item);
      } else await this.keep({ ...item, refused: outcome.refused });
    }
    return sent;
  }

  private async ask<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const base = await this.opened;
    return new Promise((done, failed) => {
      const transaction = base.transaction("items", mode);
      const request = run(transaction.objectStore("items"));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => failed(transaction.error ?? new Error("not kept"));
    });
  }
}

/** Send a document or a form; "offline" also where the server is down for a while. */
export async function post(url: string, body: FormData | string): Promise<"offline" | { refused: string } | Record<string, unknown>> {
  const { csrf = "", lang = "id" } = document.body.dataset;
  const headers: Record<string, string> = { "X-CSRF-Token": csrf, ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}) };
  let answer: Response;
  try {
    answer = await fetch(`${url}?lang=${lang}`, { method: "POST", body, headers });
  } catch {
    return "offline";
  }
  if (answer.status >= 500 || answer.status === 429) return "offline";
  const said = (await answer.json()) as Record<string, unknown>;
  if (answer.ok) return said;
  const faults = (said["errors"] as { message?: string }[] | undefined) ?? [];
  return { refused: faults[0]?.message ?? String(said["detail"] ?? said["title"] ?? answer.status) };
}

/** A photo as an attachment of a proposal or an asset; place: kept only if the person wants it told. */
export function postPhoto(base: string, photo: Blob, place: readonly [number, number] | null = null): ReturnType<typeof post> {
  const body = new FormData();
  body.append("file", photo, "foto.jpg");
  body.append("kind", "photo");
  if (place) {
    body.append("lon", String(place[0]));
    body.append("lat", String(place[1]));
  }
  return post(`${base}/attachments`, body);
}

/** What waits as a row of a list: its words, how it stands, and for one refused a button to discard it. */
export function waitingRow(item: Waiting, said: Node, state: string, discard: string): HTMLElement {
  const row = document.createElement("li");
  const line = document.createElement("small");
  line.textContent = item.refused ?? state;
  if (item.refused) line.className = "field-error";
  row.append(said, line);
  if (item.refused) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small btn-plain";
    button.dataset["drop"] = item.id;
    button.textContent = discard;
    row.append(button);
  }
  return row;
}

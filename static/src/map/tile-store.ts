// Fetches and keeps vector tiles, decoded; one request per tile however many ask for it.
// It knows nothing about decoding, canvases, styles or the map's state.
import { ZOOMS, type LayerName } from "./layers.ts";
import type { Place } from "./square.ts";
import type { Tile } from "./tile.ts";

export interface TileAddress { z: number; x: number; y: number }
export type FoundTile = Place & { tile: Tile };
type Decode = (bytes: ArrayBuffer, layer: LayerName) => Promise<Tile>;

interface Pending { promise: Promise<Tile | null>; controller: AbortController; waiting: number }

export class TileStore {
  private readonly ready = new Map<string, Tile | null>();
  private readonly pending = new Map<string, Pending>();
  private readonly version = new Map<LayerName, string>();
  private readonly refused = new Set<LayerName>();

  /** "omit": tiles as the public gets them. */
  credentials: RequestCredentials = "same-origin";

  constructor(private readonly base: string, private readonly decode: Decode, private readonly limit = 900) {}

  /** A layer that the server will not give to this account. */
  isRefused(layer: LayerName): boolean {
    return this.refused.has(layer);
  }

  /** Forget a layer's tiles; the next ones are asked past the browser's cache. */
  bump(layer: LayerName): void {
    this.version.set(layer, String(Date.now()));
    for (const key of [...this.ready.keys()]) if (key.startsWith(`${layer}/`)) this.ready.delete(key);
    for (const [key, pending] of this.pending) {
      if (!key.startsWith(`${layer}/`)) continue;
      pending.controller.abort();
      this.pending.delete(key);
    }
  }

  /** The tile, or null if nothing is there; rejects with AbortError when the asker gave up. */
  async load(layer: LayerName, address: TileAddress, signal: AbortSignal): Promise<Tile | null> {
    if (address.z < ZOOMS[layer].min || this.refused.has(layer)) return null;
    const key = `${layer}/${address.z}/${address.x}/${address.y}`;
    const kept = this.ready.get(key);
    if (kept !== undefined) {
      this.ready.delete(key);
      this.ready.set(key, kept);
      return kept;
    }
    // Who asks from now on must not wait for what another one has given up.
    const before = this.pending.get(key), pending = before?.controller.signal.aborted === false ? before : this.start(layer, key);
    pending.waiting += 1;
    const leave = () => {
      pending.waiting -= 1;
      if (pending.waiting === 0) pending.controller.abort();
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await pending.promise;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  /** The nearest larger tile already here: shown when the right one fails. */
  ancestor(layer: LayerName, address: TileAddress): FoundTile | null {
    for (let levels = 1; levels <= 4 && address.z - levels >= 0; levels++) {
      const tile = this.ready.get(`${layer}/${address.z - levels}/${address.x >> levels}/${address.y >> levels}`);
      if (tile) return { tile, levels, column: address.x & (2 ** levels - 1), row: address.y & (2 ** levels - 1) };
    }
    return null;
  }

  private start(layer: LayerName, key: string): Pending {
    const controller = new AbortController();
    const pending: Pending = { controller, waiting: 0, promise: this.fetch(layer, key, controller.signal) };
    this.pending.set(key, pending);
    const done = () => { if (this.pending.get(key) === pending) this.pending.delete(key); };
    pending.promise.then(done, done);
    return pending;
  }

  private async fetch(layer: LayerName, key: string, signal: AbortSignal): Promise<Tile | null> {
    const version = this.version.get(layer);
    const url = `${this.base}${key}.mvt${version ? `?v=${version}` : ""}`, asked = { signal, credentials: this.credentials };
    // Without a network a tile that the browser still has is better than none, however old it is.
    const answer = await fetch(url, asked).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return fetch(url, { ...asked, cache: "force-cache" });
    });
    if (answer.status === 401 || answer.status === 403) {
      this.refused.add(layer);
      return null;
    }
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`tile ${key}: ${answer.status}`);
    const bytes = await answer.arrayBuffer(), tile = bytes.byteLength ? await this.decode(bytes, layer) : null;
    if (version === this.version.get(layer)) this.keep(key, tile);
    return tile;
  }

  private keep(key: string, tile: Tile | null): void {
    this.ready.set(key, tile);
    if (this.ready.size > this.limit) this.ready.delete(this.ready.keys().next().value!);
  }
}

// Fetches, decodes and keeps vector tiles; one request per tile however many ask for it.
// It knows nothing about canvases, styles or the map's state.
// Idea: decoded features are plain flat arrays in tile units, cheap to draw and to search (after mapbox/vector-tile-js).
import { PbfReader } from "pbf";
import { VectorTile } from "@mapbox/vector-tile";
import { ZOOMS, type LayerName } from "./layers.ts";

export type Properties = Readonly<Record<string, string | number | boolean>>;
export interface TileFeature {
  readonly type: 1 | 2 | 3;
  readonly properties: Properties;
  /** Points, lines or rings as flat arrays in tile units. */
  readonly parts: readonly number[][];
}
export interface DecodedTile { readonly extent: number; readonly features: readonly TileFeature[] }
export interface TileAddress { z: number; x: number; y: number }

/** A tile and where it lies inside the asked square: its own, or a larger one above it. */
export interface FoundTile { tile: DecodedTile; levels: number; column: number; row: number }

const EMPTY: DecodedTile = { extent: 4096, features: [] };

export function decodeTile(bytes: ArrayBuffer, layer: string): DecodedTile {
  if (bytes.byteLength === 0) return EMPTY;
  const source = new VectorTile(new PbfReader(bytes)).layers[layer];
  if (!source) return EMPTY;
  const features: TileFeature[] = [];
  for (let i = 0; i < source.length; i++) {
    const feature = source.feature(i);
    if (feature.type === 0) continue;
    const parts = feature.loadGeometry().map((part) => part.flatMap((point) => [point.x, point.y]));
    features.push({ type: feature.type, properties: feature.properties, parts });
  }
  return { extent: source.extent, features };
}

interface Pending { promise: Promise<DecodedTile>; controller: AbortController; waiting: number }

export class TileStore {
  private readonly ready = new Map<string, DecodedTile>();
  private readonly pending = new Map<string, Pending>();
  private readonly version = new Map<LayerName, string>();
  private readonly refused = new Set<LayerName>();

  /** "omit": tiles as the public gets them. */
  credentials: RequestCredentials = "same-origin";

  constructor(private readonly base: string, private readonly limit = 900) {}

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

  /** The tile, or null if this zoom has none; rejects with AbortError when the asker gave up. */
  async load(layer: LayerName, address: TileAddress, signal: AbortSignal): Promise<DecodedTile | null> {
    if (address.z < ZOOMS[layer].min || this.refused.has(layer)) return null;
    const key = `${layer}/${address.z}/${address.x}/${address.y}`;
    const kept = this.ready.get(key);
    if (kept) {
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

  private async fetch(layer: LayerName, key: string, signal: AbortSignal): Promise<DecodedTile> {
    const version = this.version.get(layer);
    const url = `${this.base}${key}.mvt${version ? `?v=${version}` : ""}`, asked = { signal, credentials: this.credentials };
    // Without a network a tile that the browser still has is better than none, however old it is.
    const answer = await fetch(url, asked).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return fetch(url, { ...asked, cache: "force-cache" });
    });
    if (answer.status === 401 || answer.status === 403) {
      this.refused.add(layer);
      return EMPTY;
    }
    if (answer.status === 404) return EMPTY;
    if (!answer.ok) throw new Error(`tile ${key}: ${answer.status}`);
    const tile = decodeTile(await answer.arrayBuffer(), layer);
    if (version === this.version.get(layer)) this.keep(key, tile);
    return tile;
  }

  private keep(key: string, tile: DecodedTile): void {
    this.ready.set(key, tile);
    if (this.ready.size > this.limit) this.ready.delete(this.ready.keys().next().value!);
  }
}

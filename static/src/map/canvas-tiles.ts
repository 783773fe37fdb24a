// A Leaflet layer that draws vector tiles of several sources into one canvas per square.
// It knows nothing about colours and classes (painters.ts) nor about what is selected.
// Idea: GridLayer brings panning, zooming and fading; squares of 512 px ask a quarter of the requests; above tile zoom 17 the parent is cut and enlarged.
import * as L from "leaflet";
import { metresPerPixel } from "../geometry/scale.ts";
import { veiled, type Frame } from "./frame.ts";
import { LAYERS, ZOOMS, type LayerName } from "./layers.ts";
import type { Looks } from "./looks.ts";
import { PAINTERS } from "./painters.ts";
import type { FoundTile, TileAddress, TileFeature, TileStore } from "./tile-store.ts";
import type { Tokens } from "./tokens.ts";

export const TILE = 512;

interface Square {
  readonly canvas: HTMLCanvasElement;
  readonly coords: L.Coords;
  readonly controller: AbortController;
  readonly found: Map<LayerName, FoundTile>;
  readonly asked: Set<LayerName>;
  /** Shown: before that Leaflet hides it, and each layer that comes would be painted for nobody. */
  ready: boolean;
}

/** A feature seen in one square: transform from tile units to map pixels (of the current zoom). */
export interface Seen { feature: TileFeature; k: number; left: number; top: number; square: string }

export interface Scene { tokens: Tokens; focus: string | null; hidden: ReadonlySet<string>; years: ReadonlyMap<string, number>; grades: ReadonlyMap<string, string>; looks: Looks }

export class CanvasTiles extends L.GridLayer {
  private readonly squares = new Map<string, Square>();
  private readonly shown = new Set<LayerName>();
  private dirty = new Set<Square>();
  private scheduled = 0;

  constructor(private readonly store: TileStore, private readonly scene: () => Scene, private readonly drawn: () => void, options: L.GridLayerOptions) {
    super({ tileSize: TILE, updateWhenIdle: false, keepBuffer: 1, ...options });
    this.on("tileunload", (event: L.TileEvent) => this.drop(squareKey(event.coords)));
  }

  isShown(layer: LayerName): boolean {
    return this.shown.has(layer);
  }

  show(layer: LayerName, visible: boolean): void {
    if (this.shown.has(layer) === visible) return;
    if (visible) this.shown.add(layer);
    else this.shown.delete(layer);
    for (const square of this.squares.values()) {
      if (visible) void this.fetch(square, layer);
      this.schedule(square);
    }
  }

  /** Ask a layer anew, because its data changed. */
  refresh(layer: LayerName): void {
    this.store.bump(layer);
    for (const square of this.squares.values()) {
      square.asked.delete(layer);
      if (this.shown.has(layer)) void this.fetch(square, layer);
    }
  }

  redrawAll(): void {
    for (const square of this.squares.values()) this.schedule(square);
  }

  /** Features of a layer in the squares of the current zoom, with their place in map pixels. */
  *seen(layer: LayerName): Generator<Seen> {
    if (!this.shown.has(layer)) return;
    const zoom = this._map ? Math.round(this._map.getZoom()) : -1;
    for (const [key, square] of this.squares) {
      if (square.coords.z !== zoom) continue;
      const found = square.found.get(layer);
      if (!found) continue;
      const { k, dx, dy } = fit(found);
      const left = square.coords.x * TILE + dx, top = square.coords.y * TILE + dy;
      const { looks } = this.scene();
      for (const feature of found.tile.features) if (looks.passes(layer, feature)) yield { feature, k, left, top, square: key };
    }
  }

  /** Corner of a square in map pixels: symbols and highlights are cut there, as the squares are. */
  corner(square: string): L.Point {
    const coords = this.squares.get(square)!.coords;
    return L.point(coords.x * TILE, coords.y * TILE);
  }

  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const square: Square = { canvas, coords, controller: new AbortController(), found: new Map(), asked: new Set(), ready: false };
    this.squares.set(squareKey(coords), square);
    const loads = LAYERS.filter((layer) => this.shown.has(layer)).map((layer) => this.fetch(square, layer));
    const patience = new Promise((resolve) => setTimeout(resolve, 1500));
    void Promise.race([Promise.all(loads), patience]).then(() => {
      square.ready = true;
      this.paint(square);
      done(undefined, canvas);
    });
    return canvas;
  }

  private drop(key: string): void {
    const square = this.squares.get(key);
    square?.controller.abort();
    if (square) this.dirty.delete(square);
    this.squares.delete(key);
  }

  private async fetch(square: Square, layer: LayerName): Promise<void> {
    if (square.asked.has(layer)) return;
    square.asked.add(layer);
    const { address, cut } = addressOf(square.coords, layer);
    try {
      const tile = await this.store.load(layer, address, square.controller.signal);
      if (square.controller.signal.aborted) return;
      if (tile) square.found.set(layer, { tile, ...cut });
      else square.found.delete(layer);
    } catch (error) {
      // Given up: the square is gone, or the layer is asked anew and that answer is on its way.
      if (square.controller.signal.aborted || (error as Error).name === "AbortError") return;
      const above = this.store.ancestor(layer, address);
      if (above && cut.levels === 0 && !square.found.has(layer)) square.found.set(layer, above);
      square.asked.delete(layer);
      this.fire("tilefailed", { layer });
    }
    this.schedule(square);
  }

  private schedule(square: Square): void {
    if (!square.ready) return;
    this.dirty.add(square);
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      const waiting = this.dirty;
      this.dirty = new Set();
      for (const one of waiting) this.paint(one);
    });
  }

  private paint(square: Square): void {
    const dpr = Math.min(3, window.devicePixelRatio || 1);
    const { canvas, coords } = square;
    if (canvas.width !== TILE * dpr) canvas.width = canvas.height = TILE * dpr;
    const ctx = canvas.getContext("2d")!;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.clearRect(0, 0, TILE, TILE);
    const { tokens, focus, hidden, years, grades, looks } = this.scene();
    const zoom = coords.z;
    const lat = latitude((coords.y + 0.5) / 2 ** (zoom - 1));
    const common = { ctx, size: TILE, zoom, mpp: metresPerPixel(lat, zoom), tokens, focus, hidden, years, grades, borders: new Set<string>() };
    for (const [layer, painter] of PAINTERS) {
      const found = square.found.get(layer);
      if (!found || !this.shown.has(layer)) continue;
      const frame: Frame = { ...common, tile: looks.filtered(layer, found.tile), ...fit(found) };
      veiled(ctx, looks.opacity(layer), (sheet) => painter({ ...frame, ctx: sheet }));
    }
    this.drawn();
  }
}

function squareKey(coords: L.Coords): string {
  return `${coords.z}/${coords.x}/${coords.y}`;
}

/** The tile to ask for a square (map zoom = tile zoom + 1), and the part of it when the tile is a larger one. */
export function addressOf(coords: { x: number; y: number; z: number }, layer: LayerName): { address: TileAddress; cut: Omit<FoundTile, "tile"> } {
  const z = coords.z - 1;
  const levels = Math.max(0, z - ZOOMS[layer].max);
  const mask = 2 ** levels - 1;
  return {
    address: { z: z - levels, x: coords.x >> levels, y: coords.y >> levels },
    cut: { levels, column: coords.x & mask, row: coords.y & mask },
  };
}

function fit(found: FoundTile): { k: number; dx: number; dy: number } {
  const side = TILE * 2 ** found.levels;
  return { k: side / found.tile.extent, dx: -found.column * TILE, dy: -found.row * TILE };
}

function latitude(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

// A Leaflet layer that shows vector tiles of several sources in one canvas per square.
// It knows nothing about drawing them (paint-square.ts) nor about what is selected.
// Idea: GridLayer brings panning, zooming and fading; squares of 512 px ask a quarter of the requests; above tile zoom 17 the parent is cut and enlarged.
import * as L from "leaflet";
import { LAYERS, ZOOMS, type LayerName } from "./layers.ts";
import { fit, TILE, type Place, type Scene } from "./square.ts";
import type { TilePainter } from "./tile-painter.ts";
import type { FoundTile, TileAddress, TileStore } from "./tile-store.ts";
import type { Feature, Tile } from "./tile.ts";

interface Square {
  readonly canvas: HTMLCanvasElement;
  readonly coords: L.Coords;
  readonly controller: AbortController;
  readonly found: Map<LayerName, FoundTile>;
  readonly asked: Set<LayerName>;
  /** Its layers are there: before that Leaflet hides it, and each layer that comes would be painted for nobody. */
  ready: boolean;
  /** Lets Leaflet show it. */
  readonly show: () => void;
}

/** A feature seen in one square: transform from tile units to map pixels (of the current zoom). */
export interface Seen { feature: Feature; k: number; left: number; top: number; square: string }

export class CanvasTiles extends L.GridLayer {
  private readonly squares = new Map<string, Square>();
  private readonly shown = new Set<LayerName>();
  private readonly dirty = new Set<Square>();
  private busy = false;

  constructor(private readonly store: TileStore, private readonly painter: TilePainter, private readonly scene: () => Scene, private readonly drawn: (coords: L.Coords) => void, options: L.GridLayerOptions) {
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

  /** The tiles of a layer in the squares of the current zoom, with their corner in map pixels. */
  *placed(layer: LayerName): Generator<{ tile: Tile; k: number; left: number; top: number; square: string }> {
    if (!this.shown.has(layer)) return;
    const zoom = this._map ? Math.round(this._map.getZoom()) : -1;
    for (const [square, { coords, found }] of this.squares) {
      const one = found.get(layer);
      if (coords.z !== zoom || !one) continue;
      const { k, dx, dy } = fit(one, one.tile.extent);
      yield { tile: one.tile, k, left: coords.x * TILE + dx, top: coords.y * TILE + dy, square };
    }
  }

  /** Features of a layer in these tiles. */
  *seen(layer: LayerName): Generator<Seen> {
    const { looks } = this.scene();
    for (const { tile, ...place } of this.placed(layer)) {
      for (const feature of tile.features) if (looks.passes(layer, feature)) yield { feature, ...place };
    }
  }

  /** Corner of a square in map pixels: symbols and highlights are cut there, as the squares are. */
  corner(square: string): L.Point {
    const coords = this.squares.get(square)!.coords;
    return L.point(coords.x * TILE, coords.y * TILE);
  }

  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const square: Square = { canvas, coords, controller: new AbortController(), found: new Map(), asked: new Set(), ready: false, show: () => done(undefined, canvas) };
    this.squares.set(squareKey(coords), square);
    const loads = LAYERS.filter((layer) => this.shown.has(layer)).map((layer) => this.fetch(square, layer));
    const patience = new Promise((resolve) => setTimeout(resolve, 1500));
    void Promise.race([Promise.all(loads), patience]).then(() => {
      square.ready = true;
      this.schedule(square);
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
    if (!this.busy) void this.work();
  }

  /** One square after the other, so that what has left the view meanwhile is not drawn. */
  private async work(): Promise<void> {
    this.busy = true;
    await null; // what changes at once is drawn once
    for (const square of this.dirty) {
      this.dirty.delete(square);
      await this.paint(square).catch(() => this.fire("tilefailed"));
    }
    this.busy = false;
  }

  private async paint(square: Square): Promise<void> {
    const { canvas, coords: { x, y, z } } = square, tiles: Map<LayerName, Place & { id: number }> = new Map();
    for (const [layer, { tile: { id }, levels, column, row }] of square.found) if (this.shown.has(layer)) tiles.set(layer, { id, levels, column, row });
    const picture = await this.painter.paint({ coords: { x, y, z }, dpr: Math.min(3, window.devicePixelRatio || 1), tiles, scene: this.scene() });
    if (this.squares.get(squareKey(square.coords)) !== square) return picture.close();
    if (canvas.width !== picture.width) canvas.width = canvas.height = picture.width;
    const ctx = canvas.getContext("2d")!;
    ctx.globalCompositeOperation = "copy";
    ctx.drawImage(picture, 0, 0);
    picture.close();
    square.show();
    this.drawn(square.coords);
  }
}

function squareKey(coords: L.Coords): string {
  return `${coords.z}/${coords.x}/${coords.y}`;
}

/** The tile to ask for a square (map zoom = tile zoom + 1), and the part of it when the tile is a larger one. */
export function addressOf(coords: { x: number; y: number; z: number }, layer: LayerName): { address: TileAddress; cut: Place } {
  const z = coords.z - 1;
  const levels = Math.max(0, z - ZOOMS[layer].max);
  const mask = 2 ** levels - 1;
  return {
    address: { z: z - levels, x: coords.x >> levels, y: coords.y >> levels },
    cut: { levels, column: coords.x & mask, row: coords.y & mask },
  };
}

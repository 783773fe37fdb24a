// What a square of the map is: its size, what is to be drawn into it, and how a tile lies in it.
// It knows nothing about drawing, nor about who does it.
import type { LayerName } from "./layers.ts";
import type { Looks } from "./looks.ts";
import type { Tokens } from "./tokens.ts";

/** CSS pixels of a square's side. */
export const TILE = 512;

/** What the whole map shows, but for the tiles. */
export interface Scene { tokens: Tokens; focus: string | null; hidden: ReadonlySet<string>; years: ReadonlyMap<string, number>; grades: ReadonlyMap<string, string>; looks: Looks }

/** Where a tile lies inside the square that asked for it: its own, or a larger one above it. */
export interface Place { levels: number; column: number; row: number }

/** A square to draw. tiles: the number and the place of the tile of each layer that is shown; dpr: pixels of the screen per CSS pixel. */
export interface Order { coords: { x: number; y: number; z: number }; dpr: number; tiles: ReadonlyMap<LayerName, Place & { id: number }>; scene: Scene }

/** CSS pixels per tile unit, and where the tile's corner lies in the square. */
export function fit({ levels, column, row }: Place, extent: number): { k: number; dx: number; dy: number } {
  return { k: (TILE * 2 ** levels) / extent, dx: -column * TILE, dy: -row * TILE };
}

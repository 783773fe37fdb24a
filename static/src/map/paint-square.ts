// Draws one square of the map: its layers over each other, each from its tile.
// It knows nothing about workers, nor where the square stands on the screen.
import { metresPerPixel } from "../geometry/scale.ts";
import { veiled } from "./frame.ts";
import { Looks } from "./looks.ts";
import { PAINTERS } from "./painters.ts";
import { fit, TILE, type Order } from "./square.ts";
import type { DecodedTile } from "./tile.ts";

export function paintSquare({ coords, dpr, tiles, scene }: Order, tileOf: (id: number) => DecodedTile | undefined): ImageBitmap {
  const canvas = new OffscreenCanvas(TILE * dpr, TILE * dpr), ctx = canvas.getContext("2d")!;
  ctx.scale(dpr, dpr);
  const looks = Object.assign(new Looks(), scene.looks); // what came from the page is its data only
  const mpp = metresPerPixel(latitude((coords.y + 0.5) / 2 ** (coords.z - 1)), coords.z);
  const common = { ...scene, size: TILE, zoom: coords.z, mpp, borders: new Set<string>() };
  for (const [layer, painter] of PAINTERS) {
    const placed = tiles.get(layer), tile = placed && tileOf(placed.id);
    if (!tile) continue;
    const frame = { ...common, tile: looks.filtered(layer, tile), ...fit(placed, tile.extent) };
    veiled(ctx, looks.opacity(layer), (sheet) => painter({ ...frame, ctx: sheet }));
  }
  return canvas.transferToImageBitmap();
}

function latitude(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

// The symbols of assets that are points, drawn into the squares.
// It knows nothing about how a symbol looks (symbols.ts).
// Idea: a tile reaches 8 px beyond its square, as far as the largest symbol, so each square draws its part of one that lies on its border.
import { byZoom, text, type Frame } from "./frame.ts";
import { drawAssets } from "./symbols.ts";

const REACH = 10;

export function paintAssetPoints({ ctx, tile, k, dx, dy, size, zoom, tokens }: Frame): void {
  if (zoom < 16) return;
  const groups = new Map<string, { x: number; y: number }[]>();
  for (const feature of tile.features) {
    if (feature.type !== 1) continue;
    const condition = text(feature, "condition"), group = groups.get(condition) ?? [];
    for (const [left, top] of feature.parts) {
      const x = left! * k + dx, y = top! * k + dy;
      if (x > -REACH && y > -REACH && x < size + REACH && y < size + REACH) group.push({ x, y });
    }
    groups.set(condition, group);
  }
  const r = byZoom(zoom, [[16, 2.6], [17, 4], [18, 7.2]]);
  for (const [condition, places] of groups) drawAssets(ctx, tokens, condition, places, r);
}

// One square of the map while it is being drawn: the canvas, the tile, the scale and the path builders.
// It knows nothing about layers or colours of the domain.
// Idea: painters stay short when coordinates, true widths and clipping are settled once.
import type { DecodedTile, TileFeature } from "./tile.ts";
import type { Tokens } from "./tokens.ts";

/** What draws: on the page or beside it. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface Frame {
  readonly ctx: Pen;
  readonly tile: DecodedTile;
  /** CSS pixels per tile unit and the offset of the tile's corner. */
  readonly k: number;
  readonly dx: number;
  readonly dy: number;
  readonly size: number;
  readonly zoom: number;
  /** Metres on the ground per CSS pixel. */
  readonly mpp: number;
  readonly tokens: Tokens;
  /** Kelurahan in hand (the rest is veiled), if any. */
  readonly focus: string | null;
  /** Proposals drawn elsewhere, because they are being edited. */
  readonly hidden: ReadonlySet<string>;
  /** Year from 1 in which a plan builds each of its candidates, 0 for those left out; empty while no plan is shown. */
  readonly years: ReadonlyMap<string, number>;
  /** Slum grade by code of the RT where a plan tells another than the one on record. */
  readonly grades: ReadonlyMap<string, string>;
  /** Border pieces already drawn in this square. */
  readonly borders: Set<string>;
}

export function text(feature: Pick<TileFeature, "properties">, name: string): string {
  const value = feature.properties[name];
  return value === undefined ? "" : String(value);
}

export function numeric(feature: TileFeature, name: string): number | null {
  const value = feature.properties[name];
  return typeof value === "number" ? value : null;
}

function addPart(frame: Frame, part: readonly number[], close: boolean): void {
  const { ctx, k, dx, dy } = frame;
  ctx.moveTo(part[0]! * k + dx, part[1]! * k + dy);
  for (let i = 2; i < part.length; i += 2) ctx.lineTo(part[i]! * k + dx, part[i + 1]! * k + dy);
  if (close) ctx.closePath();
}

/** One path of all the given features. */
export function trace(frame: Frame, features: readonly TileFeature[]): void {
  frame.ctx.beginPath();
  for (const feature of features) {
    if (feature.type === 1) continue;
    for (const part of feature.parts) addPart(frame, part, feature.type === 3);
  }
}

export interface Stroke { colour: string; width: number; dash?: readonly number[]; alpha?: number; cap?: CanvasLineCap }

export function stroke(frame: Frame, features: readonly TileFeature[], style: Stroke): void {
  if (features.length === 0) return;
  trace(frame, features);
  strokePath(frame.ctx, style);
}

export function strokePath(ctx: Pen, style: Stroke): void {
  ctx.globalAlpha = style.alpha ?? 1;
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = style.width;
  ctx.lineJoin = "round";
  ctx.lineCap = style.cap ?? (style.dash ? "butt" : "round");
  ctx.setLineDash(style.dash ? [...style.dash] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

export function fill(frame: Frame, features: readonly TileFeature[], colour: string | CanvasPattern, alpha = 1): void {
  if (features.length === 0) return;
  trace(frame, features);
  frame.ctx.globalAlpha = alpha;
  frame.ctx.fillStyle = colour;
  frame.ctx.fill("nonzero");
  frame.ctx.globalAlpha = 1;
}

/** Width on screen: true width when that is wider than the least that still shows. */
export function trueWidth(frame: Frame, width_m: number | null, least: number): number {
  return Math.max(least, (width_m ?? 0) / frame.mpp);
}

/** Value between fixed stops [zoom, value], straight between them. */
export function byZoom(zoom: number, stops: readonly (readonly [number, number])[]): number {
  const first = stops[0]!;
  if (zoom <= first[0]) return first[1];
  for (let i = 1; i < stops.length; i++) {
    const [z1, v1] = stops[i]!, [z0, v0] = stops[i - 1]!;
    if (zoom <= z1) return v0 + ((zoom - z0) / (z1 - z0)) * (v1 - v0);
  }
  return stops[stops.length - 1]![1];
}

/** Draw apart and lay it over with an opacity, so that what overlaps inside does not show through. */
export function veiled(ctx: Pen, alpha: number, draw: (ctx: Pen) => void): void {
  if (alpha >= 1) return draw(ctx);
  const sheet = new OffscreenCanvas(ctx.canvas.width, ctx.canvas.height), paint = sheet.getContext("2d")!;
  paint.setTransform(ctx.getTransform());
  draw(paint);
  ctx.save();
  ctx.resetTransform();
  ctx.globalAlpha = alpha;
  ctx.drawImage(sheet, 0, 0);
  ctx.restore();
}

const hatches = new Map<string, CanvasPattern>();

/** 45° hatching that fits across squares: its period divides the square's size. */
export function hatch(ctx: Pen, colour: string, back: string | null, period = 8, width = 2.2): CanvasPattern {
  const dpr = ctx.getTransform().a;
  const key = `${colour}|${back}|${period}|${width}|${dpr}`;
  const kept = hatches.get(key);
  if (kept) return kept;
  const side = Math.round(period * dpr), canvas = new OffscreenCanvas(side, side), paint = canvas.getContext("2d")!;
  if (back) {
    paint.fillStyle = back;
    paint.fillRect(0, 0, side, side);
  }
  paint.scale(side / period, side / period);
  paint.strokeStyle = colour;
  paint.lineWidth = width;
  paint.beginPath();
  for (const shift of [-period, 0, period]) {
    paint.moveTo(shift - 1, period + 1);
    paint.lineTo(shift + period + 1, -1);
  }
  paint.stroke();
  const pattern = ctx.createPattern(canvas, "repeat")!;
  pattern.setTransform(new DOMMatrix().scale(period / side));
  hatches.set(key, pattern);
  return pattern;
}

export function groupBy(features: readonly TileFeature[], name: string | ((feature: TileFeature) => string)): Map<string, TileFeature[]> {
  const groups = new Map<string, TileFeature[]>();
  for (const feature of features) {
    const key = typeof name === "string" ? text(feature, name) : name(feature);
    const group = groups.get(key);
    if (group) group.push(feature);
    else groups.set(key, [feature]);
  }
  return groups;
}

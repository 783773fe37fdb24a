// Small symbols of proposals and assets: shape by pillar, outline by state, glyph by condition.
// It knows nothing about tiles or where the symbols stand.
// Idea: circle, square and triangle carry the pillar (the colours alone are too near for some eyes).
import type { Pen } from "./frame.ts";
import { colourOf, FADED, type StateStyle } from "./style-planning.ts";
import { CONDITION, type Tokens } from "./tokens.ts";

function outline(ctx: Pen, pillar: string, x: number, y: number, r: number): void {
  ctx.beginPath();
  if (pillar === "social") ctx.roundRect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76, r * 0.25);
  else if (pillar === "economic") {
    ctx.moveTo(x, y - r * 1.1);
    ctx.lineTo(x + r * 1.08, y + r * 0.8);
    ctx.lineTo(x - r * 1.08, y + r * 0.8);
    ctx.closePath();
  } else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

/** Least height of a sign in CSS pixels, and the least symbol that holds one; letters need more room. */
const SIGN = 12, HOLDS = 7, LETTERS = 9;

export function drawProposal(ctx: Pen, tokens: Tokens, pillar: string, style: StateStyle, x: number, y: number, size: number): void {
  const colour = colourOf(style, pillar, tokens), signed = style.glyph && size >= HOLDS, r = signed && style.glyph.length > 1 ? Math.max(size, LETTERS) : size;
  outline(ctx, pillar, x, y, r + 2.2);
  ctx.fillStyle = tokens.paper;
  ctx.fill();
  if (style.faded) ctx.globalAlpha = FADED;
  outline(ctx, pillar, x, y, r);
  ctx.fillStyle = style.filled ? colour : tokens.paper;
  ctx.fill();
  ctx.lineWidth = style.filled ? 1 : 2.2;
  ctx.strokeStyle = colour;
  if (style.dash) ctx.setLineDash(style.dash[0]! <= 3 ? [1.5, 2.5] : [4, 2.5]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (style.double) {
    outline(ctx, pillar, x, y, r * 0.55);
    ctx.strokeStyle = tokens.paper;
    ctx.lineWidth = 1.6;
    ctx.stroke();
  }
  if (signed) glyph(ctx, style.glyph, style.ink ?? (style.filled ? tokens.paper : colour), x, y + (pillar === "economic" ? 1.5 : 0), r, tokens.font);
  ctx.globalAlpha = 1;
}

function glyph(ctx: Pen, sign: string, colour: string, x: number, y: number, r: number, font: string): void {
  ctx.font = `700 ${sign.length > 1 ? SIGN : Math.max(SIGN, r * 1.35)}px ${font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour;
  ctx.fillText(sign, x, y + 0.5);
}

/** So many diamonds in one path: a call for each of 50,000 takes half a second, all in one path as long. */
const AT_ONCE = 400;

/** Assets of one condition. Small ones that would cover each other are drawn once. */
export function drawAssets(ctx: Pen, tokens: Tokens, condition: string, all: readonly { x: number; y: number }[], r: number): void {
  const look = CONDITION[condition], half = r * 1.13, signed = look !== undefined && r >= HOLDS;
  const places = signed ? all : [...new Map(all.map((at) => [Math.round(at.x / 3) * 10_000 + Math.round(at.y / 3), at])).values()];
  ctx.lineJoin = "round";
  for (let start = 0; start < places.length; start += AT_ONCE) {
    ctx.beginPath();
    for (const { x, y } of places.slice(start, start + AT_ONCE)) {
      ctx.moveTo(x, y - half);
      ctx.lineTo(x + half, y);
      ctx.lineTo(x, y + half);
      ctx.lineTo(x - half, y);
      ctx.closePath();
    }
    ctx.fillStyle = look?.colour ?? tokens["ink-3"];
    ctx.fill();
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = tokens.paper;
    ctx.stroke();
  }
  if (signed) for (const { x, y } of places) glyph(ctx, look.glyph, condition === "heavy_damage" || condition === "light_damage" ? "#16211f" : "#ffffff", x, y, r, tokens.font);
}

const PLACE_SIGN: Readonly<Record<string, string>> = {
  park: "", field: "", cemetery: "✝", forest: "", ricefield: "", market: "▣", school: "▲", office: "■", health: "✚", station: "◆", worship: "✦", landmark: "★",
};

export function placeSign(kind: string): string {
  return PLACE_SIGN[kind] ?? "";
}

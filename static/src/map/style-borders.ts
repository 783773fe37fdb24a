// How borders look: dashed lines of kelurahan, RW and RT, and the veil over what lies outside the kelurahan in hand.
// It knows nothing about names; labels.ts writes them.
// Idea: neighbours share a border, so each piece is drawn once per square; drawn twice, two dash patterns would fill the gaps.
import { byZoom, strokePath, text, type Frame, type Stroke } from "./frame.ts";

function pieceKey(ax: number, ay: number, bx: number, by: number): string {
  return ax < bx || (ax === bx && ay <= by) ? `${ax},${ay},${bx},${by}` : `${bx},${by},${ax},${ay}`;
}

/** Draw the pieces of all rings that no border above has drawn, joined to lines as long as possible. */
function strokeBorders(frame: Frame, style: Stroke): void {
  const { ctx, k, dx, dy } = frame;
  ctx.beginPath();
  for (const feature of frame.tile.features) {
    for (const ring of feature.parts) {
      let pen = false;
      for (let i = 2; i < ring.length; i += 2) {
        const ax = ring[i - 2]!, ay = ring[i - 1]!, bx = ring[i]!, by = ring[i + 1]!;
        const key = pieceKey(ax, ay, bx, by);
        if (frame.borders.has(key)) {
          pen = false;
          continue;
        }
        frame.borders.add(key);
        if (!pen) ctx.moveTo(ax * k + dx, ay * k + dy);
        ctx.lineTo(bx * k + dx, by * k + dy);
        pen = true;
      }
    }
  }
  strokePath(ctx, style);
}

export function paintKelurahan(frame: Frame): void {
  veil(frame);
  const width = byZoom(frame.zoom, [[11, 1], [14, 1.8], [17, 2.4]]);
  strokeBorders(frame, { colour: frame.tokens["ink-2"], width, dash: [10, 4, 2, 4], alpha: 0.75 });
}

export function paintRw(frame: Frame): void {
  const width = byZoom(frame.zoom, [[13, 0.6], [16, 1.2]]);
  strokeBorders(frame, { colour: frame.tokens["ink-2"], width, dash: [6, 4], alpha: 0.55 });
}

export function paintRt(frame: Frame): void {
  if (frame.zoom < 17) return;
  strokeBorders(frame, { colour: frame.tokens["ink-3"], width: 0.9, dash: [2, 3], alpha: 0.5 });
}

/** What is not this kelurahan steps back. */
function veil(frame: Frame): void {
  if (!frame.focus) return;
  const { ctx, k, dx, dy, size, tokens } = frame;
  ctx.beginPath();
  ctx.rect(-1, -1, size + 2, size + 2);
  for (const feature of frame.tile.features) {
    if (text(feature, "code") !== frame.focus) continue;
    for (const ring of feature.parts) {
      for (let i = 0; i < ring.length; i += 2) {
        if (i === 0) ctx.moveTo(ring[0]! * k + dx, ring[1]! * k + dy);
        else ctx.lineTo(ring[i]! * k + dx, ring[i + 1]! * k + dy);
      }
      ctx.closePath();
    }
  }
  ctx.fillStyle = tokens.ground;
  ctx.globalAlpha = 0.55;
  ctx.fill("evenodd");
  ctx.globalAlpha = 1;
}

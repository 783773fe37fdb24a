// Small pictures that are drawn once and stamped wherever they are wanted.
// It knows nothing about what is on them.
// Idea: a stamp costs a fraction of the paths of a symbol, and 5,000 proposals have some dozens of looks.
import type { Pen } from "./frame.ts";
import type { Tokens } from "./tokens.ts";

/** Half a stamp's side in CSS pixels: room for the largest symbol with its rim. */
const HALF = 20;

export class Stamps {
  private readonly made = new Map<string, ImageBitmap>();
  private tokens: Tokens | null = null;
  private dpr = 0;

  /** From now on the stamps are in these colours, for a screen with so many pixels per CSS pixel. */
  use(tokens: Tokens, dpr: number): void {
    if (tokens !== this.tokens || dpr !== this.dpr) this.made.clear();
    this.tokens = tokens;
    this.dpr = dpr;
  }

  /** Stamp at a place what `draw` draws around the middle; the same name, the same picture. */
  put(ctx: Pen, name: string, x: number, y: number, draw: (pen: Pen, middle: number) => void): void {
    const { dpr } = this;
    let stamp = this.made.get(name);
    if (!stamp) {
      const sheet = new OffscreenCanvas(2 * HALF * dpr, 2 * HALF * dpr), pen = sheet.getContext("2d")!;
      pen.scale(dpr, dpr);
      draw(pen, HALF);
      this.made.set(name, (stamp = sheet.transferToImageBitmap()));
    }
    const onPixel = (value: number) => Math.round((value - HALF) * dpr) / dpr; // between two it would blur
    ctx.drawImage(stamp, onPixel(x), onPixel(y), 2 * HALF, 2 * HALF);
  }
}

// One canvas over the whole view for what must be drawn once: highlights, symbols of proposals, names.
// It knows nothing about fetching; it reads the features of the squares that are there.
// Idea: what crosses a tile's border is drawn here (as Leaflet's own canvas renderer does), so nothing is cut or doubled.
import * as L from "leaflet";
import { anchors, type View } from "./anchors.ts";
import type { CanvasTiles, Seen } from "./canvas-tiles.ts";
import { byZoom, text, veiled, type Pen } from "./frame.ts";
import { collectLabels, SIZES } from "./label-sources.ts";
import { place, type Label, type LabelStyle } from "./labels.ts";
import type { LayerName } from "./layers.ts";
import { TILE, type Scene } from "./square.ts";
import { Stamps } from "./stamps.ts";
import { lookOf } from "./style-planning.ts";
import { drawProposal } from "./symbols.ts";
import type { Tokens } from "./tokens.ts";

/** theirs: somebody else has it open. */
export interface Lit { layer: LayerName; key: "id" | "code"; value: string; strong: boolean; theirs?: boolean }

const PAD = 120;

interface Box { left: number; top: number; right: number; bottom: number }

export class Overlay extends L.Layer {
  private readonly canvas = L.DomUtil.create("canvas", "map-symbols leaflet-zoom-animated");
  private anchor = L.latLng(0, 0);
  private anchorZoom = 0;
  private scheduled = 0;
  private lit: readonly Lit[] = [];
  private readonly stamps = new Stamps();
  private readonly widths = new Map<string, number>();

  constructor(private readonly tiles: CanvasTiles, private readonly scene: () => Scene) {
    super({ pane: "overlayPane" });
  }

  override onAdd(map: L.Map): this {
    map.getPane("symbols")!.appendChild(this.canvas);
    return this;
  }

  override onRemove(): this {
    this.canvas.remove();
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      moveend: () => this.reset(), viewreset: () => this.reset(), resize: () => this.reset(),
      zoom: () => this.follow(this._map.getCenter(), this._map.getZoom()),
      zoomanim: (event) => this.follow((event as L.ZoomAnimEvent).center, (event as L.ZoomAnimEvent).zoom),
    };
  }

  light(lit: readonly Lit[]): void {
    this.lit = lit;
    this.schedule();
  }

  /** The letters have come: names are wider or narrower than before. */
  rewrite(): void {
    this.widths.clear();
    this.schedule();
  }

  /** A square has got its picture. What lies beyond the view is drawn when the map stands. */
  reached({ x, y }: L.Coords): void {
    const { x: left, y: top } = this._map.project(this.anchor, this.anchorZoom), size = this._map.getSize().add([2 * PAD, 2 * PAD]);
    if ((x + 1) * TILE > left && (y + 1) * TILE > top && x * TILE < left + size.x && y * TILE < top + size.y) this.schedule();
  }

  schedule(): void {
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      if (this._map) this.draw();
    });
  }

  private reset(): void {
    const corner = this._map.containerPointToLayerPoint([-PAD, -PAD]);
    this.anchor = this._map.layerPointToLatLng(corner);
    this.anchorZoom = this._map.getZoom();
    L.DomUtil.setTransform(this.canvas, corner, 1);
    this.draw();
  }

  /** Keep in step with the map pane during zooming. */
  private follow(center: L.LatLng, zoom: number): void {
    const map = this._map;
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(L.DomUtil.getPosition(map.getPane("mapPane")!)).round();
    L.DomUtil.setTransform(this.canvas, map.project(this.anchor, zoom).subtract(origin), map.getZoomScale(zoom, this.anchorZoom));
  }

  private draw(): void {
    const map = this._map, size = map.getSize(), zoom = Math.round(map.getZoom());
    if (zoom !== this.anchorZoom) return;
    const dpr = Math.min(3, window.devicePixelRatio || 1);
    const corner = map.project(this.anchor, zoom).round();
    const view: View = { left: corner.x, top: corner.y, width: size.x + 2 * PAD, height: size.y + 2 * PAD, zoom };
    if (this.canvas.width !== view.width * dpr || this.canvas.height !== view.height * dpr) {
      this.canvas.width = view.width * dpr;
      this.canvas.height = view.height * dpr;
      this.canvas.style.width = `${view.width}px`;
      this.canvas.style.height = `${view.height}px`;
    }
    const ctx = this.canvas.getContext("2d")!;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.clearRect(0, 0, view.width, view.height);
    this.drawLit(ctx, view);
    const { looks, tokens } = this.scene();
    this.stamps.use(tokens, dpr);
    let taken: Box[] = [];
    veiled(ctx, looks.opacity("proposals"), (sheet) => (taken = this.drawProposals(sheet, view)));
    this.drawLabels(ctx, view, taken);
  }

  private drawLit(ctx: CanvasRenderingContext2D, view: View): void {
    const { tokens, hidden } = this.scene();
    const pieces = this.litPieces();
    for (const one of this.lit) {
      const { value, strong, theirs } = one;
      if (hidden.has(value)) continue;
      for (const seen of pieces.get(one) ?? []) {
        const corner = this.tiles.corner(seen.square).subtract([view.left, view.top]);
        ctx.save();
        ctx.beginPath();
        ctx.rect(corner.x, corner.y, TILE, TILE);
        ctx.clip();
        path(ctx, seen, view);
        ctx.lineJoin = ctx.lineCap = "round";
        ctx.strokeStyle = tokens.paper;
        ctx.globalAlpha = 0.9;
        ctx.lineWidth = theirs ? 6 : strong ? 10 : 8;
        ctx.stroke();
        ctx.globalAlpha = 1;
        ctx.strokeStyle = theirs ? tokens.warn : tokens.accent;
        ctx.setLineDash(theirs ? [6, 5] : []);
        ctx.lineWidth = theirs ? 2 : strong ? 5 : 3.5;
        ctx.stroke();
        ctx.restore();
      }
    }
  }

  /** The lines and areas of what is lit, found in one walk through each layer. */
  private litPieces(): Map<Lit, Seen[]> {
    const found = new Map(this.lit.map((one) => [one, [] as Seen[]])), named = new Map<string, Lit[]>();
    for (const one of this.lit) named.set(one.value, [...(named.get(one.value) ?? []), one]);
    for (const layer of new Set(this.lit.map((one) => one.layer))) {
      for (const seen of this.tiles.seen(layer)) {
        if (seen.feature.type === 1) continue;
        for (const key of ["id", "code"]) named.get(text(seen.feature, key))?.forEach((one) => one.layer === layer && one.key === key && found.get(one)!.push(seen));
      }
    }
    return found;
  }

  private drawProposals(ctx: Pen, view: View): Box[] {
    const { tokens, hidden, years } = this.scene();
    const base = byZoom(view.zoom, [[11, 3.2], [15, 5], [16, 7], [17, 9]]);
    const boxes = [];
    const lit = new Set(this.lit.filter((one) => one.layer === "proposals" && !one.theirs).map((one) => one.value));
    const all = anchors(this.tiles.seen("proposals"), view).filter(({ id }) => !hidden.has(id));
    for (const { at: { x, y }, seen: { feature }, id } of all.sort((a, b) => Number(lit.has(a.id)) - Number(lit.has(b.id)))) {
      const r = (feature.type === 1 ? base : base * 0.8) * (lit.has(id) ? 1.3 : 1), pillar = text(feature, "pillar");
      if (lit.has(id)) halo(ctx, tokens, { x, y }, r + 6);
      const look = [pillar, r, text(feature, "state"), years.size && (years.get(id) ?? "other")].join();
      this.stamps.put(ctx, look, x, y, (pen, middle) => drawProposal(pen, tokens, pillar, lookOf(feature, years), middle, middle, r));
      boxes.push({ left: x - r - 2, top: y - r - 2, right: x + r + 2, bottom: y + r + 2 });
    }
    return boxes;
  }

  private drawLabels(ctx: CanvasRenderingContext2D, view: View, taken: Box[]): void {
    const { tokens } = this.scene();
    const labels = place(collectLabels({ tiles: this.tiles, ...view, margin: PAD, measure: (words, style) => this.measure(ctx, words, style) }), taken);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const label of labels) write(ctx, label, tokens);
  }

  /** Width of a name, which is asked again and again while the map moves. */
  private measure(ctx: CanvasRenderingContext2D, words: string, style: LabelStyle): number {
    const key = `${style} ${words}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      ctx.font = font(style, this.scene().tokens);
      this.widths.set(key, (width = ctx.measureText(words).width));
    }
    return width;
  }
}

function font(style: LabelStyle, tokens: Tokens): string {
  const weight = style === "kelurahan" ? 700 : style === "rw" ? 650 : 550;
  return `${style === "water" ? "italic " : ""}${weight} ${SIZES[style]}px ${tokens.font}`;
}

function write(ctx: CanvasRenderingContext2D, label: Label, tokens: Tokens): void {
  ctx.save();
  ctx.translate(Math.round(label.x), Math.round(label.y));
  ctx.rotate(label.angle);
  ctx.font = font(label.style, tokens);
  ctx.strokeStyle = label.style === "water" ? tokens.water : tokens.paper;
  ctx.lineWidth = 3.5;
  ctx.globalAlpha = 0.85;
  ctx.strokeText(label.text, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = label.style === "kelurahan" || label.style === "rw" ? tokens.ink : tokens["ink-2"];
  if (label.style === "water") ctx.fillStyle = tokens.dark ? "#a8cfe2" : "#3f7891";
  ctx.fillText(label.text, 0, 0);
  ctx.restore();
}

function halo(ctx: Pen, tokens: Tokens, at: { x: number; y: number }, r: number): void {
  ctx.beginPath();
  ctx.arc(at.x, at.y, r, 0, 2 * Math.PI);
  ctx.fillStyle = tokens.accent;
  ctx.globalAlpha = 0.28;
  ctx.fill();
  ctx.globalAlpha = 1;
}

function path(ctx: CanvasRenderingContext2D, seen: Seen, view: View): void {
  const dx = seen.left - view.left, dy = seen.top - view.top;
  ctx.beginPath();
  for (const part of seen.feature.parts) {
    for (let i = 0; i < part.length; i += 2) {
      if (i === 0) ctx.moveTo(part[0]! * seen.k + dx, part[1]! * seen.k + dy);
      else ctx.lineTo(part[i]! * seen.k + dx, part[i + 1]! * seen.k + dy);
    }
    if (seen.feature.type === 3) ctx.closePath();
  }
}

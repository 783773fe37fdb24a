// One canvas over the whole view for what must be drawn once: highlights, symbols of points, names.
// It knows nothing about fetching; it reads the features of the squares that are there.
// Idea: what crosses a tile's border is drawn here (as Leaflet's own canvas renderer does), so nothing is cut or doubled.
import * as L from "leaflet";
import { alongLine, lineLength } from "../geometry/plane.ts";
import { TILE, type CanvasTiles, type Scene, type Seen } from "./canvas-tiles.ts";
import { byZoom, text, veiled } from "./frame.ts";
import { collectLabels, SIZES } from "./label-sources.ts";
import { place, type Label, type LabelStyle } from "./labels.ts";
import type { LayerName } from "./layers.ts";
import { lookOf } from "./style-planning.ts";
import { drawAssets, drawProposal } from "./symbols.ts";
import type { Tokens } from "./tokens.ts";

/** theirs: somebody else has it open. */
export interface Lit { layer: LayerName; key: "id" | "code"; value: string; strong: boolean; theirs?: boolean }

const PAD = 120;

interface Box { left: number; top: number; right: number; bottom: number }
interface View { left: number; top: number; width: number; height: number; zoom: number }

export class Overlay extends L.Layer {
  private readonly canvas = L.DomUtil.create("canvas", "map-symbols leaflet-zoom-animated");
  private anchor = L.latLng(0, 0);
  private anchorZoom = 0;
  private scheduled = 0;
  private lit: readonly Lit[] = [];

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
    const { looks } = this.scene();
    veiled(ctx, looks.opacity("assets"), (sheet) => this.drawAssets(sheet, view));
    let taken: Box[] = [];
    veiled(ctx, looks.opacity("proposals"), (sheet) => (taken = this.drawProposals(sheet, view)));
    this.drawLabels(ctx, view, taken);
  }

  private drawLit(ctx: CanvasRenderingContext2D, view: View): void {
    const { tokens, hidden } = this.scene();
    for (const { layer, key, value, strong, theirs } of this.lit) {
      if (hidden.has(value)) continue;
      for (const seen of this.tiles.seen(layer)) {
        if (text(seen.feature, key) !== value || seen.feature.type === 1) continue;
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

  private drawAssets(ctx: CanvasRenderingContext2D, view: View): void {
    if (view.zoom < 16) return;
    const { tokens } = this.scene();
    const r = byZoom(view.zoom, [[16, 2.6], [17, 4], [18, 7.2]]);
    const groups = new Map<string, { x: number; y: number }[]>();
    for (const { at, seen } of anchors(this.tiles.seen("assets"), view, true)) {
      const condition = text(seen.feature, "condition"), group = groups.get(condition);
      if (group) group.push(at);
      else groups.set(condition, [at]);
    }
    for (const [condition, places] of groups) drawAssets(ctx, tokens, condition, places, r);
  }

  private drawProposals(ctx: CanvasRenderingContext2D, view: View): Box[] {
    const { tokens, hidden, years } = this.scene();
    const base = byZoom(view.zoom, [[11, 3.2], [15, 5], [16, 7], [17, 9]]);
    const boxes = [];
    const lit = new Set(this.lit.filter((one) => one.layer === "proposals" && !one.theirs).map((one) => one.value));
    const all = anchors(this.tiles.seen("proposals"), view, false).filter(({ id }) => !hidden.has(id));
    for (const { at, seen, id } of all.sort((a, b) => Number(lit.has(a.id)) - Number(lit.has(b.id)))) {
      const r = (seen.feature.type === 1 ? base : base * 0.8) * (lit.has(id) ? 1.3 : 1);
      if (lit.has(id)) halo(ctx, tokens, at, r + 6);
      drawProposal(ctx, tokens, text(seen.feature, "pillar"), lookOf(seen.feature, years), at.x, at.y, r);
      boxes.push({ left: at.x - r - 2, top: at.y - r - 2, right: at.x + r + 2, bottom: at.y + r + 2 });
    }
    return boxes;
  }

  private drawLabels(ctx: CanvasRenderingContext2D, view: View, taken: Box[]): void {
    const { tokens } = this.scene();
    const measure = (words: string, style: LabelStyle) => {
      ctx.font = font(style, tokens);
      return ctx.measureText(words).width;
    };
    const labels = place(collectLabels({ tiles: this.tiles, ...view, margin: PAD, measure }), taken);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const label of labels) write(ctx, label, tokens);
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

function halo(ctx: CanvasRenderingContext2D, tokens: Tokens, at: { x: number; y: number }, r: number): void {
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

interface Anchor { id: string; at: { x: number; y: number }; seen: Seen; size: number }

/** Where the symbol of each feature stands: the point, or the middle of its largest visible piece. */
function anchors(seenAll: Iterable<Seen>, view: View, pointsOnly: boolean): Anchor[] {
  const best = new Map<string, Anchor>();
  for (const seen of seenAll) {
    if (pointsOnly && seen.feature.type !== 1) continue;
    const id = text(seen.feature, "id");
    const middle = middleOf(seen);
    const at = { x: middle.x * seen.k + seen.left - view.left, y: middle.y * seen.k + seen.top - view.top };
    if (at.x < -20 || at.y < -20 || at.x > view.width + 20 || at.y > view.height + 20) continue;
    if ((best.get(id)?.size ?? -1) < middle.size) best.set(id, { id, at, seen, size: middle.size });
  }
  return [...best.values()];
}

function middleOf(seen: Seen): { x: number; y: number; size: number } {
  let longest = seen.feature.parts[0]!;
  if (seen.feature.type === 1) return { x: longest[0]!, y: longest[1]!, size: 1 };
  for (const part of seen.feature.parts) if (lineLength(part) > lineLength(longest)) longest = part;
  const size = lineLength(longest) * seen.k;
  if (seen.feature.type === 2) return { ...alongLine(longest, size / 2 / seen.k), size };
  let x = 0, y = 0;
  for (let i = 0; i < longest.length; i += 2) {
    x += longest[i]!;
    y += longest[i + 1]!;
  }
  const count = longest.length / 2;
  return { x: x / count, y: y / count, size };
}

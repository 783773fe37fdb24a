// The map of a page: Leaflet, the tiles, the overlay, layer switches, highlight and selection.
// It knows nothing about panels, forms or drawing tools; they speak to it by the methods below.
// Idea: one seam between the pages and the renderer, so that the renderer can change (as umap's rendering folder).
import * as L from "leaflet";
import { CanvasTiles } from "./canvas-tiles.ts";
import { text } from "./frame.ts";
import { isGround, layersOf, type Ground, type LayerName, type SwitchName } from "./layers.ts";
import { Overlay, type Lit } from "./overlay.ts";
import { Looks } from "./looks.ts";
import { hitsAt, type Hit } from "./query.ts";
import { lookOf } from "./style-planning.ts";
import { drawAssets, drawProposal } from "./symbols.ts";
import { TilePainter } from "./tile-painter.ts";
import { TileStore } from "./tile-store.ts";
import { onThemeChange, readTokens, type Tokens } from "./tokens.ts";

export interface MapOptions { container: HTMLElement; bounds: L.LatLngBounds; focus: string | null; credit: string }

const CLICKABLE: readonly LayerName[] = ["proposals", "assets", "slum-areas"];

export class MapView {
  readonly map: L.Map;
  /** What the page is about. */
  readonly area: L.LatLngBounds;
  readonly tiles: CanvasTiles;
  private readonly painter = new TilePainter();
  readonly store = new TileStore("/tiles/", (bytes, layer) => this.painter.decode(bytes, layer));
  private readonly overlay: Overlay;
  private tokens: Tokens = readTokens(document.documentElement);
  private readonly hidden = new Set<string>();
  private readonly looks = new Looks();
  private years: ReadonlyMap<string, number> = new Map();
  private grades: ReadonlyMap<string, string> = new Map();
  private hovered: Lit | null = null;
  private selected: Lit | null = null;
  private gathered: readonly Lit[] = [];
  private theirs: readonly Lit[] = [];
  private readonly grounds = new Map<Ground, Promise<L.GridLayer>>();
  private readonly wanted = new Set<Ground>();

  constructor(options: MapOptions) {
    this.area = options.bounds;
    L.Draggable.mergeOptions({ clickTolerance: 6 });
    this.map = L.map(options.container, {
      zoomControl: false, attributionControl: false, minZoom: 9, maxZoom: 20, zoomSnap: 1, maxBoundsViscosity: 0.6,
      maxBounds: options.bounds.pad(4), bounceAtZoomLimits: false, doubleClickZoom: true,
    });
    L.control.attribution({ prefix: false }).addTo(this.map);
    this.map.createPane("symbols").style.pointerEvents = "none";
    this.map.getPane("symbols")!.style.zIndex = "350";
    const scene = () => ({ tokens: this.tokens, focus: options.focus, hidden: this.hidden, years: this.years, grades: this.grades, looks: this.looks });
    this.tiles = new CanvasTiles(this.store, this.painter, scene, (coords) => this.overlay.reached(coords), { attribution: options.credit });
    this.overlay = new Overlay(this.tiles, scene);
    this.tiles.show("places", true);
  }

  /** Put the layers on the map once its first view is set. */
  start(): void {
    this.tiles.addTo(this.map);
    this.overlay.addTo(this.map);
    this.overlay.fire("add");
    this.map.fire("moveend");
    onThemeChange(() => this.restyle());
    void document.fonts?.ready.then(() => this.overlay.rewrite());
  }

  setSwitch(name: SwitchName, on: boolean): void {
    if (isGround(name)) return void this.setGround(name, on);
    for (const layer of layersOf(name)) this.tiles.show(layer, on);
    this.overlay.schedule();
  }

  setOpacity(name: SwitchName, alpha: number): void {
    if (isGround(name)) return void this.grounds.get(name)?.then((layer) => layer.setOpacity(alpha));
    for (const layer of layersOf(name)) this.looks.setOpacity(layer, alpha);
    this.repaint();
  }

  /** Leave a class of a layer out of the map, or take it back in. */
  setFilter(name: SwitchName, property: string, value: string, on: boolean): void {
    for (const layer of layersOf(name)) this.looks.setFilter(layer, property, value, on);
    this.repaint();
  }

  /** Show only these proposals, and the one that is selected (null: all). */
  setOnly(ids: ReadonlySet<string> | null): void {
    if (!ids && !this.looks.only) return;
    this.looks.only = ids;
    this.repaint();
    this.map.fire("narrowed");
  }

  /** How many things of a layer are in view. */
  count(layer: LayerName): Promise<number> {
    const { x: width, y: height } = this.map.getSize(), { x, y } = this.map.project(this.map.containerPointToLatLng([0, 0]));
    const tiles = [...this.tiles.placed(layer)].map(({ tile: { id }, k, left, top }) => ({ id, k, left: left - x, top: top - y }));
    return this.painter.count({ layer, tiles, width, height, looks: this.looks });
  }

  /** Light an object while it is pointed at (null: nothing). */
  hover(lit: Omit<Lit, "strong"> | null): void {
    if (lit?.layer === this.hovered?.layer && lit?.value === this.hovered?.value) return;
    this.hovered = lit && { ...lit, strong: false };
    this.relight();
  }

  select(lit: Omit<Lit, "strong"> | null): void {
    this.selected = lit && { ...lit, strong: true };
    this.looks.selected = lit?.value ?? "";
    if (this.looks.only) this.repaint();
    this.relight();
  }

  /** Light what is chosen together. */
  gather(layer: LayerName, ids: readonly string[]): void {
    this.gathered = ids.map((value) => ({ layer, key: "id", value, strong: true }));
    this.relight();
  }

  /** Outline proposals that other people have open now. */
  othersHave(ids: readonly string[]): void {
    if (ids.join() === this.theirs.map((one) => one.value).join()) return;
    this.theirs = ids.map((value) => ({ layer: "proposals", key: "id", value, strong: false, theirs: true }));
    this.relight();
  }

  /** Id of the thing of a layer that is lit because something points at it, or "". */
  pointedAt(layer: LayerName): string {
    return this.hovered?.layer === layer ? this.hovered.value : "";
  }

  get selection(): Lit | null {
    return this.selected;
  }

  /** Leave a proposal out of the tiles while it is edited. */
  hide(id: string, hidden: boolean): void {
    if (hidden) this.hidden.add(id);
    else this.hidden.delete(id);
    this.repaint();
  }

  /** Show in which year a plan builds each of its candidates (0: in none); other works fade (empty: no plan). */
  setYears(years: ReadonlyMap<string, number>): void {
    if (years.size === 0 && this.years.size === 0) return;
    this.years = years;
    this.repaint();
  }

  /** Show other slum grades than those on record, by code of the RT (empty: those on record). */
  setGrades(grades: ReadonlyMap<string, string>): void {
    if (grades.size === 0 && this.grades.size === 0) return;
    this.grades = grades;
    this.tiles.redrawAll();
  }

  refresh(layer: LayerName): void {
    this.tiles.refresh(layer);
  }

  /** Proposals as the public may see them, or again as this account may. */
  asPublic(on: boolean): void {
    this.store.credentials = on ? "omit" : "same-origin";
    this.refresh("proposals");
  }

  hits(at: L.LatLng, touch: boolean, layers: readonly LayerName[] = CLICKABLE): Hit[] {
    return hitsAt(this.tiles, this.map, at, layers, touch ? 20 : 8);
  }

  /** The sign that the map has for a proposal or an asset, in the middle of a small canvas. */
  sign(ctx: CanvasRenderingContext2D, hit: Hit, middle: number): void {
    const { tokens, years } = this;
    if (hit.layer === "proposals") drawProposal(ctx, tokens, text(hit, "pillar"), lookOf(hit, years), middle, middle, 9);
    else drawAssets(ctx, tokens, text(hit, "condition"), [{ x: middle, y: middle }], 9);
  }

  private relight(): void {
    this.overlay.light([...this.theirs, ...this.gathered, this.selected, this.hovered].filter((lit): lit is Lit => lit !== null));
  }

  private restyle(): void {
    this.tokens = readTokens(document.documentElement);
    this.repaint();
  }

  private repaint(): void {
    this.tiles.redrawAll();
    this.overlay.schedule();
  }

  private async setGround(name: Ground, on: boolean): Promise<void> {
    if (on) this.wanted.add(name);
    else this.wanted.delete(name);
    this.tiles.show("places", !this.wanted.has("osm"));
    if (on && !this.grounds.has(name)) this.grounds.set(name, this.openGround(name));
    try {
      const layer = await this.grounds.get(name);
      if (this.wanted.has(name)) layer?.addTo(this.map);
      else layer?.remove();
    } catch {
      this.grounds.delete(name);
      this.map.fire("groundfailed", { ground: name });
    }
  }

  private async openGround(name: Ground): Promise<L.GridLayer> {
    if (name === "file") return (await import("./base-file.ts")).fileLayer();
    return (await import("./osm.ts")).osmLayer(() => this.map.fire("groundfailed", { ground: name }));
  }
}

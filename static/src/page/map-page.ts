// What the public map and the workspace share: the map, the panel's fragments, list and map lit together, the address.
// It knows nothing about drawing, saving or what a fragment says.
// Idea: lists are server-rendered and carry ids; one listener on the page links them with the map (no widget per row).
import * as L from "leaflet";
import { MapView } from "../map/map-view.ts";
import type { Hit } from "../map/query.ts";
import { setUpLegend } from "./legend.ts";
import { setUpMenus } from "./menus.ts";
import type { Search } from "./search.ts";
import { isPhone, Sheet, SMALL } from "./sheet.ts";
import { swap, type Quiet } from "./fragments.ts";
import { toast } from "./toast.ts";
import { parseState, writeState } from "./url-state.ts";
import { word } from "./words.ts";

export interface PageOptions {
  /** Address before panel/…: "/" or "/plan/<code>/". */
  base: string;
  focus: string | null;
  /** Name under which the choice of layers is remembered. */
  layers: string;
  /** Fragment of one proposal. */
  card: (id: string) => string;
  /** Fragment shown when nothing is selected. */
  home: () => string;
  /** False while a tool has the map. */
  free: () => boolean;
  /** A proposal pressed with Shift held: chosen beside others. */
  gather?: (id: string) => void;
  /** Another tab, or the same one with another filter, because the address says so. */
  showTab?: (name: string) => void;
  /** Where a proposal has a page of its own instead of a card. */
  go?: (id: string) => void;
}

export class MapPage {
  readonly view: MapView;
  readonly body = document.getElementById("panel-body")!;
  readonly panel = document.getElementById("panel")!;
  readonly sheet: Sheet;
  readonly bounds: L.LatLngBounds;
  selected = "";
  readonly values: Record<string, string> = {};
  /** A link named a work and no place: the work is the place. */
  private isUnplaced = false;
  private legendUsed: Promise<void> | null = null;

  constructor(readonly options: PageOptions) {
    setUpMenus();
    this.bounds = readBounds(document.body.dataset["kelurahanBounds"] ?? "");
    this.view = new MapView({ container: document.getElementById("map")!, bounds: this.bounds, focus: options.focus, credit: word("map.credit") });
    this.sheet = new Sheet(this.panel, document.getElementById("panel-handle"));
    const form = document.getElementById("search");
    if (form instanceof HTMLFormElement) this.readySearch(form);
    setUpLegend(options.layers, (name, on) => this.view.setSwitch(name, on));
    this.place();
    this.view.start();
    this.listen();
  }

  /** The search is a chunk that comes with the first focus; its box takes letters at once, and Enter waits for it. */
  private readySearch(form: HTMLFormElement): void {
    let search: Promise<Search> | null = null;
    const load = (): Promise<Search> => (search ??= import("./search.ts").then((module) => new module.Search(form, this.options.focus ?? "", this.view.map, (found) => {
      if (found.bbox) this.flyTo(found.bbox);
      if (found.proposal) void this.open(found.proposal);
    })));
    const ready = (run?: (one: Search) => unknown): void => void load().then(run, () => {
      search = null;
      toast(word("error.server"), null, 10, "bad");
    });
    form.addEventListener("focusin", () => ready());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ready((one) => one.submit());
    });
  }

  /** Put the keyboard into the search box; false where there is none. */
  focusSearch(): boolean {
    const input = document.querySelector<HTMLInputElement>("#search input");
    input?.focus();
    input?.select();
    return input !== null;
  }

  /** Select a proposal: light it, open its card, write the address. */
  async open(id: string, push = true): Promise<void> {
    if (this.options.go) return this.options.go(id);
    this.mark(id);
    this.sheet.open();
    this.write(push);
    await this.load(this.options.card(id));
    if (this.selected === id) this.reveal();
  }

  /** Bring what the card is about into the part of the map that nothing covers, unless it is there already. */
  reveal(): void {
    const [w, s, e, n] = (this.body.querySelector<HTMLElement>("[data-bounds]")?.dataset["bounds"] ?? "").split(",").map(Number);
    if (n === undefined) return;
    const { map } = this.view;
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = this.padding();
    const size = map.getSize();
    const free = L.bounds([left, top], [size.x - right, size.y - bottom]);
    const shape = L.bounds(map.latLngToContainerPoint([n, w!]), map.latLngToContainerPoint([s!, e!]));
    if (this.isUnplaced) this.flyTo([w!, s!, e!, n], 17, { animate: false });
    else if (!free.contains(shape)) this.flyTo([w!, s!, e!, n], Math.max(map.getZoom(), 16));
    this.isUnplaced = false;
  }

  mark(id: string): void {
    this.selected = id;
    this.view.select(id ? { layer: "proposals", key: "id", value: id } : null);
    this.markRows();
  }

  /** Nothing selected: back to the list. */
  close(push = true): void {
    this.mark("");
    void this.load(this.options.home());
    this.write(push);
  }

  async load(url: string, quiet: Quiet = false): Promise<boolean> {
    const done = await swap(this.body, this.resolve(url), quiet);
    if (done) {
      if (!quiet) this.body.parentElement!.scrollTop = this.panel.scrollTop = 0;
      this.markRows();
    }
    return done;
  }

  resolve(url: string): string {
    return url.startsWith("/") ? url : this.options.base + url;
  }

  flyTo(bbox: readonly number[], maxZoom = 18, options: L.FitBoundsOptions = {}): void {
    const [w, s, e, n] = bbox;
    if ([w, s, e, n].some((value) => value === undefined || Number.isNaN(value))) return;
    this.view.map.fitBounds([[s!, w!], [n!, e!]], { maxZoom, ...this.padding(), ...options });
  }

  /** Room taken by what floats over the map. */
  padding(): { paddingTopLeft: [number, number]; paddingBottomRight: [number, number] } {
    const edge = this.view.map.getContainer().getBoundingClientRect().left;
    const left = Math.max(edge, ...["toolbar", ...(SMALL.matches ? [] : ["legend"])].map((id) => document.getElementById(id)?.getBoundingClientRect().right ?? 0)) - edge + 24;
    if (isPhone()) return { paddingTopLeft: [left, 72], paddingBottomRight: [24, this.panel.offsetHeight + 24] };
    const covered = getComputedStyle(this.panel).position === "absolute" ? this.panel.offsetWidth : 0;
    return { paddingTopLeft: [left, 72], paddingBottomRight: [covered + 48, 64] };
  }

  write(push = false): void {
    const { map } = this.view;
    const center = map.getCenter();
    const hash = writeState(map.getZoom(), center.lat, center.lng, { p: this.selected, ...this.values });
    if (hash === location.hash) return;
    const same = parseState(location.hash).values["p"] === (this.selected || undefined);
    history[push && !same ? "pushState" : "replaceState"](null, "", hash);
  }

  private place(): void {
    const state = parseState(location.hash);
    const { tab = "", f = "", mode = "" } = state.values;
    Object.assign(this.values, { tab, f, mode });
    if (state.values["layers"]) this.wear(state.values);
    this.isUnplaced = state.zoom === null && "p" in state.values;
    if (state.zoom === null) this.placeWhole();
    else this.view.map.setView([state.lat, state.lng], state.zoom, { animate: false });
  }

  /** The whole area in the free part of the map; its rim may hang over, most on a small screen, rather than all be tiny. */
  private placeWhole(): void {
    const { map } = this.view;
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = this.padding();
    map.options.zoomSnap = 0;
    const exact = map.getBoundsZoom(this.bounds, false, L.point(left + right, top + bottom));
    map.options.zoomSnap = 1;
    map.setView(this.bounds.getCenter(), Math.floor(exact + (SMALL.matches ? 0.7 : 0.4)), { animate: false });
    map.panBy([(right - left) / 2, (bottom - top) / 2], { animate: false });
  }

  private listen(): void {
    const { map } = this.view;
    map.on("moveend", () => this.write());
    map.on("click", (event) => this.options.free() && this.click(event));
    if (matchMedia("(hover: hover)").matches) map.on("mousemove", (event) => this.options.free() && this.pointed(event));
    window.addEventListener("popstate", () => this.restore());
    for (const [type, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]] as const) {
      this.panel.addEventListener(type, (event) => this.hoverRow(event.target as Element, on));
    }
    this.panel.addEventListener("click", (event) => this.clickPanel(event));
    this.panel.addEventListener("keydown", (event) => {
      const row = event.target as HTMLElement;
      if (event.key === "Enter" && row.matches("[data-proposal], [data-rt], [data-bbox]") && !row.matches("button, a")) row.click();
    });
    this.panel.addEventListener("submit", (event) => this.filter(event));
    this.panel.addEventListener("change", (event) => this.filter(event));
    const legend = document.getElementById("legend");
    for (const type of ["pointerenter", "focusin"]) legend?.addEventListener(type, () => this.useLegend(), { once: true });
    document.getElementById("share-view")?.addEventListener("click", () => void import("./share-view.ts").then(({ shareView }) => shareView()));
    document.getElementById("locate")?.addEventListener("click", () => void import("./locate.ts").then(({ locate }) => locate(map, this.bounds, () => this.padding())));
    document.getElementById("zoom-in")?.addEventListener("click", () => map.zoomIn());
    document.getElementById("zoom-out")?.addEventListener("click", () => map.zoomOut());
    map.on("groundfailed", (event) => {
      const { ground } = event as unknown as { ground: string };
      document.querySelector<HTMLInputElement>(`input[data-layer=${ground}]:checked`)?.click();
      toast(ground === "osm" ? word("error.osm") : word("error.base_file"), null, 8, "bad");
    });
    let failed = false;
    this.view.tiles.on("tilefailed", () => {
      if (!failed && navigator.onLine) toast(word("error.tiles"), { label: word("action.retry"), run: () => this.view.tiles.redraw() }, 8, "bad");
      failed = true;
      window.setTimeout(() => (failed = false), 20000);
    });
  }

  private useLegend(): void {
    this.legendUsed ??= import("./layer-menu.ts").then(({ setUpLayerMenu }) => setUpLayerMenu(this));
  }

  /** The look that a sent link brings. */
  private wear(values: Readonly<Record<string, string>>): void {
    void import("./layer-menu.ts").then(({ wear }) => wear(this, values));
  }

  private restore(): void {
    const state = parseState(location.hash);
    this.body.dispatchEvent(new CustomEvent("address", { detail: state.values }));
    if (state.zoom !== null) this.view.map.setView([state.lat, state.lng], state.zoom);
    if (state.values["layers"]) this.wear(state.values);
    const id = state.values["p"] ?? "", { tab = "", f = "" } = state.values;
    this.isUnplaced = state.zoom === null && id !== "";
    if (!id && (tab !== this.values["tab"] || f !== this.values["f"])) {
      this.values["f"] = f;
      this.options.showTab?.(tab || "proposals");
    }
    if (id !== this.selected) {
      if (id) void this.open(id, false);
      else this.close(false);
    } else if (this.isUnplaced) this.reveal();
  }

  private click(event: L.LeafletMouseEvent): void {
    const touch = event.originalEvent instanceof PointerEvent && event.originalEvent.pointerType === "touch";
    const hits = this.view.hits(event.latlng, touch, ["proposals"]);
    if (hits.length === 0) {
      if (event.originalEvent.shiftKey) return;
      if (this.selected) this.close();
      const other = this.view.hits(event.latlng, touch, this.options.layers === "public" ? ["assets"] : ["slum-areas"])[0];
      this.body.dispatchEvent(new CustomEvent("map-empty-click", { bubbles: true, detail: other ? { ...other, at: event.latlng } : null }));
      return;
    }
    if (event.originalEvent.shiftKey && this.options.gather) return this.options.gather(hits[0]!.id);
    void this.oneOf(hits, event.latlng, touch).then((hit) => hit && this.open(hit.id));
  }

  /** One of the things under a press; null if the person chose none. */
  async oneOf(hits: readonly Hit[], at: L.LatLng, touch: boolean): Promise<Hit | null> {
    return hits.length > 1 ? (await import("./here.ts")).oneOf(this.view, hits, at, touch) : hits[0]!;
  }

  private pointed(event: L.LeafletMouseEvent): void {
    if (event.originalEvent.buttons !== 0) return; // the map is dragged, or a loop drawn
    const id = this.view.hits(event.latlng, false, ["proposals"])[0]?.id;
    this.view.map.getContainer().classList.toggle("is-over", id !== undefined);
    this.view.hover(id ? { layer: "proposals", key: "id", value: id } : null);
    this.lightRows(id ?? "");
  }

  private lightRows(id: string): void {
    for (const row of this.panel.querySelectorAll<HTMLElement>("[data-proposal]")) row.classList.toggle("is-lit", id !== "" && row.dataset["proposal"] === id);
  }

  private markRows(): void {
    for (const row of this.panel.querySelectorAll<HTMLElement>("[data-proposal]")) {
      if (row.dataset["proposal"] === this.selected) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  private hoverRow(target: Element, on: boolean): void {
    const row = target.closest<HTMLElement>("[data-proposal], [data-rt]");
    if (!row) return;
    const id = row.dataset["proposal"], rt = row.dataset["rt"];
    if (!on) this.view.hover(null);
    else if (id) this.view.hover({ layer: "proposals", key: "id", value: id });
    else if (rt) this.view.hover({ layer: "slum-areas", key: "code", value: rt });
  }

  private clickPanel(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const link = target.closest<HTMLElement>("[data-panel]");
    if (link) {
      event.preventDefault();
      const url = link.dataset["panel"] || this.options.home();
      const card = /^panel\/proposals\/([\w-]+)$/.exec(url)?.[1];
      if (card) return void this.open(card);
      if (this.isHome(url)) {
        this.mark("");
        this.values["f"] = url.split("?")[1] ?? "";
      }
      void this.load(this.resolve(url).split("?")[0] === "/panel/summary" ? this.options.home() : url);
      this.write(true);
      return;
    }
    const row = target.closest<HTMLElement>("[data-proposal], [data-rt], [data-bbox]");
    const inner = target.closest("a, button, summary, input, select, label, textarea");
    const title = inner?.matches("a.row-title") && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (!row || (inner && inner !== row && !title)) return;
    if (title) event.preventDefault();
    const { proposal, rt, bbox } = row.dataset;
    if (bbox) this.flyTo(bbox.split(",").map(Number));
    if (proposal) void this.open(proposal);
    else if (rt) void this.load(`panel/slums/${encodeURIComponent(rt)}`);
  }

  /** Whether an address is that of the list behind the cards, whatever it asks for. */
  private isHome(url: string): boolean {
    return this.resolve(url).split("?")[0] === this.resolve(this.options.home()).split("?")[0];
  }

  private filter(event: Event): void {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-panel-form]");
    if (!form) return;
    event.preventDefault();
    const query = new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== ""));
    const action = form.getAttribute("action") ?? this.options.home();
    if (this.isHome(action)) {
      this.values["f"] = String(query);
      this.write();
    }
    void this.load(`${action}?${query}`);
  }
}

function readBounds(text: string): L.LatLngBounds {
  const [w = 95, s = -11, e = 141, n = 6] = text.split(",").map(Number);
  return L.latLngBounds([s, w], [n, e]);
}

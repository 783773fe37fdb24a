// Editing the corners of a finished shape: handles on corners, middles that become corners, removal.
// It knows nothing about proposals or saving; it hands out the new shape after each change.
// Idea: moving corners and moving the shape are two tools, so that nothing is shoved by accident (umap #1206).
import * as L from "leaflet";
import type { Position } from "../geometry/geodesy.ts";
import { word } from "../page/words.ts";
import { describe } from "./describe.ts";
import { GAP, isTooFar, MOST_HANDLES, spaced } from "./handle-choice.ts";
import { ShapeTool, type EditEvents } from "./shape-tool.ts";
import { insertCorner, midpoints, moveCorner, removeCorner, type Corner, type Shape } from "./shape.ts";
import type { Sketch } from "./sketch.ts";
import type { Snapper } from "./snapper.ts";

const nameOf = (corner: Corner): string => `${corner.part}/${corner.index}`;
const latlng = (point: Position): L.LatLng => L.latLng(point[1], point[0]);

export class CornerTool extends ShapeTool {
  private readonly handles = L.layerGroup();
  private focused: Corner | null = null;
  /** At which zoom the handles were made. */
  private zoom = 0;
  /** Beside which place it is said that the map is too far away; null: it is near enough. */
  private farFrom: Position | null = null;

  constructor(private readonly map: L.Map, private readonly sketch: Sketch, private readonly snapper: Snapper, shape: Shape, events: EditEvents) {
    super(shape, events);
    this.handles.addTo(map);
    map.on("moveend", this.moved, this).on("move", this.sayCrossing, this).on("click", this.chooseNone, this);
    this.redraw();
  }

  stop(): void {
    this.map.off("moveend", this.moved, this).off("move", this.sayCrossing, this).off("click", this.chooseNone, this);
    this.handles.remove();
    this.sketch.clear();
  }

  override removeFocused(): boolean {
    if (!this.focused) return false;
    this.remove(this.focused);
    return true;
  }

  override get hasCorner(): boolean {
    return this.focused !== null;
  }

  private chooseNone(): void {
    this.choose(null);
  }

  /** The corner that keys, bar and bin are about; it shows. */
  private choose(corner: Corner | null): void {
    this.focused = corner;
    for (const handle of document.querySelectorAll<HTMLElement>(".handle[data-corner]")) handle.classList.toggle("is-chosen", corner !== null && handle.dataset["corner"] === nameOf(corner));
    this.events.steps();
  }

  private remove(corner: Corner): void {
    const shape = removeCorner(this.shape, corner);
    if (!shape) return this.events.refused(word("edit.too_few"));
    const left = shape.parts[corner.part]!.length;
    this.focused = null;
    this.change(shape);
    this.focusHandle({ part: corner.part, index: Math.min(corner.index, left - 1) });
  }

  protected redraw(): void {
    if (this.focused && !this.shape.parts[this.focused.part]?.[this.focused.index]) this.focused = null;
    this.sketch.show(this.shape, false);
    this.sketch.spot(null);
    this.handlesAgain();
    this.sayCrossing();
  }

  /** Beside the corner to mend, also while the map moves under it. */
  private sayCrossing(): void {
    const { warning, crossing } = describe(this.shape, this.map);
    const place = crossing ?? (warning ? null : this.farFrom);
    this.sketch.say("", warning || (this.farFrom ? word("edit.nearer") : ""), place && this.map.latLngToContainerPoint(latlng(place)), warning !== "");
  }

  /** Only another zoom or a shape of many corners shows others after a move; handles made anew would take the keyboard's place away. */
  private moved(): void {
    const corners = this.shape.parts.reduce((sum, points) => sum + points.length, 0);
    if (corners <= MOST_HANDLES && this.zoom === this.map.getZoom()) return;
    const focused = document.activeElement?.closest(".handle") ? this.focused : null;
    this.handlesAgain();
    this.sayCrossing();
    if (focused) this.focusHandle(focused);
  }

  private handlesAgain(): void {
    this.handles.clearLayers();
    this.zoom = this.map.getZoom();
    const size = this.map.getSize(), middle = size.divideBy(2), view = L.bounds([0, 0], size);
    const near = <T extends Corner & { at: Position }>(all: readonly T[]) => all
      .map((one) => ({ ...one, ...this.pixel(one.at) }))
      .sort((a, b) => Math.hypot(a.x - middle.x, a.y - middle.y) - Math.hypot(b.x - middle.x, b.y - middle.y));
    const corners = near(this.shape.parts.flatMap((points, part) => points.map((at, index) => ({ part, index, at }))));
    this.farFrom = isTooFar(corners.filter(({ x, y }) => view.contains([x, y]))) ? corners[0]!.at : null;
    const chosen = corners.filter((corner) => this.focused !== null && nameOf(corner) === nameOf(this.focused));
    const middles = this.farFrom ? [] : spaced(near(midpoints(this.shape).filter((one) => this.hasRoom(one))));
    for (const one of middles) this.handles.addLayer(this.handle(one, one.at, true));
    for (const one of this.farFrom ? chosen : spaced([...chosen, ...corners])) this.handles.addLayer(this.handle(one, one.at, false));
  }

  private pixel(at: Position): { x: number; y: number } {
    const { x, y } = this.map.latLngToContainerPoint(latlng(at));
    return { x, y };
  }

  /** The middle of an edge is not upon its ends. */
  private hasRoom({ part, index, at }: Corner & { at: Position }): boolean {
    const end = this.pixel(this.shape.parts[part]![index - 1]!), middle = this.pixel(at);
    return Math.hypot(middle.x - end.x, middle.y - end.y) >= GAP;
  }

  private handle(corner: Corner, at: Position, middle: boolean): L.Marker {
    const title = word(middle ? "edit.middle" : "edit.corner", { n: corner.index + 1 });
    const marker = L.marker(latlng(at), {
      pane: "markerPane", draggable: true, keyboard: !middle, alt: title, title: middle ? "" : title, autoPanOnFocus: false,
      icon: L.divIcon({ className: middle ? "handle is-middle" : "handle", iconSize: [44, 44], html: "<i></i>" }),
      zIndexOffset: middle ? 0 : 500,
    });
    let base = this.shape;
    marker.on("dragstart", () => (base = middle ? insertCorner(this.shape, corner, at) : this.shape));
    marker.on("drag", () => this.dragged(marker, base, corner));
    marker.on("dragend", () => {
      const to = marker.getLatLng();
      this.focused = corner;
      this.change(moveCorner(base, corner, [to.lng, to.lat]));
      this.focusHandle(corner);
    });
    marker.on("contextmenu", () => !middle && this.remove(corner));
    marker.on("add", () => this.listenKeys(marker, corner, middle));
    marker.on("click", () => {
      if (middle) this.change(insertCorner(this.shape, corner, at));
      this.focusHandle(corner);
    });
    return marker;
  }

  private listenKeys(marker: L.Marker, corner: Corner, middle: boolean): void {
    const element = marker.getElement()!;
    if (middle) return;
    element.dataset["corner"] = nameOf(corner);
    element.classList.toggle("is-chosen", this.focused !== null && nameOf(this.focused) === nameOf(corner));
    element.addEventListener("focus", () => this.choose(corner));
    element.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      const far = event.shiftKey ? 10 : 1;
      const point = this.map.latLngToContainerPoint(marker.getLatLng()).add([way[0]! * far, way[1]! * far]);
      const to = this.map.containerPointToLatLng(point);
      this.change(moveCorner(this.shape, corner, [to.lng, to.lat]));
      this.focusHandle(corner);
    });
  }

  private focusHandle(corner: Corner): void {
    document.querySelector<HTMLElement>(`.handle[data-corner="${nameOf(corner)}"]`)?.focus({ preventScroll: true });
  }

  private dragged(marker: L.Marker, base: Shape, corner: Corner): void {
    const others = base.parts.map((points, part) => points.filter((_, i) => part !== corner.part || Math.abs(i - corner.index) > 1).map(latlng));
    const spot = this.snapper.find(marker.getLatLng(), others);
    if (spot.snap) marker.setLatLng(spot.latlng);
    const moved = moveCorner(base, corner, [spot.latlng.lng, spot.latlng.lat]);
    const words = describe(moved, this.map);
    this.sketch.show(moved, false);
    this.events.moving?.(moved);
    this.sketch.spot(spot);
    this.sketch.say(words.main, words.warning || spot.words, this.map.latLngToContainerPoint(spot.latlng), words.warning !== "");
  }
}

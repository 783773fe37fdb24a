// Moving and turning a finished shape as a whole: by pulling it, by its round handle, by the arrow keys.
// It knows nothing about proposals or saving; it hands out the new shape after each change.
// Idea: the map is the grip, so no one must hit a thin line; the handle above the shape turns it about its middle.
import * as L from "leaflet";
import { number, word } from "../page/words.ts";
import { ARROWS, prefersHair } from "./crosshair.ts";
import { boundsOf, pivot, rotate, translate, type Shape } from "./shape.ts";
import { ShapeTool, type EditEvents } from "./shape-tool.ts";
import type { Sketch } from "./sketch.ts";

/** The handle stands so far (px) above the shape. */
const ABOVE = 36;

export class MoveTool extends ShapeTool {
  private readonly handle: L.Marker | null;
  private readonly container: HTMLElement;

  constructor(private readonly map: L.Map, private readonly sketch: Sketch, shape: Shape, events: EditEvents) {
    super(shape, events);
    this.container = map.getContainer();
    this.container.classList.add("is-moving");
    this.container.addEventListener("pointerdown", this.grab, true);
    this.container.addEventListener("keydown", this.key, true);
    this.handle = shape.parts.flat().length > 1 ? this.turner() : null;
    map.on("move zoomend", this.redraw, this);
    this.redraw();
    this.container.focus({ preventScroll: true });
  }

  stop(): void {
    this.map.off("move zoomend", this.redraw, this);
    this.container.removeEventListener("pointerdown", this.grab, true);
    this.container.removeEventListener("keydown", this.key, true);
    this.container.classList.remove("is-moving");
    this.handle?.remove();
    this.sketch.clear();
  }

  protected redraw(): void {
    this.sketch.show(this.shape, false);
    const grip = this.grip();
    this.sketch.say("", word(this.handle ? "move.hint" : "move.hint_point"), prefersHair() ? null : this.map.latLngToContainerPoint(grip));
    this.handle?.setLatLng(grip);
  }

  private grip(): L.LatLng {
    const [west, , east, north] = boundsOf(this.shape)!;
    const top = this.map.latLngToContainerPoint([north!, (west! + east!) / 2]);
    return this.map.containerPointToLatLng(top.subtract([0, ABOVE]));
  }

  private turner(): L.Marker {
    const title = word("move.turn");
    const marker = L.marker(this.grip(), {
      pane: "markerPane", draggable: true, keyboard: true, alt: title, title, autoPanOnFocus: false,
      icon: L.divIcon({ className: "handle is-turner", iconSize: [44, 44], html: "<i></i>" }),
    });
    let base = this.shape, from = 0, turned = 0;
    const heading = () => {
      const [lng, lat] = pivot(base);
      const middle = this.map.latLngToContainerPoint([lat, lng]), at = this.map.latLngToContainerPoint(marker.getLatLng());
      return (Math.atan2(at.x - middle.x, middle.y - at.y) * 180) / Math.PI;
    };
    marker.on("dragstart", () => {
      base = this.shape;
      from = heading();
    });
    marker.on("drag", () => {
      turned = ((heading() - from + 540) % 360) - 180;
      this.sketch.show(rotate(base, turned), false);
      this.events.moving?.(rotate(base, turned));
      this.sketch.say(`${number(turned)}°`, "", this.map.latLngToContainerPoint(marker.getLatLng()));
    });
    marker.on("dragend", () => this.change(rotate(base, turned)));
    return marker.addTo(this.map);
  }

  /** Arrows move by 1 px, on the handle they turn by 1°; with Shift by 10 px or 15°. */
  private readonly key = (event: KeyboardEvent): void => {
    const way = ARROWS[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.target === this.handle?.getElement()) return this.change(rotate(this.shape, (way[0] + way[1]) * (event.shiftKey ? 15 : 1)));
    const far = event.shiftKey ? 10 : 1;
    const from = this.map.containerPointToLatLng([0, 0]), to = this.map.containerPointToLatLng([way[0] * far, way[1] * far]);
    this.change(translate(this.shape, to.lng - from.lng, to.lat - from.lat));
  };

  /** Press and pull anywhere: the whole shape follows. */
  private readonly grab = (event: PointerEvent): void => {
    if ((event.target as Element).closest(".leaflet-control, .handle") || event.button > 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.map.dragging.disable();
    const from = this.map.mouseEventToLatLng(event), base = this.shape;
    let moved = base;
    const pull = (next: PointerEvent) => {
      const to = this.map.mouseEventToLatLng(next);
      moved = translate(base, to.lng - from.lng, to.lat - from.lat);
      this.sketch.show(moved, false);
      this.events.moving?.(moved);
    };
    const drop = () => {
      window.removeEventListener("pointermove", pull);
      this.map.dragging.enable();
      if (moved !== base) this.change(moved);
    };
    window.addEventListener("pointermove", pull);
    window.addEventListener("pointerup", drop, { once: true });
    window.addEventListener("pointercancel", drop, { once: true });
  };
}

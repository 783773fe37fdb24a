// Drawing a point, line or area: by mouse on the map, or on touch by a fixed cross-hair and the bar's buttons.
// It knows nothing about proposals; it hands out the shape after each corner and when it is finished.
// Idea: click adds, a click on the last corner (so also a double click) ends, on the first closes; nothing is drawn blind under a finger.
import * as L from "leaflet";
import type { Position } from "../geometry/geodesy.ts";
import type { Aim, Aimed } from "./aim.ts";
import { crossHairPlace } from "./crosshair.ts";
import { Steps } from "./history.ts";
import { isComplete, least, shapeOf, type Kind, type Shape } from "./shape.ts";
import { word } from "../page/words.ts";
import { describe } from "./describe.ts";
import type { Sketch } from "./sketch.ts";
import type { Held } from "./typed.ts";

export interface DrawEvents {
  /** After each corner and when the pointer rests: the shape as it would be. */
  changed: (shape: Shape, settled: boolean) => void;
  finished: (shape: Shape) => void;
  steps: () => void;
}

/** The corners after each press: what undo steps through, also once the shape was finished. */
export type Corners = Steps<readonly L.LatLng[]>;

const SAME_SPOT = 6;

/** As if each corner had been set by hand. */
export function cornersOf(points: readonly Position[]): Corners {
  const corners = points.map(([lng, lat]) => L.latLng(lat, lng));
  const steps: Corners = new Steps<readonly L.LatLng[]>([]);
  corners.forEach((_, i) => steps.push(corners.slice(0, i + 1)));
  return steps;
}

export class DrawTool {
  private pointer: L.LatLng | null = null;
  private frame = 0;
  private resting = 0;

  constructor(private readonly map: L.Map, private readonly sketch: Sketch, readonly aim: Aim,
    readonly kind: Kind, private byHair: boolean, private readonly events: DrawEvents, readonly steps: Corners, private readonly measuring = false) {
    map.on("click", this.click, this);
    this.follow(byHair);
    this.redraw();
  }

  /** What leads the line: the fixed cross-hair, or the pointer. */
  follow(hair: boolean): void {
    this.byHair = hair;
    this.map.off("mousemove move", this.move, this).on(hair ? "move" : "mousemove", this.move, this);
    if (hair) this.move();
  }

  stop(): void {
    this.map.off("click", this.click, this).off("mousemove move", this.move, this);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
    this.aim.free();
    this.sketch.clear();
  }

  get corners(): readonly L.LatLng[] {
    return this.steps.now;
  }

  /** What is drawn so far. */
  get drawn(): Shape {
    return this.shape(this.corners);
  }

  get canUndo(): boolean {
    return this.steps.canUndo;
  }

  get canRedo(): boolean {
    return this.steps.canRedo;
  }

  /** Corner where the cross-hair stands. */
  addAtHair(): void {
    this.add(this.aim.at(crossHairPlace(this.map), this.corners));
  }

  undo(): boolean {
    return this.step(this.steps.undo());
  }

  redo(): boolean {
    const done = this.step(this.steps.redo());
    if (done && this.kind === "point") this.finish();
    return done;
  }

  finish(): boolean {
    const shape = this.shape(this.corners);
    if (!isComplete(shape)) return false;
    this.events.finished(shape);
    return true;
  }

  /** Length and bearing of the next segment, shown but not yet set; null: the pointer decides again. */
  hold(held: Held | null): void {
    if (held) this.aim.held = held;
    else this.aim.free();
    this.redraw();
    this.restLater();
  }

  /** Set the next corner at that length, or hold its bearing for the next press; a word if it cannot be. */
  segment(held: Held): "typed.no_start" | "typed.no_direction" | null {
    const last = this.corners.at(-1);
    if (!last || this.kind === "point") return "typed.no_start";
    this.hold(held);
    if (held.length === null) return null;
    const towards = this.pointer ?? last;
    if (held.bearing === null && this.near(towards, last)) return "typed.no_direction";
    this.add(this.aim.at(towards, this.corners));
    return null;
  }

  /** Set a corner at exactly that place, and show it. */
  place([lng, lat]: Position): void {
    const at = L.latLng(lat, lng);
    if (!this.map.getBounds().pad(-0.1).contains(at)) this.map.panTo(at, { animate: false });
    this.add({ spot: { latlng: at, snap: null, words: "" }, via: [] });
  }

  /** A whole shape instead of what is drawn: one step if it is one line or ring, else it is finished at once. True: still drawing. */
  replace(shape: Shape): boolean {
    const [part, more] = shape.parts;
    if (shape.kind === "point" || more || !part) {
      this.events.finished(shape);
      return false;
    }
    const points = part.map(([lng, lat]) => L.latLng(lat, lng));
    this.map.fitBounds(L.latLngBounds(points).pad(0.3), { animate: false, maxZoom: Math.max(18, this.map.getZoom()) });
    this.push(points);
    return true;
  }

  private push(points: readonly L.LatLng[]): void {
    this.steps.push(points);
    this.redraw();
    this.events.changed(this.shape(points), true);
    this.events.steps();
  }

  private step(points: readonly L.LatLng[] | null): boolean {
    if (!points) return false;
    this.redraw();
    this.events.changed(this.shape(points), true);
    this.events.steps();
    return true;
  }

  private click(event: L.LeafletMouseEvent): void {
    if (this.byHair) return;
    this.pointer = event.latlng;
    this.add(this.aim.at(event.latlng, this.corners));
  }

  /** A press there closes the ring: of an area, or of what is measured. */
  private closes(at: L.LatLng): boolean {
    return (this.kind === "polygon" || this.measuring) && this.corners.length >= least("polygon") && this.near(at, this.corners[0]);
  }

  private ring(): Shape {
    return { ...this.drawn, kind: "polygon" };
  }

  private near(a: L.LatLng, b: L.LatLng | undefined): boolean {
    return b !== undefined && this.map.latLngToContainerPoint(a).distanceTo(this.map.latLngToContainerPoint(b)) < SAME_SPOT;
  }

  private add({ spot, via }: Aimed): void {
    const points = this.corners;
    const enough = points.length >= least(this.kind);
    if (this.near(spot.latlng, points.at(-1))) {
      if (enough && this.aim.held.length === null) this.finish();
      return;
    }
    if (this.closes(spot.latlng)) {
      if (this.measuring) this.events.finished(this.ring());
      else this.finish();
      return;
    }
    if (spot.snap && this.byHair) navigator.vibrate?.(12);
    this.aim.free();
    this.push([...points, ...via, spot.latlng]);
    if (this.kind === "point") this.finish();
  }

  private move(event?: L.LeafletEvent): void {
    this.pointer = this.byHair ? crossHairPlace(this.map) : (event as L.LeafletMouseEvent).latlng;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.redraw();
    });
    this.restLater();
  }

  private restLater(): void {
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.rest(), 180);
  }

  /** The pointer rests: show the figures of the shape with a corner here. */
  private rest(): void {
    if (!this.pointer || this.kind === "point" || this.corners.length === 0) return;
    const { spot, via } = this.aim.at(this.pointer, this.corners);
    const shape = this.shape([...this.corners, ...via, spot.latlng]);
    if (isComplete(shape)) this.events.changed(shape, false);
  }

  private shape(points: readonly L.LatLng[]): Shape {
    return shapeOf(this.kind, points.map((point) => [point.lng, point.lat] as const));
  }

  redraw(): void {
    const fixed = this.corners;
    this.sketch.show(fixed.length > 0 ? this.shape(fixed) : null);
    if (!this.pointer) return this.sketch.say("", this.hint(), null);
    const { spot, via } = this.aim.at(this.pointer, fixed);
    this.sketch.spot(spot);
    const last = fixed.at(-1);
    const close = this.kind === "polygon" && fixed.length > 1 ? [fixed[0]!] : [];
    this.sketch.stretch(last ? [last, ...via, spot.latlng, ...close] : []);
    const words = describe(this.measuring && this.closes(spot.latlng) ? this.ring() : this.shape([...fixed, ...via, spot.latlng]), this.map);
    const at = this.byHair ? null : this.map.latLngToContainerPoint(this.pointer);
    this.sketch.say(words.main || (spot.words && this.hint()), words.warning || spot.words || this.hint(), at, words.warning !== "");
    document.getElementById("crosshair")?.classList.toggle("is-snapped", spot.snap !== null);
  }

  private hint(): string {
    if (this.measuring && !this.byHair && this.corners.length >= least("polygon")) return word("measure.hint");
    return describe.hint(this.kind, this.corners.length, this.byHair, this.map.getZoom());
  }
}

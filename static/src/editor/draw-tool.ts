// Drawing a point, line or area: by mouse on the map, or on touch by a fixed cross-hair and the bar's buttons.
// It knows nothing about proposals; it hands out the shape after each corner and when it is finished.
// Idea: click adds, a click on the last corner (so also a double click) ends, on the first closes; nothing is drawn blind under a finger.
import * as L from "leaflet";
import { crossHairPlace } from "./crosshair.ts";
import { Steps } from "./history.ts";
import { isComplete, least, shapeOf, type Kind, type Shape } from "./shape.ts";
import { describe } from "./describe.ts";
import type { Sketch } from "./sketch.ts";
import type { Snapper, Spot } from "./snapper.ts";

export interface DrawEvents {
  /** After each corner and when the pointer rests: the shape as it would be. */
  changed: (shape: Shape, settled: boolean) => void;
  finished: (shape: Shape) => void;
  steps: () => void;
}

const SAME_SPOT = 6;

export class DrawTool {
  private steps = new Steps<readonly L.LatLng[]>([]);
  private pointer: L.LatLng | null = null;
  private frame = 0;
  private resting = 0;

  constructor(private readonly map: L.Map, private readonly sketch: Sketch, private readonly snapper: Snapper,
    readonly kind: Kind, private byHair: boolean, private readonly events: DrawEvents) {
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
    this.sketch.clear();
  }

  get corners(): readonly L.LatLng[] {
    return this.steps.now;
  }

  get canUndo(): boolean {
    return this.steps.canUndo;
  }

  get canRedo(): boolean {
    return this.steps.canRedo;
  }

  /** Corner where the cross-hair stands. */
  addAtHair(): void {
    const place = crossHairPlace(this.map);
    this.add(this.snapper.find(place, [this.corners]));
  }

  undo(): boolean {
    return this.step(this.steps.undo());
  }

  redo(): boolean {
    return this.step(this.steps.redo());
  }

  finish(): boolean {
    const shape = this.shape(this.corners);
    if (!isComplete(shape)) return false;
    this.events.finished(shape);
    return true;
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
    this.add(this.snapper.find(event.latlng, [this.corners]));
  }

  private near(a: L.LatLng, b: L.LatLng | undefined): boolean {
    return b !== undefined && this.map.latLngToContainerPoint(a).distanceTo(this.map.latLngToContainerPoint(b)) < SAME_SPOT;
  }

  private add(spot: Spot): void {
    const points = this.corners;
    const enough = points.length >= least(this.kind);
    if (this.near(spot.latlng, points.at(-1))) {
      if (enough) this.finish();
      return;
    }
    if (this.kind === "polygon" && enough && this.near(spot.latlng, points[0])) {
      this.finish();
      return;
    }
    this.steps.push([...points, spot.latlng]);
    if (spot.snap && this.byHair) navigator.vibrate?.(12);
    this.redraw();
    this.events.changed(this.shape(this.corners), true);
    this.events.steps();
    if (this.kind === "point") this.finish();
  }

  private move(event?: L.LeafletEvent): void {
    this.pointer = this.byHair ? crossHairPlace(this.map) : (event as L.LeafletMouseEvent).latlng;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.redraw();
    });
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.rest(), 180);
  }

  /** The pointer rests: show the figures of the shape with a corner here. */
  private rest(): void {
    if (!this.pointer || this.kind === "point" || this.corners.length === 0) return;
    const shape = this.shape([...this.corners, this.snapper.find(this.pointer, [this.corners]).latlng]);
    if (isComplete(shape)) this.events.changed(shape, false);
  }

  private shape(points: readonly L.LatLng[]): Shape {
    return shapeOf(this.kind, points.map((point) => [point.lng, point.lat] as const));
  }

  private redraw(): void {
    const fixed = this.corners;
    this.sketch.show(fixed.length > 0 ? this.shape(fixed) : null);
    if (!this.pointer) return this.sketch.say("", this.hint(), null);
    const spot = this.snapper.find(this.pointer, [fixed]);
    this.sketch.spot(spot);
    const last = fixed.at(-1);
    const close = this.kind === "polygon" && fixed.length > 1 ? [fixed[0]!] : [];
    this.sketch.stretch(last ? [last, spot.latlng, ...close] : []);
    const words = describe(this.shape([...fixed, spot.latlng]), this.map);
    const at = this.byHair ? null : this.map.latLngToContainerPoint(this.pointer);
    this.sketch.say(words.main, words.warning || spot.words || this.hint(), at, words.warning !== "");
    document.getElementById("crosshair")?.classList.toggle("is-snapped", spot.snap !== null);
  }

  private hint(): string {
    return describe.hint(this.kind, this.corners.length, this.byHair);
  }
}

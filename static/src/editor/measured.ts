// The measure that was taken last, left on the map with its figure until the next tool or Escape.
// It knows nothing about how it was drawn.
// Idea: a figure that goes with the last click has to be measured twice; this one moves with the map.
import type * as L from "leaflet";
import { word } from "../page/words.ts";
import { prefersHair } from "./crosshair.ts";
import { describeMeasure } from "./describe.ts";
import type { Shape } from "./shape.ts";
import { Sketch } from "./sketch.ts";

export class Measured {
  private sketch: Sketch | null = null;
  private shape: Shape | null = null;

  constructor(private readonly map: L.Map) {}

  get shown(): boolean {
    return this.shape !== null;
  }

  show(shape: Shape): void {
    this.shape = shape;
    this.sketch ??= new Sketch(this.map);
    this.sketch.show(shape);
    this.map.on("move zoomend", this.say, this);
    this.say();
  }

  clear(): void {
    if (!this.shown) return;
    this.shape = null;
    this.map.off("move zoomend", this.say, this);
    this.sketch?.clear();
  }

  private say(): void {
    const last = this.shape?.parts[0]?.at(-1);
    if (last) this.sketch?.say(describeMeasure(this.shape!), prefersHair() ? "" : word("measure.stays"), this.map.latLngToContainerPoint([last[1], last[0]]));
  }
}

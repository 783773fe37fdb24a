// Choosing one place on the map: by a click, or by the cross-hair and the bar's button; what would happen there shows before.
// It knows nothing about what is chosen.
// Idea: split and join need the same thing, one well aimed press.
import type * as L from "leaflet";
import { crossHairPlace } from "./crosshair.ts";

export interface PickEvents {
  /** The pointer or the cross-hair stands here. */
  look: (at: L.LatLng) => void;
  press: (at: L.LatLng) => void;
  /** The tool is put down. */
  left: () => void;
}

export class PickTool {
  constructor(private readonly map: L.Map, private byHair: boolean, private readonly events: PickEvents) {
    map.on("click", this.click, this);
    this.follow(byHair);
  }

  follow(hair: boolean): void {
    this.byHair = hair;
    this.map.off("mousemove move", this.move, this).on(hair ? "move" : "mousemove", this.move, this);
    if (hair) this.move();
  }

  stop(): void {
    this.map.off("click", this.click, this).off("mousemove move", this.move, this);
    this.events.left();
  }

  addAtHair(): void {
    this.events.press(crossHairPlace(this.map));
  }

  private click(event: L.LeafletMouseEvent): void {
    if (!this.byHair) this.events.press(event.latlng);
  }

  private move(event?: L.LeafletEvent): void {
    this.events.look(this.byHair ? crossHairPlace(this.map) : (event as L.LeafletMouseEvent).latlng);
  }
}

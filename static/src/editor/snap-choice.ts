// What snaps, as a person chose it on this device: all or nothing, and which sorts of things.
// It knows nothing about the map or the menu that changes it.
// Idea: one object that menu and snapper share, so that a choice holds for the next move of the pointer.
import type { LayerName } from "../map/layers.ts";

const ON = "snapping", OFF = "snapping.off";

/** Sorts as the menu names them, and the layers of each. */
const SORTS: Readonly<Record<string, readonly LayerName[]>> = {
  proposals: ["proposals"], assets: ["assets"], roads: ["roads"], water: ["waterways"], buildings: ["buildings"],
  borders: ["rt", "rw", "kelurahan"], slums: ["slum-areas"],
};

class SnapChoice {
  on = localStorage.getItem(ON) !== "off";
  private readonly off = new Set((localStorage.getItem(OFF) ?? "").split(" ").filter(Boolean));

  toggle(): boolean {
    this.on = !this.on;
    localStorage.setItem(ON, this.on ? "on" : "off");
    return this.on;
  }

  has(sort: string): boolean {
    return !this.off.has(sort);
  }

  set(sort: string, on: boolean): void {
    if (on) this.off.delete(sort);
    else this.off.add(sort);
    localStorage.setItem(OFF, [...this.off].join(" "));
  }

  get layers(): readonly LayerName[] {
    return Object.entries(SORTS).flatMap(([sort, layers]) => (this.has(sort) ? layers : []));
  }
}

export const snapChoice = new SnapChoice();

// Where the next corner comes to stand: as typed, along a traced line, at a right angle, snapped, or where the pointer is.
// It knows nothing about steps of a drawing or how it looks.
// Idea: the same answer serves the ghost before the press and the press itself, so that nothing jumps.
import * as L from "leaflet";
import { bearing, destination, distance, squared, type Position } from "../geometry/geodesy.ts";
import { number, word } from "../page/words.ts";
import type { Snapper, Spot } from "./snapper.ts";
import type { Tracer } from "./tracer.ts";
import type { Held } from "./typed.ts";

/** The spot, and the corners of the way there (a traced line). */
export interface Aimed { spot: Spot; via: readonly L.LatLng[] }

const FREE: Held = { length: null, bearing: null };
const position = (place: L.LatLng): Position => [place.lng, place.lat];

export class Aim {
  /** Follow lines; keep right angles. */
  trace = false;
  right = false;
  held: Held = FREE;

  constructor(private readonly snapper: Snapper, private readonly tracer: Tracer) {}

  /** What was typed for one segment holds no longer. */
  free(): void {
    this.held = FREE;
  }

  at(pointer: L.LatLng, corners: readonly L.LatLng[]): Aimed {
    const spot = this.snapper.find(pointer, [corners]);
    const last = corners.at(-1);
    if (!last) return { spot, via: [] };
    const along = this.along(position(last), position(spot.latlng), corners.at(-2));
    if (along) return { spot: along, via: [] };
    if (!this.trace) return { spot, via: [] };
    const way = this.tracer.way(last, spot.latlng);
    if (!way) return { spot: { ...spot, words: word("trace.off") }, via: [] };
    return { spot: { ...spot, latlng: spot.snap ? spot.latlng : way.at(-1)!, words: word("trace.on") }, via: way.slice(1, -1) };
  }

  /** On a held bearing or at a held length or right angle; null if none of these holds. */
  private along(from: Position, to: Position, before: L.LatLng | undefined): Spot | null {
    const towards = bearing(from, to);
    const square = this.right && before && this.held.bearing === null ? squared(bearing(position(before), from), towards) : null;
    const direction = this.held.bearing ?? square;
    if (direction === null && this.held.length === null) return null;
    const degrees = direction ?? towards;
    const metres = this.held.length ?? Math.max(0, distance(from, to) * Math.cos(((towards - degrees) * Math.PI) / 180));
    const [lng, lat] = destination(from, degrees, metres);
    const words = square !== null && this.held.length === null ? word("draw.right_on") : `${number(metres, 1)} m · ${number(degrees)}°`;
    return { latlng: L.latLng(lat, lng), snap: null, words };
  }
}

// Which corners get a handle: the nearest ones, none so close to another that a finger could not tell them apart.
// It knows nothing about the map; places are pixels.
// Idea: the border of an RW has hundreds of corners; from afar most handles would lie upon each other, and then none helps.
import type { XY } from "../geometry/plane.ts";

export const MOST_HANDLES = 100;
/** Handles are at least so far (px) from each other. */
export const GAP = 16;
/** Of more corners than this in view, at least a third must have room, else the map is too far away to edit them. */
const FEW = 20;

/** In the order given, so with the most wanted first. */
export function spaced<T extends XY>(all: readonly T[], most = MOST_HANDLES): T[] {
  const shown: T[] = [];
  for (const one of all) {
    if (shown.length === most) break;
    if (shown.every(({ x, y }) => Math.hypot(one.x - x, one.y - y) >= GAP)) shown.push(one);
  }
  return shown;
}

/** inView: corners on the screen; it is the crowd there that says so. */
export function isTooFar(inView: readonly XY[]): boolean {
  return inView.length > FEW && spaced(inView, inView.length).length < inView.length / 3;
}

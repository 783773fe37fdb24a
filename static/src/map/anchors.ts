// Where the symbol of a feature stands, though its pieces lie in several squares.
// It knows nothing about what the symbol looks like.
import { alongLine, lineLength } from "../geometry/plane.ts";
import type { Seen } from "./canvas-tiles.ts";
import { text } from "./frame.ts";
import type { Feature } from "./tile.ts";

/** The part of the map that is drawn over, in map pixels of its zoom. */
export interface View { left: number; top: number; width: number; height: number; zoom: number }

export interface Anchor { id: string; at: { x: number; y: number }; seen: Seen; size: number }

/** Where the symbol of each feature stands: the point, or the middle of its largest visible piece. */
export function anchors(seenAll: Iterable<Seen>, view: View): Anchor[] {
  const best = new Map<string, Anchor>();
  for (const seen of seenAll) {
    const { feature, k } = seen, id = text(feature, "id"), middle = middleOf(feature);
    const at = { x: middle.x * k + seen.left - view.left, y: middle.y * k + seen.top - view.top }, size = middle.length * k;
    if (at.x < -20 || at.y < -20 || at.x > view.width + 20 || at.y > view.height + 20) continue;
    if ((best.get(id)?.size ?? -1) < size) best.set(id, { id, at, seen, size });
  }
  return [...best.values()];
}

interface Middle { x: number; y: number; length: number }
const middles = new WeakMap<Feature, Middle>();

/** In tile units. */
function middleOf(feature: Feature): Middle {
  const kept = middles.get(feature);
  if (kept) return kept;
  const lengths = feature.parts.map(lineLength), length = Math.max(...lengths), longest = feature.parts[lengths.indexOf(length)]!;
  const middle = feature.type === 2 ? { ...alongLine(longest, length / 2), length } : { ...meanOf(longest), length };
  middles.set(feature, middle);
  return middle;
}

function meanOf(part: readonly number[]): { x: number; y: number } {
  let x = 0, y = 0;
  for (let i = 0; i < part.length; i += 2) {
    x += part[i]!;
    y += part[i + 1]!;
  }
  return { x: x / (part.length / 2), y: y / (part.length / 2) };
}

// What happens to neighbours when an outline is edited: a corner both have moves, comes or goes for both.
// It knows nothing about the map or the server.
// Idea: outlines that touch repeat the same coordinates, so equal coordinates are one corner (as in topology formats).
import type { Position } from "../geometry/geodesy.ts";
import { least, type Shape } from "../editor/shape.ts";

const key = (point: Position): string => point.map((value) => value.toFixed(7)).join();

export type Edit =
  | { what: "moved"; from: Position; to: Position }
  | { what: "added"; before: Position; after: Position; at: Position }
  | { what: "removed"; at: Position };

/** What was done to a shape between two states of it. */
export function editsBetween(before: Shape, after: Shape): Edit[] {
  return before.parts.flatMap((old, i) => ringEdits(old, after.parts[i] ?? []));
}

function ringEdits(old: readonly Position[], now: readonly Position[]): Edit[] {
  if (old.length === now.length) {
    return old.flatMap((from, i): Edit[] => (key(from) === key(now[i]!) ? [] : [{ what: "moved", from, to: now[i]! }]));
  }
  const grown = now.length > old.length, [short, long] = grown ? [old, now] : [now, old];
  const i = long.findIndex((point, at) => at >= short.length || key(point) !== key(short[at]!));
  const at = long[i]!;
  if (!grown) return [{ what: "removed", at }];
  return [{ what: "added", before: short[(i - 1 + short.length) % short.length]!, after: short[i % short.length]!, at }];
}

/** The neighbour after an edit of the shape beside it; the same object if they share nothing there. */
export function follow(neighbour: Shape, edit: Edit): Shape {
  let touched = false;
  const parts = neighbour.parts.map((ring) => {
    const next = followRing(ring, edit);
    touched ||= next !== ring;
    return next;
  });
  return touched ? { ...neighbour, parts } : neighbour;
}

function followRing(ring: readonly Position[], edit: Edit): readonly Position[] {
  if (edit.what === "added") {
    const a = key(edit.before), b = key(edit.after);
    const i = ring.findIndex((point, at) => {
      const next = ring[(at + 1) % ring.length]!;
      return (key(point) === a && key(next) === b) || (key(point) === b && key(next) === a);
    });
    return i < 0 ? ring : ring.toSpliced(i + 1, 0, edit.at);
  }
  const wanted = key(edit.what === "moved" ? edit.from : edit.at);
  const i = ring.findIndex((point) => key(point) === wanted);
  if (i < 0) return ring;
  if (edit.what === "moved") return ring.with(i, edit.to);
  return ring.length > least("polygon") ? ring.toSpliced(i, 1) : ring;
}

// Whether a shape lies in a loop drawn around it, or passes through.
// It knows nothing about maps; every number is in the same pixels.
// Idea: points close together along the shape answer for lines that only cross the loop, too.
import { alongLine, insideRings, lineLength } from "../geometry/plane.ts";

const STEP = 8;

export function caught(loop: readonly number[], parts: readonly (readonly number[])[]): boolean {
  return parts.some((part) => {
    const length = lineLength(part);
    if (length === 0) return insideRings(part[0]!, part[1]!, [loop]);
    for (let at = 0; at < length + STEP; at += STEP) {
      const { x, y } = alongLine(part, Math.min(at, length));
      if (insideRings(x, y, [loop])) return true;
    }
    return false;
  });
}

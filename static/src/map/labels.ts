// Chooses which names can stand on the map without touching each other.
// It knows nothing about canvases: boxes in, accepted labels out.
// Idea: greedy by weight over the whole view, so that a name is written once and never at each tile's border.

export interface Label {
  text: string;
  x: number;
  y: number;
  /** Radians; 0 is level. */
  angle: number;
  weight: number;
  width: number;
  height: number;
  style: LabelStyle;
}
export type LabelStyle = "kelurahan" | "rw" | "rt" | "road" | "water" | "place";

interface Box { left: number; top: number; right: number; bottom: number }

function boxOf(label: Label, margin: number): Box {
  const c = Math.abs(Math.cos(label.angle)), s = Math.abs(Math.sin(label.angle));
  const w = (label.width * c + label.height * s) / 2 + margin, h = (label.width * s + label.height * c) / 2 + margin;
  return { left: label.x - w, top: label.y - h, right: label.x + w, bottom: label.y + h };
}

function meets(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** How many line heights the name of a region may stand above or below its middle. */
const REACH: Readonly<Partial<Record<LabelStyle, number>>> = { kelurahan: 2, rw: 1 };

function spots(label: Label): Label[] {
  const found = [label];
  for (let step = 1; step <= (REACH[label.style] ?? 0); step++) {
    for (const side of [-1, 1]) found.push({ ...label, y: label.y + side * step * label.height });
  }
  return found;
}

/** Heaviest first; a label that would touch one before, or repeats the same name nearby, is left out. */
export function place(labels: readonly Label[], taken: readonly Box[] = [], repeat = 320): Label[] {
  const boxes: Box[] = [...taken];
  const accepted: Label[] = [];
  for (const label of [...labels].sort((a, b) => b.weight - a.weight)) {
    if (accepted.some((other) => other.text === label.text && Math.hypot(other.x - label.x, other.y - label.y) < repeat)) continue;
    const free = spots(label).map((spot) => ({ spot, box: boxOf(spot, 3) })).find(({ box }) => !boxes.some((other) => meets(box, other)));
    if (!free) continue;
    boxes.push(free.box);
    accepted.push(free.spot);
  }
  return accepted;
}

/** Text is never upside down. */
export function upright(angle: number): number {
  if (angle > Math.PI / 2) return angle - Math.PI;
  if (angle < -Math.PI / 2) return angle + Math.PI;
  return angle;
}

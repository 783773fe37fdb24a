// Lines as a network: where they meet, and the shortest way along them from one place to another.
// It knows nothing about tiles, layers or the map; numbers are pixels of one zoom.
// Idea: lines meet where an end touches another line, and, within one kind, where they cross; then Dijkstra (1959) from the
// last corner once, so that each move of the pointer only reads the way back.
import { crossing, footOnSegment, type XY } from "../geometry/plane.ts";

/** kind: lines of different kinds (a road, a drain) meet at ends only, not where they cross. */
export interface NetLine { points: readonly XY[]; kind: string }

interface Segment { a: XY; b: XY; kind: string; /** Places along it where it is parted. */ cuts: XY[] }
interface Piece { from: number; to: number }
interface Place { piece: Piece; at: XY }

/** Ends so near (px) touch; tiles round to an eighth of a pixel. */
const TOUCH = 1;
const CELL = 64;

/** Ways from one place, read by way.to(). */
export interface Ways { to: (at: XY, radius: number) => XY[] | null }

export class Network {
  private readonly nodes: XY[] = [];
  private readonly near = new Map<string, number[]>();
  private readonly pieces: Piece[] = [];
  private readonly around: number[][] = [];

  constructor(lines: readonly NetLine[]) {
    for (const segment of meet(lines)) this.add(segment);
  }

  /** Shortest ways from the place on the network nearest to that point; null if none is so near. */
  from(at: XY, radius: number): Ways | null {
    const start = this.nearest(at, radius);
    if (!start) return null;
    const { length, before } = this.spread(start);
    return { to: (end, reach) => this.wayBack(start, this.nearest(end, reach), length, before) };
  }

  private add({ a, b, cuts }: Segment): void {
    const along = (point: XY) => (point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y);
    const stops = [a, ...cuts.sort((one, other) => along(one) - along(other)), b].map((point) => this.node(point));
    for (let i = 1; i < stops.length; i++) {
      const from = stops[i - 1]!, to = stops[i]!;
      if (from === to) continue;
      this.around[from]!.push(this.pieces.length);
      this.around[to]!.push(this.pieces.length);
      this.pieces.push({ from, to });
    }
  }

  /** Number of the node at that place; places that touch are one. */
  private node(point: XY): number {
    const column = Math.round(point.x / TOUCH), row = Math.round(point.y / TOUCH);
    for (let x = column - 1; x <= column + 1; x++) {
      for (let y = row - 1; y <= row + 1; y++) {
        for (const one of this.near.get(`${x}/${y}`) ?? []) if (apart(this.nodes[one]!, point) <= TOUCH) return one;
      }
    }
    const key = `${column}/${row}`, made = this.nodes.push(point) - 1;
    this.near.set(key, [...(this.near.get(key) ?? []), made]);
    this.around.push([]);
    return made;
  }

  private nearest(at: XY, radius: number): Place | null {
    let best: Place | null = null, least = radius;
    for (const piece of this.pieces) {
      const foot = footOnSegment(at, this.nodes[piece.from]!, this.nodes[piece.to]!);
      if (foot.distance > least) continue;
      least = foot.distance;
      best = { piece, at: { x: foot.x, y: foot.y } };
    }
    return best;
  }

  private spread(start: Place): { length: Float64Array; before: Int32Array } {
    const length = new Float64Array(this.nodes.length).fill(Infinity), before = new Int32Array(this.nodes.length).fill(-1);
    const queue = new Queue();
    for (const node of [start.piece.from, start.piece.to]) {
      length[node] = apart(start.at, this.nodes[node]!);
      queue.push(node, length[node]!);
    }
    for (let node = queue.pop(); node !== null; node = queue.pop()) {
      for (const number of this.around[node]!) {
        const { from, to } = this.pieces[number]!, next = from === node ? to : from;
        const way = length[node]! + apart(this.nodes[node]!, this.nodes[next]!);
        if (way >= length[next]!) continue;
        length[next] = way;
        before[next] = node;
        queue.push(next, way);
      }
    }
    return { length, before };
  }

  private wayBack(start: Place, end: Place | null, length: Float64Array, before: Int32Array): XY[] | null {
    if (!end) return null;
    if (end.piece === start.piece) return [start.at, end.at];
    const { from, to } = end.piece;
    const over = (node: number) => length[node]! + apart(this.nodes[node]!, end.at);
    const last = over(from) <= over(to) ? from : to;
    if (length[last] === Infinity) return null;
    const way = [end.at];
    for (let node = last; node !== -1; node = before[node]!) way.push(this.nodes[node]!);
    return straightened([...way, start.at].reverse());
  }
}

const apart = (a: XY, b: XY): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Without points that lie on the straight between their neighbours, as where tiles or side streets meet it. */
function straightened(way: readonly XY[]): XY[] {
  const kept: XY[] = [];
  for (const point of way) {
    while (kept.length > 1 && footOnSegment(kept.at(-1)!, kept.at(-2)!, point).distance < 0.2) kept.pop();
    if (kept.length === 0 || apart(kept.at(-1)!, point) > 0.01) kept.push(point);
  }
  return kept;
}

/** All segments, with the places where others touch or cross them. */
function meet(lines: readonly NetLine[]): Segment[] {
  const segments: Segment[] = [], cells = new Map<string, Segment[]>(), ends: XY[] = [];
  for (const { points, kind } of lines) {
    if (points.length > 1) ends.push(points[0]!, points.at(-1)!);
    for (let i = 1; i < points.length; i++) {
      const segment: Segment = { a: points[i - 1]!, b: points[i]!, kind, cuts: [] };
      segments.push(segment);
      for (const key of cellsOf(segment)) {
        const others = cells.get(key) ?? [];
        for (const other of others) cross(segment, other);
        others.push(segment);
        cells.set(key, others);
      }
    }
  }
  for (const end of ends) {
    for (const segment of cells.get(`${Math.floor(end.x / CELL)}/${Math.floor(end.y / CELL)}`) ?? []) {
      const foot = footOnSegment(end, segment.a, segment.b);
      if (foot.distance <= TOUCH && foot.t > 0 && foot.t < 1) segment.cuts.push(end);
    }
  }
  return segments;
}

function cross(one: Segment, other: Segment): void {
  const at = one.kind === other.kind ? crossing(one.a, one.b, other.a, other.b) : null;
  if (!at) return;
  one.cuts.push(at);
  other.cuts.push(at);
}

/** Squares of the plane that the segment's frame lies in, widened by what touches. */
function* cellsOf({ a, b }: Segment): Generator<string> {
  const cell = (value: number) => Math.floor(value / CELL);
  for (let x = cell(Math.min(a.x, b.x) - TOUCH); x <= cell(Math.max(a.x, b.x) + TOUCH); x++) {
    for (let y = cell(Math.min(a.y, b.y) - TOUCH); y <= cell(Math.max(a.y, b.y) + TOUCH); y++) yield `${x}/${y}`;
  }
}

/** Nodes by distance: a binary heap; what was reached again on a shorter way comes out first. */
class Queue {
  private readonly heap: { node: number; way: number }[] = [];

  push(node: number, way: number): void {
    const { heap } = this;
    let i = heap.push({ node, way }) - 1;
    while (i > 0 && heap[(i - 1) >> 1]!.way > way) {
      heap[i] = heap[(i - 1) >> 1]!;
      i = (i - 1) >> 1;
    }
    heap[i] = { node, way };
  }

  pop(): number | null {
    const { heap } = this, top = heap[0], last = heap.pop();
    if (!top || !last) return null;
    if (heap.length > 0) this.sink(last);
    return top.node;
  }

  private sink(entry: { node: number; way: number }): void {
    const { heap } = this;
    let i = 0;
    for (let child = 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && heap[child + 1]!.way < heap[child]!.way) child += 1;
      if (heap[child]!.way >= entry.way) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = entry;
  }
}

// A vector tile once decoded: numbers in a few flat arrays, and objects made of them when somebody asks.
// It knows nothing about protobuf, drawing or fetching.
// Idea: arrays pass from the worker to the page in a blink, objects do not; of 30,000 assets only those under the finger are ever unpacked.

export type Properties = Readonly<Record<string, string | number | boolean>>;
export interface TileFeature {
  readonly type: 1 | 2 | 3;
  readonly properties: Properties;
  /** Points, lines or rings as flat arrays in tile units. */
  readonly parts: readonly number[][];
}
export interface DecodedTile { readonly extent: number; readonly features: readonly TileFeature[] }

export interface PackedTile {
  readonly extent: number;
  readonly types: Uint8Array;
  /** Where the parts of each feature begin, and the coordinates of each part; one more at the end. */
  readonly features: Uint32Array;
  readonly parts: Uint32Array;
  readonly coordinates: Int32Array;
  /** Left, top, right and bottom of each feature. */
  readonly boxes: Int32Array;
  /** A row per feature: for each name the place of its value among the values, from 1 on; 0 where it has none. */
  readonly names: readonly string[];
  readonly values: readonly (string | number | boolean)[];
  readonly table: Uint32Array;
}

/** A feature of a packed tile. */
export class Feature implements TileFeature {
  private kept: number[][] | null = null;
  private named: Properties | null = null;

  constructor(private readonly tile: PackedTile, private readonly index: number) {}

  get type(): 1 | 2 | 3 {
    return this.tile.types[this.index] as 1 | 2 | 3;
  }

  get parts(): readonly number[][] {
    if (!this.kept) {
      const { features, parts, coordinates } = this.tile;
      this.kept = [];
      for (let i = features[this.index]!; i < features[this.index + 1]!; i++) this.kept.push([...coordinates.subarray(parts[i], parts[i + 1])]);
    }
    return this.kept;
  }

  get properties(): Properties {
    if (!this.named) {
      const { names, values, table } = this.tile, named: Record<string, string | number | boolean> = {};
      names.forEach((name, i) => {
        const at = table[this.index * names.length + i]!;
        if (at) named[name] = values[at - 1]!;
      });
      this.named = named;
    }
    return this.named;
  }

  /** Whether its box meets this one, in tile units: quick, so that what lies elsewhere is not unpacked. */
  meets(left: number, top: number, right: number, bottom: number): boolean {
    const { boxes } = this.tile, i = this.index * 4;
    return boxes[i]! <= right && boxes[i + 2]! >= left && boxes[i + 1]! <= bottom && boxes[i + 3]! >= top;
  }
}

export class Tile implements DecodedTile {
  private made: readonly Feature[] | null = null;

  /** id: by which the worker knows it. */
  constructor(readonly id: number, private readonly packed: PackedTile) {}

  get extent(): number {
    return this.packed.extent;
  }

  get features(): readonly Feature[] {
    return (this.made ??= Array.from(this.packed.types, (_, i) => new Feature(this.packed, i)));
  }
}

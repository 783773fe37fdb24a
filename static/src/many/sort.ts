// What choosing, changing and listing many at once mean for one sort of thing on the map.
// It knows nothing about loops, bars or tables.
// Idea: proposals and assets differ in their fields and in who stores them, and in nothing else.
import type { Deed } from "../api/batch.ts";
import type { Pair } from "../editor/batch-step.ts";

/** Names of the dialog's controls with what was filled in; what stayed empty is not among them. */
export type Wish = ReadonlyMap<string, string>;
export interface Chosen { id: string; version: number }

export interface ManySort<T extends Chosen = Chosen> {
  readonly layer: "proposals" | "assets";
  /** May anything of it be changed by this account. */
  readonly may: boolean;
  /** Fragments of its table and of the dialog for many. */
  readonly table: string;
  readonly dialog: string;
  readonly words: { title: (n: number) => string; ask: (n: number) => string; changed: (n: number) => string; deleted: (n: number) => string; loop: () => string; none: () => string; file: (kelurahan: string) => string };
  /** As the server has them now; what is gone is left out. */
  stored(ids: readonly string[]): Promise<T[]>;
  nameOf(one: T): string;
  isOpen(one: T): boolean;
  /** The kind of its shape, where the dialog offers by it. */
  shapeOf(one: T): string;
  /** What the dialog's control of that name would hold for it. */
  valueOf(one: T, name: string): string;
  /** What a wish sets, and what sets it back. */
  forth(one: T, wish: Wish): Deed;
  back(one: T, deed: Deed): Deed;
  /** What a cell of the table sets. */
  cell(name: string, value: string): Deed;
  /** One step of the journal. False if what is in hand could not be saved first. */
  together(name: string, pairs: readonly Pair[], shown: () => Promise<void>): Promise<boolean>;
  undo(): void;
  open(id: string): void;
  /** Map and panel show what is stored now. */
  refresh(): Promise<void>;
}

/** The value that all have, or null where they differ. */
export function sharedValue(values: readonly string[]): string | null {
  return new Set(values).size === 1 ? values[0]! : null;
}

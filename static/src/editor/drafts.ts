// Unsent work on the device, per account and kelurahan, until the server has it.
// It knows nothing about sending; it keeps, lists and forgets.
// Idea: local storage is written at once and survives a crash or a dead battery; shapes are small.
import type { Geometry } from "geojson";
import type { Fields } from "../api/proposals.ts";
import type { Shape } from "./shape.ts";

export interface KeptDraft {
  id: string | null;
  version: number;
  workType: string;
  /** What people call it: its title, or else its type of work. */
  name: string;
  geometryKinds: string;
  geometry: Geometry | null;
  /** What is drawn of a shape that is not finished. */
  drawing: Shape | null;
  fields: Fields;
  base: { geometry: Geometry; fields: Fields } | null;
  key: string;
  /** More than a drawing: a finished shape, or something typed. */
  touched: boolean;
  /** It was on its way to the server, which was not reached. */
  due: boolean;
  at: string;
}

export class Drafts {
  private readonly prefix: string;

  constructor(account: string, kelurahan: string) {
    this.prefix = `draft.${account}.${kelurahan}.`;
  }

  /** False if the device would not take it. */
  keep(draft: KeptDraft): boolean {
    try {
      localStorage.setItem(this.name(draft), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  forget(draft: Pick<KeptDraft, "id" | "key">): void {
    localStorage.removeItem(this.name(draft));
  }

  /** What waits of a saved proposal. */
  of(id: string): KeptDraft | null {
    return this.all().find((draft) => draft.id === id) ?? null;
  }

  all(): KeptDraft[] {
    const found: KeptDraft[] = [];
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i)!;
      if (!name.startsWith(this.prefix)) continue;
      try {
        found.push(JSON.parse(localStorage.getItem(name)!) as KeptDraft);
      } catch {
        localStorage.removeItem(name);
      }
    }
    return found.sort((a, b) => b.at.localeCompare(a.at));
  }

  private name(draft: Pick<KeptDraft, "id" | "key">): string {
    return this.prefix + (draft.id ?? `new-${draft.key}`);
  }
}

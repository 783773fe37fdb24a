// Facts on this device that the server does not have yet, per account and kelurahan.
// It knows nothing about sending. What stands here of a household is gone as soon as the server has it.
import type { Geometry } from "geojson";
import type { FactDraft, FactFields, Noun } from "../api/facts.ts";
import type { Shape } from "../editor/shape.ts";
import type { Fact } from "./fact.ts";

export interface KeptFact {
  noun: Noun;
  id: string | null;
  kind: string;
  version: number;
  geometry: Geometry | null;
  /** What is drawn of a shape that is not finished. */
  drawing: Shape | null;
  fields: FactFields;
  /** What it was made upon: whoever saves meanwhile is asked about, not overwritten. */
  base: FactDraft | null;
  key: string;
  /** More than a drawing: a finished shape, or something typed. */
  touched: boolean;
  /** It was on its way to the server, which was not reached. */
  due: boolean;
  at: string;
}

export class FactDrafts {
  private readonly prefix: string;

  constructor(account: string, kelurahan: string) {
    this.prefix = `fact.${account}.${kelurahan}.`;
  }

  /** False if the device would not take it. */
  keep(fact: Fact): boolean {
    const draft = fact.draft();
    const kept: KeptFact = {
      noun: fact.noun, id: fact.id, kind: fact.kind, version: fact.version, geometry: draft?.geometry ?? null, drawing: fact.drawing,
      fields: fact.fields(), base: fact.base, key: fact.key, touched: fact.dirty, due: fact.due, at: new Date().toISOString(),
    };
    return this.keepAs(kept);
  }

  keepAs(kept: KeptFact): boolean {
    try {
      localStorage.setItem(this.name(kept), JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  /** What waits of a saved fact. */
  of(id: string): KeptFact | null {
    return this.all().find((draft) => draft.id === id) ?? null;
  }

  forget(fact: Pick<Fact, "id" | "key">): void {
    localStorage.removeItem(this.prefix + fact.key);
    if (fact.id) localStorage.removeItem(this.prefix + fact.id);
  }

  all(): KeptFact[] {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
    return names.map((name) => JSON.parse(localStorage.getItem(name)!) as KeptFact).sort((a, b) => b.at.localeCompare(a.at));
  }

  private name(fact: Pick<Fact, "id" | "key">): string {
    return this.prefix + (fact.id ?? fact.key);
  }
}

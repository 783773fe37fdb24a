// Steps on facts that can be undone: create, change, delete; they stand in the same journal as those on proposals.
// It knows nothing about forms or the map; whoever runs one shows the result.
// Idea: the server restores what was deleted under its id, so that history holds; only the version moves on.
import { createFact, deleteFact, replaceFact, restoreFact, type FactDraft, type FactFeature, type Noun } from "../api/facts.ts";
import type { Journal } from "../editor/history.ts";
import { word } from "../page/words.ts";

export interface FactTarget { noun: Noun; id: string; version: number; alive: boolean }

export class FactOperations {
  private readonly targets = new Map<string, FactTarget>();

  constructor(private readonly journal: Journal, private readonly show: (target: FactTarget) => void) {}

  /** A slum area is not undone: with it would go the forms that somebody filled in meanwhile. */
  async create(noun: Noun, draft: FactDraft, key: string): Promise<FactFeature> {
    const made = await createFact(noun, draft, key);
    const target = this.target(noun, made.id, made.properties.version);
    if (noun !== "slum-areas") this.record(word("op.fact_new"), target, () => this.restore(target), () => this.remove(target));
    return made;
  }

  async replace(noun: Noun, id: string, version: number, before: FactDraft | null, after: FactDraft): Promise<FactFeature> {
    const saved = await replaceFact(noun, id, version, after);
    const target = this.target(noun, id, saved.properties.version);
    if (before) this.record(word("op.fact"), target, () => this.put(target, after), () => this.put(target, before));
    return saved;
  }

  async delete(noun: Noun, id: string, version: number): Promise<void> {
    const target = this.target(noun, id, version);
    await this.remove(target);
    this.record(word("op.delete"), target, () => this.remove(target), () => this.restore(target));
  }

  private target(noun: Noun, id: string, version: number): FactTarget {
    const target = this.targets.get(id) ?? { noun, id, version, alive: true };
    target.version = Math.max(target.version, version);
    this.targets.set(id, target);
    return target;
  }

  private record(name: string, target: FactTarget, redo: () => Promise<void>, undo: () => Promise<void>): void {
    const shown = (act: () => Promise<void>) => async () => {
      await act();
      this.show(target);
    };
    this.journal.record({ name, redo: shown(redo), undo: shown(undo) });
  }

  private async put(target: FactTarget, draft: FactDraft): Promise<void> {
    target.version = (await replaceFact(target.noun, target.id, target.version, draft)).properties.version;
  }

  private async remove(target: FactTarget): Promise<void> {
    await deleteFact(target.noun, target.id, target.version);
    target.alive = false;
  }

  private async restore(target: FactTarget): Promise<void> {
    Object.assign(target, { version: (await restoreFact(target.noun, target.id)).properties.version, alive: true });
  }
}

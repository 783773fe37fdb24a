// Steps on facts that can be undone: create, change, delete, split, join, many at once; they stand in the same journal as those on proposals.
// It knows nothing about forms or the map; whoever runs one shows the result.
// Idea: the server restores what was deleted under its id, so that history holds; only the version moves on.
import { countForms, createFact, deleteFact, draftOf, replaceFact, restoreFact, type FactDraft, type FactFeature, type Noun } from "../api/facts.ts";
import { newKey } from "../api/proposals.ts";
import { runAll, stepOf, type Act } from "../editor/acts.ts";
import { batchStep, type Pair } from "../editor/batch-step.ts";
import type { Journal } from "../editor/history.ts";
import { word } from "../page/words.ts";

export interface FactTarget { noun: Noun; id: string; version: number; alive: boolean }

export class FactOperations {
  private readonly targets = new Map<string, FactTarget>();

  constructor(private readonly journal: Journal, private readonly show: (target: FactTarget) => void) {}

  async create(noun: Noun, draft: FactDraft, key: string, name = word("op.fact_new")): Promise<FactFeature> {
    const made = await createFact(noun, draft, key);
    const target = this.target(noun, made);
    this.record(name, target, [this.creation(target)]);
    return made;
  }

  async replace(noun: Noun, id: string, version: number, before: FactDraft | null, after: FactDraft): Promise<FactFeature> {
    const saved = await replaceFact(noun, id, version, after);
    const target = this.target(noun, saved);
    if (before) this.record(word("op.fact"), target, [this.replacement(target, before, after)]);
    return saved;
  }

  /** why: the person's own words, where the server keeps them. */
  async delete(noun: Noun, thing: FactFeature, why = ""): Promise<void> {
    const target = this.target(noun, thing), deletion = this.deletion(target, why);
    await deletion.redo();
    this.record(word("op.delete"), target, [deletion]);
  }

  /** The smaller part becomes a fact of its own; first it, since nothing else would hold it. */
  async split(noun: Noun, kept: FactFeature, larger: FactDraft, smaller: FactDraft): Promise<void> {
    const made = await createFact(noun, smaller, newKey());
    const part = this.target(noun, made), target = this.target(noun, kept);
    const shrinking = this.replacement(target, draftOf(noun, kept), larger);
    try {
      await shrinking.redo();
    } catch (error) {
      await this.creation(part).undo();
      throw error;
    }
    this.record(word("op.split"), target, [this.creation(part), shrinking]);
    this.show(target);
  }

  /** The kept one takes the other in, which is then deleted. */
  async join(noun: Noun, kept: FactFeature, joined: FactDraft, gone: FactFeature): Promise<void> {
    const target = this.target(noun, kept);
    const acts = [this.replacement(target, draftOf(noun, kept), joined), this.deletion(this.target(noun, gone))];
    await runAll(acts, "redo");
    this.record(word("op.join"), target, acts);
    this.show(target);
  }

  /** Many assets at once, one step. */
  async together(name: string, pairs: readonly Pair[], shown: () => Promise<void>): Promise<void> {
    const targets = pairs.map(({ id, version }) => this.target("assets", { id, properties: { version } }));
    this.journal.record(await batchStep(name, "assets", pairs, targets, shown));
  }

  private target(noun: Noun, { id, properties: { version } }: { id: string; properties: { version: number } }): FactTarget {
    const target = this.targets.get(id) ?? { noun, id, version, alive: true };
    target.version = Math.max(target.version, version);
    this.targets.set(id, target);
    return target;
  }

  private record(name: string, target: FactTarget, acts: readonly Act[]): void {
    this.journal.record(stepOf(name, acts, () => this.show(target)));
  }

  /** A slum area with forms is not taken back like a fresh drawing: with it would go what people filled in meanwhile. */
  private creation(target: FactTarget): Act {
    return {
      redo: () => this.restore(target),
      undo: async () => {
        if (target.noun === "slum-areas" && await countForms(target.id) > 0) throw new Error(word("area.has_forms"));
        await this.remove(target);
      },
    };
  }

  private deletion(target: FactTarget, why = ""): Act {
    return { redo: () => this.remove(target, why), undo: () => this.restore(target) };
  }

  private replacement(target: FactTarget, before: FactDraft, after: FactDraft): Act {
    const put = async (draft: FactDraft) => {
      target.version = (await replaceFact(target.noun, target.id, target.version, draft)).properties.version;
    };
    return { redo: () => put(after), undo: () => put(before) };
  }

  private async remove(target: FactTarget, why = ""): Promise<void> {
    await deleteFact(target.noun, target.id, target.version, why);
    target.alive = false;
  }

  private async restore(target: FactTarget): Promise<void> {
    Object.assign(target, { version: (await restoreFact(target.noun, target.id)).properties.version, alive: true });
  }
}

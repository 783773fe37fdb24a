// Operations on proposals that can be undone: create, change, delete, and several of these as one.
// It knows nothing about forms or the map; whoever runs one shows the result.
// Idea: the server restores what was deleted under its id, so links and history hold; only the version moves on.
import { fieldsOf } from "../api/fields.ts";
import { notTwins } from "../api/relations.ts";
import { createProposal, deleteProposal, newKey, replaceProposal, restoreProposal, type Draft, type Proposal } from "../api/proposals.ts";
import { word } from "../page/words.ts";
import { runAll, stepOf, type Act } from "./acts.ts";
import { batchStep, type Pair } from "./batch-step.ts";
import type { Journal, Operation } from "./history.ts";

export interface Target { id: string; version: number; alive: boolean }

export class Operations {
  private readonly targets = new Map<string, Target>();
  private last: { operation: ChangeOperation; session: number } | null = null;

  constructor(private readonly journal: Journal, private readonly show: (target: Target) => void) {}

  target(id: string, version: number): Target {
    const target = this.targets.get(id) ?? { id, version, alive: true };
    target.version = Math.max(target.version, version);
    this.targets.set(id, target);
    return target;
  }

  created(proposal: Proposal): void {
    const target = this.target(proposal.properties.id, proposal.properties.version);
    this.recordActs(word("op.create"), target, [this.creation(target)]);
  }

  async create(draft: Draft, name: string): Promise<Target> {
    const { properties } = await createProposal(draft, newKey());
    const target = this.target(properties.id, properties.version);
    this.recordActs(name, target, [this.creation(target)]);
    return target;
  }

  /** The smaller part becomes a proposal of its own; first it, since nothing else would hold it. Whoever cuts has said that both are wanted. */
  async split(kept: Proposal, larger: Draft, smaller: Draft): Promise<void> {
    const { properties } = await createProposal(smaller, newKey());
    const part = this.target(properties.id, properties.version), target = this.target(kept.properties.id, kept.properties.version);
    const shrinking = this.replacement(target, draftOf(kept), larger);
    try {
      await shrinking.redo();
    } catch (error) {
      await this.creation(part).undo();
      throw error;
    }
    await notTwins(part.id, target.id, word("split.no_twin"));
    this.recordActs(word("op.split"), target, [this.creation(part), shrinking]);
    this.show(target);
  }

  /** The kept one takes the other in, which is then deleted. */
  async join(kept: Proposal, joined: Draft, other: Proposal): Promise<void> {
    const target = this.target(kept.properties.id, kept.properties.version), gone = this.target(other.properties.id, other.properties.version);
    const acts = [this.replacement(target, draftOf(kept), joined), this.deletion(gone)];
    await runAll(acts, "redo");
    this.recordActs(word("op.join"), target, acts);
    this.show(target);
  }

  /** Changes of one session of editing are one step. */
  changed(id: string, version: number, before: Draft, after: Draft, session: number): void {
    const target = this.target(id, version);
    if (this.last?.session === session && this.last.operation.target === target) {
      this.last.operation.after = after;
      return;
    }
    const shape = JSON.stringify(before.geometry) !== JSON.stringify(after.geometry);
    const operation = new ChangeOperation(word(shape ? "op.shape" : "op.fields"), target, before, after, async (draft) => {
      await this.replace(target, draft);
      this.show(target);
    });
    this.record(operation);
    this.last = { operation, session };
  }

  async delete(id: string, version: number): Promise<void> {
    const target = this.target(id, version), deletion = this.deletion(target);
    await deletion.redo();
    this.recordActs(word("op.delete"), target, [deletion]);
    this.show(target);
  }

  /** Many at once, one step. */
  async together(name: string, pairs: readonly Pair[], shown: () => Promise<void>): Promise<void> {
    const targets = pairs.map((pair) => this.target(pair.id, pair.version));
    this.record(await batchStep(name, "proposals", pairs, targets, shown));
  }

  private creation(target: Target): Act {
    return { redo: () => this.restore(target), undo: () => this.remove(target) };
  }

  private deletion(target: Target): Act {
    return { redo: () => this.remove(target), undo: () => this.restore(target) };
  }

  private replacement(target: Target, before: Draft, after: Draft): Act {
    return { redo: () => this.replace(target, after), undo: () => this.replace(target, before) };
  }

  /** Remember what was done; undone and done again it shows the target. */
  private recordActs(name: string, target: Target, acts: readonly Act[]): void {
    this.record(stepOf(name, acts, () => this.show(target)));
  }

  private record(operation: Operation): void {
    this.last = null;
    this.journal.record(operation);
  }

  private async restore(target: Target): Promise<void> {
    const proposal = await restoreProposal(target.id);
    Object.assign(target, { version: proposal.properties.version, alive: true });
  }

  private async replace(target: Target, draft: Draft): Promise<void> {
    const proposal = await replaceProposal(target.id, target.version, draft);
    target.version = proposal.properties.version;
    this.last = null;
  }

  private async remove(target: Target): Promise<void> {
    await deleteProposal(target.id, target.version);
    target.alive = false;
  }
}

const draftOf = (proposal: Proposal): Draft => ({ geometry: proposal.geometry, fields: fieldsOf(proposal.properties) });

class ChangeOperation implements Operation {
  constructor(readonly name: string, readonly target: Target, private readonly before: Draft, public after: Draft, private readonly put: (draft: Draft) => Promise<void>) {}

  undo(): Promise<void> {
    return this.put(this.before);
  }

  redo(): Promise<void> {
    return this.put(this.after);
  }
}

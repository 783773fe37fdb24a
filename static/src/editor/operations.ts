// Operations on proposals that can be undone: create, change, delete.
// It knows nothing about forms or the map; whoever runs one shows the result.
// Idea: the server restores what was deleted under its id, so links and history hold; only the version moves on.
import { deleteProposal, replaceProposal, restoreProposal, type Draft, type Proposal } from "../api/proposals.ts";
import { word } from "../page/words.ts";
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
    this.record({ name: word("op.create"), undo: () => this.remove(target), redo: () => this.restore(target) });
  }

  /** Changes of one session of editing are one step. */
  changed(id: string, version: number, before: Draft, after: Draft, session: number): void {
    const target = this.target(id, version);
    if (this.last?.session === session && this.last.operation.target === target) {
      this.last.operation.after = after;
      return;
    }
    const shape = JSON.stringify(before.geometry) !== JSON.stringify(after.geometry);
    const operation = new ChangeOperation(word(shape ? "op.shape" : "op.fields"), target, before, after, (draft) => this.replace(target, draft));
    this.record(operation);
    this.last = { operation, session };
  }

  async delete(id: string, version: number): Promise<void> {
    const target = this.target(id, version);
    await this.remove(target);
    this.record({ name: word("op.delete"), undo: () => this.restore(target), redo: () => this.remove(target) });
  }

  private record(operation: Operation): void {
    this.last = null;
    this.journal.record(operation);
  }

  private async restore(target: Target): Promise<void> {
    const proposal = await restoreProposal(target.id);
    Object.assign(target, { version: proposal.properties.version, alive: true });
    this.show(target);
  }

  private async replace(target: Target, draft: Draft): Promise<void> {
    const proposal = await replaceProposal(target.id, target.version, draft);
    target.version = proposal.properties.version;
    this.last = null;
    this.show(target);
  }

  private async remove(target: Target): Promise<void> {
    await deleteProposal(target.id, target.version);
    target.alive = false;
    this.show(target);
  }
}

class ChangeOperation implements Operation {
  constructor(readonly name: string, readonly target: Target, private readonly before: Draft, public after: Draft, private readonly put: (draft: Draft) => Promise<void>) {}

  undo(): Promise<void> {
    return this.put(this.before);
  }

  redo(): Promise<void> {
    return this.put(this.after);
  }
}

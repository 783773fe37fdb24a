// What splitting and joining mean for proposals: who may, what is written where, and what becomes of volume, cost and money.
// It knows nothing about the map or the press that says where (parting).
import { readProposal, type Proposal } from "../api/proposals.ts";
import type { Position } from "../geometry/geodesy.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { Hand } from "./hand.ts";
import { nextTitle } from "./next-title.ts";
import type { Operations } from "./operations.ts";
import type { Sort } from "./parting.ts";
import { joinedDraft, splitProposal, type Sides } from "./parts.ts";

export class ProposalParts implements Sort<Proposal> {
  readonly layer = "proposals";
  readonly read = readProposal;

  constructor(private readonly hand: Hand, private readonly operations: Operations, readonly failed: (error: unknown, id: string) => void) {}

  async saved(): Promise<Proposal | null> {
    const id = this.hand.work?.id;
    if (!id || !this.hand.editable) {
      toast(word(id ? "edit.not_allowed" : "edit.select_saved"));
      return null;
    }
    if (!(await this.hand.flush())) return null;
    try {
      return await readProposal(id);
    } catch (error) {
      this.failed(error, id);
      return null;
    }
  }

  idOf(proposal: Proposal): string {
    return proposal.properties.id;
  }

  unlike(one: Proposal, other: Proposal): string {
    if (other.properties.editable === false) return "join.not_allowed";
    return other.properties.work_type === one.properties.work_type ? "" : "join.other_type";
  }

  async split(proposal: Proposal, sides: Sides): Promise<void> {
    const { larger, smaller } = splitProposal(proposal, sides);
    const { title, description } = proposal.properties;
    const part = nextTitle(title);
    await this.operations.split(
      proposal,
      { ...larger, fields: { ...larger.fields, description: told(description, word("split.gave", { title: part })) } },
      { ...smaller, fields: { ...smaller.fields, title: part, description: told(description, word("split.from", { title })) } },
    );
  }

  async join(kept: Proposal, gone: Proposal, line: readonly Position[]): Promise<void> {
    const draft = joinedDraft(kept, gone, line);
    const description = told(kept.properties.description, gone.properties.description, word("join.from", { title: gone.properties.title }));
    await this.operations.join(kept, { ...draft, fields: { ...draft.fields, description } }, gone);
  }
}

function told(...texts: (string | undefined)[]): string {
  return texts.filter(Boolean).join("\n").slice(0, 4000);
}

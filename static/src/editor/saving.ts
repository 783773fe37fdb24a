// Brings the work in hand to the server and deals with every way that can fail.
// It knows nothing about tools; it reads the work and reports what became of it.
// Idea: first to the device, then to the server; a failure always leaves the work on the device and a sentence on the screen.
import { ApiProblem, createProposal, newKey, replaceProposal, type Draft, type Proposal } from "../api/proposals.ts";
import { confirmed, signInAgain } from "../page/dialogs.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { resolveConflict } from "./conflict.ts";
import type { Drafts, KeptDraft } from "./drafts.ts";
import { clearErrors, showErrors } from "./form.ts";
import type { Operations } from "./operations.ts";
import type { Sketch } from "./sketch.ts";
import type { Work } from "./work.ts";

export interface SaveEvents {
  created: (proposal: Proposal, work: Work) => void;
  updated: (proposal: Proposal, work: Work) => void;
  /** The person took the other side's version. */
  replaced: (proposal: Proposal) => void;
}

const RETRY_MS = 15000;

export class Saving {
  /** Work that is not even on the device: the only reason to warn on leaving. */
  unsafe = false;
  private running: Promise<boolean> | null = null;
  private retry = 0;

  constructor(private readonly drafts: Drafts, private readonly operations: Operations, private readonly sketch: Sketch, private readonly events: SaveEvents) {
    window.addEventListener("beforeunload", (event) => this.unsafe && event.preventDefault());
  }

  /** Keep the work on the device at once. */
  keep(work: Work): void {
    const draft = work.draft();
    const kept: KeptDraft = {
      id: work.id, version: work.version, workType: work.workType, geometryKinds: work.kinds.join(" "), geometry: draft?.geometry ?? null,
      fields: work.fields(), base: work.base, key: work.key, at: new Date().toISOString(),
    };
    this.unsafe = !this.drafts.keep(kept);
    showSaveState("dirty");
  }

  forget(work: Work): void {
    this.drafts.forget(work);
    clearTimeout(this.retry);
    this.unsafe = false;
    showSaveState("saved");
  }

  /** True if the server has everything. One at a time; a second call waits for the first. */
  async save(work: Work, session: number): Promise<boolean> {
    if (this.running) await this.running;
    this.running = this.send(work, session).finally(() => (this.running = null));
    return this.running;
  }

  private async send(work: Work, session: number): Promise<boolean> {
    const draft = work.draft();
    if (!draft) {
      toast(word("save.no_shape"), null, 6, "bad");
      return false;
    }
    clearTimeout(this.retry);
    this.keep(work);
    showSaveState("saving");
    if (work.form) clearErrors(work.form);
    const upTo = work.changes;
    try {
      const before = work.base;
      const proposal = work.id ? await replaceProposal(work.id, work.version, draft) : await createProposal(draft, work.key);
      this.done(work, proposal, draft, before, upTo, session);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return this.failed(error, work, draft, session);
    }
  }

  private done(work: Work, proposal: Proposal, draft: Draft, before: Draft | null, upTo: number, session: number): void {
    this.drafts.forget(work);
    this.unsafe = false;
    work.saved = upTo;
    const created = work.id === null;
    work.read(proposal, false);
    if (created) this.operations.created(proposal);
    else if (before) this.operations.changed(proposal.properties.id, proposal.properties.version, before, draft, session);
    if (work.dirty) this.keep(work);
    else showSaveState("saved");
    if (created) this.events.created(proposal, work);
    else this.events.updated(proposal, work);
  }

  private async failed(problem: ApiProblem, work: Work, draft: Draft, session: number): Promise<boolean> {
    if (problem.passing) return this.later(problem, work, session);
    showSaveState("failed");
    switch (problem.status) {
      case 401: return (await signInAgain()) ? this.send(work, session) : false;
      case 404: return this.gone(work, session);
      case 412: case 428: return this.conflict(problem, work, draft, session);
      case 400: case 422:
        if (work.form?.isConnected) showErrors(work.form, problem.message, problem.errors);
        toast(problem.message, null, 8, "bad");
        return false;
      default:
        toast(word("error.kept", { detail: problem.message }), null, 10, "bad");
        return false;
    }
  }

  private later(problem: ApiProblem, work: Work, session: number): false {
    showSaveState("offline", this.drafts.all().length);
    toast(word("error.kept", { detail: problem.message }), { label: word("action.retry"), run: () => void this.save(work, session) }, 12, "bad");
    const again = () => {
      clearTimeout(this.retry);
      window.removeEventListener("online", again);
      if (work.dirty) void this.save(work, session);
    };
    this.retry = window.setTimeout(again, RETRY_MS);
    window.addEventListener("online", again, { once: true });
    return false;
  }

  private async gone(work: Work, session: number): Promise<boolean> {
    if (!(await confirmed(word("save.gone")))) return false;
    this.drafts.forget(work);
    work.id = null;
    work.key = newKey();
    return this.send(work, session);
  }

  private async conflict(problem: ApiProblem, work: Work, draft: Draft, session: number): Promise<boolean> {
    try {
      const found = await resolveConflict(work.id!, problem.message, work.base, draft, this.sketch);
      if (found.choice === "later") return false;
      if (found.choice === "theirs") {
        this.forget(work);
        this.events.replaced(found.proposal);
        return true;
      }
      const upTo = work.changes, before = work.base;
      const proposal = await replaceProposal(work.id!, found.version, found.draft);
      this.done(work, proposal, found.draft, before, upTo, session);
      this.events.replaced(proposal);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return this.failed(error, work, draft, session);
    }
  }
}

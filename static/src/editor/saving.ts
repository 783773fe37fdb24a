// Brings the work in hand to the server and deals with every way that can fail.
// It knows nothing about tools; it reads the work and reports what became of it.
// Idea: first to the device, then to the server; a failure always leaves the work on the device and a sentence on the screen.
import { fieldsOf } from "../api/fields.ts";
import { ApiProblem, createProposal, newKey, readProposal, replaceProposal, type Draft, type Proposal } from "../api/proposals.ts";
import { confirmed, signInAgain } from "../page/dialogs.ts";
import { followVersion } from "../page/later.ts";
import { retryLater, whenBack } from "../page/retry.ts";
import { showKept, showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { resolveConflict, type Stage } from "./conflict.ts";
import type { Drafts, KeptDraft } from "./drafts.ts";
import { clearErrors, showErrors } from "./form.ts";
import { sameDraft } from "./merge.ts";
import type { Operations } from "./operations.ts";
import type { Work } from "./work.ts";

export interface SaveEvents {
  created: (proposal: Proposal, work: Work) => void;
  updated: (proposal: Proposal, work: Work) => void;
  /** A conflict is settled: the proposal is another one than the work in hand. */
  replaced: (proposal: Proposal, work: Work) => void;
  /** The server does not take the shape. */
  misshapen: (work: Work) => void;
}

/** saved: the server has the work. settled: it has what the person chose of two versions. kept: only the device has it. */
export type Outcome = "saved" | "settled" | "kept";

export class Saving {
  /** Work that is not even on the device: the only reason to warn on leaving. */
  unsafe = false;
  private running: Promise<Outcome> | null = null;
  /** What could not be sent, with the session it belongs to: sent by itself once there is a network again. */
  private readonly waiting = new Map<Work, number>();
  /** Nobody asked for what is being sent: that it failed once more is no news. */
  private byItself = false;
  /** Keys of copies by their content, so that a copy sent twice is one proposal. */
  private readonly copyKeys = new Map<string, string>();

  constructor(private readonly drafts: Drafts, private readonly operations: Operations, private readonly events: SaveEvents, private readonly stage: Stage) {
    window.addEventListener("beforeunload", (event) => this.unsafe && event.preventDefault());
    whenBack(() => this.sendWaiting());
  }

  /** Keep the work on the device at once. */
  keep(work: Work): void {
    if (work.blank) return this.forget(work);
    this.unsafe = !this.drafts.keep(keptOf(work));
    if (this.unsafe) showSaveState("dirty");
    else showKept();
  }

  forget(work: Work): void {
    this.drafts.forget(work);
    this.waiting.delete(work);
    this.unsafe = false;
    showSaveState("saved");
  }

  /** Another copy of that work is in hand now: what waited of it is not sent behind its back. */
  handOver(draft: KeptDraft): void {
    for (const work of this.waiting.keys()) if (work.key === draft.key) this.waiting.delete(work);
  }

  /** Left by an earlier visit and in hand now: what had been on its way, or belongs to a saved proposal, goes as soon as there is a network. */
  takeUp(work: Work): void {
    if (!work.dirty || !(work.due || work.id)) return;
    this.waiting.set(work, 0);
    retryLater();
  }

  /** Something is on its way. */
  get busy(): boolean {
    return this.running !== null;
  }

  /** It waits here to be sent again. */
  holds(draft: KeptDraft): boolean {
    return [...this.waiting.keys()].some((work) => work.key === draft.key);
  }

  private async sendWaiting(): Promise<void> {
    for (const [work, session] of [...this.waiting]) {
      if (!this.waiting.delete(work) || !work.dirty) continue;
      this.byItself = true;
      await this.save(work, session).finally(() => (this.byItself = false));
    }
  }

  /** One at a time; a second call waits for the first, and sends nothing if that left nothing. */
  async save(work: Work, session: number): Promise<Outcome> {
    if (this.running) {
      await this.running;
      if (!work.dirty) return "saved";
    }
    this.running = this.send(work, session).finally(() => (this.running = null));
    return this.running;
  }

  /** What is on its way arrives or fails. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async send(work: Work, session: number): Promise<Outcome> {
    const draft = work.draft();
    if (!draft) {
      toast(word("save.no_shape"), null, 6, "bad");
      return "kept";
    }
    this.waiting.delete(work);
    this.keep(work);
    showSaveState("saving");
    if (work.form) clearErrors(work.form);
    const upTo = work.changes, before = work.base;
    try {
      const proposal = work.id ? await replaceProposal(work.id, work.version, draft) : await createProposal(draft, work.key);
      this.done(work, proposal, draft, before, upTo, session);
      return "saved";
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const proposal = await arrived(error, work, draft);
      if (!proposal) return this.failed(error, work, session);
      this.done(work, proposal, draft, before, upTo, session);
      return "saved";
    }
  }

  private done(work: Work, proposal: Proposal, draft: Draft, before: Draft | null, upTo: number, session: number): void {
    this.drafts.forget(work);
    this.unsafe = false;
    work.saved = upTo;
    work.due = false;
    const created = work.id === null, { version } = work;
    work.read(proposal, false);
    if (created) this.operations.created(proposal);
    else if (before) this.operations.changed(proposal.properties.id, proposal.properties.version, before, draft, session);
    if (work.dirty) this.keep(work);
    else showSaveState("saved");
    if (created) this.events.created(proposal, work);
    else this.events.updated(proposal, work);
    followVersion(proposal.properties.id, version, proposal.properties.version);
  }

  private async failed(problem: ApiProblem, work: Work, session: number): Promise<Outcome> {
    if (problem.passing) return this.later(problem, work, session);
    showSaveState("dirty");
    switch (problem.status) {
      case 401: return (await signInAgain()) ? this.send(work, session) : "kept";
      case 404: return this.gone(work, session);
      case 412: return this.conflict(problem, work, session);
      case 400: case 422: return this.faulty(problem, work);
      default:
        toast(problem.kept, null, 10, "bad");
        return "kept";
    }
  }

  /** What was filled in is said at its field; what was drawn is said beside the shape. */
  private faulty(problem: ApiProblem, work: Work): Outcome {
    showSaveState("invalid");
    if (!work.form?.isConnected) {
      toast(problem.kept, null, 10, "bad");
      return "kept";
    }
    const fields = problem.errors.filter((one) => !one.pointer.startsWith("/geometry"));
    if (fields.length > 0 || problem.errors.length === 0) showErrors(work.form, problem.message, fields);
    if (fields.length < problem.errors.length) this.events.misshapen(work);
    return "kept";
  }

  private later(problem: ApiProblem, work: Work, session: number): Outcome {
    work.due = true;
    this.keep(work);
    showSaveState(problem.status === 0 ? "offline" : "failed");
    this.waiting.set(work, session);
    retryLater();
    if (!this.byItself) toast(problem.kept, { label: word("action.retry"), run: () => void this.save(work, session) }, 12, "bad");
    return "kept";
  }

  private async gone(work: Work, session: number): Promise<Outcome> {
    if (!(await confirmed(word("save.gone")))) return "kept";
    this.drafts.forget(work);
    work.id = null;
    work.key = newKey();
    return this.send(work, session);
  }

  /** Two versions: whatever the person chooses ends on the server, the copy first since nothing else holds that shape. */
  private async conflict(problem: ApiProblem, work: Work, session: number): Promise<Outcome> {
    try {
      const { theirs, send, copy, told } = await resolveConflict(problem, work, this.stage);
      showSaveState("saving");
      const made = copy && await createProposal(copy, this.copyKey(copy));
      const { id, version } = theirs.properties;
      const result = send ? await replaceProposal(id, version, send) : theirs;
      if (made) this.operations.created(made);
      if (send) this.operations.changed(id, result.properties.version, { geometry: theirs.geometry, fields: fieldsOf(theirs.properties) }, send, session);
      work.settle();
      this.forget(work);
      followVersion(id, 0, version); // what waits to be done with it was decided upon another one, and says so
      this.events.replaced(result, work);
      toast(made ? word("conflict.copied", { title: made.properties.title }) : told, null, 10);
      return "settled";
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return this.failed(error, work, session);
    }
  }

  private copyKey(copy: Draft): string {
    const content = JSON.stringify(copy);
    const key = this.copyKeys.get(content) ?? newKey();
    this.copyKeys.set(content, key);
    return key;
  }
}

/** Refused as stale, though it is there already, since only the answer to an earlier attempt was lost: as the server has it. */
async function arrived(problem: ApiProblem, { id }: Work, draft: Draft): Promise<Proposal | null> {
  if (problem.status !== 412 || !id || !problem.changed?.own) return null;
  const found = await readProposal(id).catch(() => null);
  return found && sameDraft(draft, { geometry: found.geometry, fields: fieldsOf(found.properties) }) ? found : null;
}

function keptOf(work: Work): KeptDraft {
  const fields = work.fields();
  return {
    id: work.id, version: work.version, workType: work.workType, geometryKinds: work.kinds.join(" "), geometry: work.draft()?.geometry ?? null, drawing: work.drawing,
    name: fields.title || (work.form?.closest(".pane")?.querySelector("h2")?.textContent ?? ""), fields, base: work.base, key: work.key, touched: work.dirty, due: work.due, at: new Date().toISOString(),
  };
}

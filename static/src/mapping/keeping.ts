// Brings the fact in hand to the server and deals with every way that can fail.
// It knows nothing about tools or panels; it reads the fact and says whether it was saved.
// Idea: first to the device, then to the server; a failure leaves it on the device and a sentence on the screen.
import { readFact, type FactDraft, type FactFeature } from "../api/facts.ts";
import { ApiProblem, newKey } from "../api/proposals.ts";
import { clearErrors, showErrors } from "../editor/form.ts";
import { momentOf } from "../editor/who-changed.ts";
import { signInAgain } from "../page/dialogs.ts";
import { retryLater, whenBack } from "../page/retry.ts";
import { showKept, showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { Fact } from "./fact.ts";
import { settleFact, type Compare } from "./fact-conflict.ts";
import type { FactDrafts } from "./fact-drafts.ts";
import type { FactOperations } from "./fact-operations.ts";

export class Keeping {
  private running: Promise<FactFeature | null> | null = null;
  /** What is in hand is not even on the device: the only reason to warn on leaving. */
  private unsafe = false;
  /** Nobody asked for what is being sent: that it failed once more is no news. */
  private byItself = false;
  /** Keys of copies by what they say: what was sent once is not made twice. */
  private readonly copyKeys = new Map<string, string>();

  constructor(private readonly drafts: FactDrafts, private readonly operations: FactOperations, private readonly again: () => Promise<void>, private readonly compare: Compare) {
    window.addEventListener("beforeunload", (event) => this.unsafe && event.preventDefault());
    whenBack(() => {
      this.byItself = true;
      void again().finally(() => (this.byItself = false));
    });
  }

  /** Changed by the person: on the device at once. */
  keep(fact: Fact): void {
    fact.dirty = true;
    this.store(fact);
  }

  /** What is drawn and not finished yet, after each corner; gone from the device where nothing is drawn or typed any more. */
  keepDrawing(fact: Fact): void {
    if (fact.blank) this.forget(fact);
    else this.store(fact);
  }

  /** A border is not kept, since without its neighbours it would come back as a gap. */
  private store(fact: Fact): void {
    this.unsafe = fact.noun === "regions" || !this.drafts.keep(fact);
    if (this.unsafe) showSaveState("dirty");
    else showKept();
  }

  forget(fact: Fact): void {
    this.drafts.forget(fact);
    fact.dirty = fact.due = this.unsafe = false;
    showSaveState("saved");
  }

  /** What the server then has; null if only the device has it. */
  async save(fact: Fact): Promise<FactFeature | null> {
    if (this.running) return null;
    this.running = this.send(fact).finally(() => (this.running = null));
    return this.running;
  }

  /** What is on its way arrives or fails. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async send(fact: Fact, draft = fact.draft()): Promise<FactFeature | null> {
    if (!draft) {
      toast(word("save.no_shape"), null, 6, "bad");
      return null;
    }
    this.keep(fact);
    showSaveState("saving");
    clearErrors(fact.form);
    try {
      const saved = fact.id ? await this.operations.replace(fact.noun, fact.id, fact.version, fact.base, draft) : await this.operations.create(fact.noun, draft, fact.key);
      this.forget(fact);
      toast(word("save.done"), null, 3);
      return saved;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return this.failed(error, fact);
    }
  }

  private async failed(problem: ApiProblem, fact: Fact): Promise<FactFeature | null> {
    if (problem.passing) {
      fact.due = true;
      this.store(fact);
      retryLater();
      showSaveState(problem.status === 0 ? "offline" : "failed");
      if (!this.byItself) toast(problem.kept, { label: word("action.retry"), run: () => void this.again() }, 12, "bad");
      return null;
    }
    showSaveState("invalid");
    if (problem.status === 401) return (await signInAgain()) ? this.send(fact) : null;
    if (problem.status === 412 && fact.id) return this.stale(problem, fact);
    if (problem.status === 422 || problem.status === 400) showErrors(fact.form, problem.message, problem.errors);
    else toast(problem.kept, null, 10, "bad");
    return null;
  }

  /** Somebody saved first: what does not clash is merged, the rest is asked field by field; it ends saved, a copy first since nothing else holds its shape. */
  private async stale(problem: ApiProblem, fact: Fact): Promise<FactFeature | null> {
    const theirs = await readFact(fact.noun, fact.id!), settled = await settleFact(fact, theirs, problem.changed, this.compare);
    try {
      if (settled.copy) await this.createCopy(fact, settled.copy);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return this.failed(error, fact);
    }
    fact.read(theirs);
    const saved = settled.draft ? await this.send(fact, settled.draft) : theirs;
    if (saved === theirs) this.forget(fact);
    if (saved && settled.copy) toast(word("fact.copied"), null, 8);
    if (saved && settled.asked === 0) toast(word("fact.merged", { who: problem.changed?.by || word("conflict.somebody"), when: momentOf(problem.changed) }), null, 8);
    return saved;
  }

  private async createCopy(fact: Fact, copy: FactDraft): Promise<void> {
    const content = JSON.stringify(copy), key = this.copyKeys.get(content) ?? newKey();
    this.copyKeys.set(content, key);
    await this.operations.create(fact.noun, copy, key);
  }
}

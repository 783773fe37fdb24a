// The work in hand: read from the server when it is needed, judged after each change, saved a second later.
// It knows nothing about tools, buttons or panels.
// Idea: one place that says what is being worked on and whether the server has it, shared by tools, form and commands.
import { ApiProblem, readProposal, unreached } from "../api/proposals.ts";
import { keptProposals } from "../page/kept.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import type { Preview } from "./preview.ts";
import { setRefusal } from "./refusal.ts";
import type { Outcome, Saving } from "./saving.ts";
import { toGeometry, type Shape } from "./shape.ts";
import type { Work } from "./work.ts";

const AUTOSAVE_MS = 1000;

export class Hand {
  work: Work | null = null;
  private session = 0;
  private timer = 0;

  constructor(private readonly saving: Saving, private readonly preview: Preview) {}

  get editable(): boolean {
    return this.work !== null && this.work.form?.dataset["editable"] !== "false";
  }

  /** What is changed from here on is one step of undo. */
  begin(): void {
    this.session += 1;
  }

  /** The work with what the server has of it. */
  async ready(): Promise<Work | null> {
    const { work } = this;
    if (!work?.id || work.base) return work;
    try {
      const proposal = await readProposal(work.id).catch(async (error: unknown) => unreached(error, (await keptProposals()).things.get(work.id!)));
      if (work.base) return work;
      const version = work.version;
      work.read(proposal, work.shape === null);
      work.version = version || proposal.properties.version;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message, null, 8, "bad");
    }
    return work;
  }

  reshape(shape: Shape): void {
    const { work } = this;
    if (!work) return;
    work.shape = shape;
    work.touch();
    setRefusal(work, "");
    this.preview.guess(work.form, shape);
    this.judge(work);
    this.saving.keep(work);
    this.saveLater();
  }

  /** The figures of a shape that is being drawn or pulled and may yet change: at once what the device knows, then the server's. */
  follow(shape: Shape): void {
    const { work } = this;
    if (!work) return;
    this.preview.guess(work.form, shape);
    this.preview.ask(toGeometry(shape), work.fields(), work.id);
  }

  typed(event: Event): void {
    const { work } = this, control = event.target as HTMLInputElement;
    if (!work?.form?.contains(control) || control.name === "transition_note") return;
    work.touch();
    if (event.type === "change" && !["title", "description"].includes(control.name)) this.judge(work);
    this.saving.keep(work);
    if (event.type === "change") this.saveLater();
  }

  /** On the device as it is now. */
  keep(work: Work): void {
    this.saving.keep(work);
  }

  /** Ask the server what this does, and whether it would take the shape. */
  judge(work: Work): void {
    const draft = work.draft();
    if (draft) this.preview.ask(draft.geometry, draft.fields, work.id);
  }

  async save(work: Work): Promise<Outcome> {
    clearTimeout(this.timer);
    return this.saving.save(work, this.session);
  }

  /** What the server already has is saved by itself; a new proposal waits for its first Save. */
  private saveLater(): void {
    clearTimeout(this.timer);
    if (this.work?.id) this.timer = window.setTimeout(() => void this.flush(), AUTOSAVE_MS);
  }

  /** Nothing stays unsaved: false if something could not be saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.work?.refusal) {
      showSaveState("invalid");
      return false;
    }
    if (!this.work?.id || !this.work.dirty) return true;
    return (await this.ready()) !== null && (await this.save(this.work)) === "saved";
  }

  /** Nothing goes on by itself. */
  stop(): void {
    this.preview.stop();
    clearTimeout(this.timer);
  }

  /** The work is given up or gone, on the device, too. */
  forget(work: Work): void {
    this.stop();
    this.saving.forget(work);
    if (this.work === work) this.work = null;
  }
}

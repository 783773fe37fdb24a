// What the buttons and keys do with the proposal in hand: save, submit, delete, give up, duplicate, turn round.
// It knows nothing about tools beyond putting them down, nor about how saving works.
// Idea: every command starts from what the server has and ends in one step that can be undone.
import { fieldsOf } from "../api/fields.ts";
import { ApiProblem, moveOn, newKey, readProposal } from "../api/proposals.ts";
import { mayThrowAway } from "../page/dialogs.ts";
import { doOrWait } from "../page/later.ts";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { besideOf } from "./beside.ts";
import type { Hand } from "./hand.ts";
import { nextTitle } from "./next-title.ts";
import type { Operations } from "./operations.ts";
import { leadToRefusal } from "./refusal.ts";
import { fromGeometry, reverse, toGeometry } from "./shape.ts";
import type { Work } from "./work.ts";

/** What the commands ask of the desk. */
export interface Desk {
  release: () => void;
  clear: () => void;
  move: () => Promise<void>;
  undo: () => Promise<void>;
  zoom: () => void;
  refusal: () => HTMLElement | null;
}

export class Commands {
  constructor(private readonly page: MapPage, private readonly hand: Hand, private readonly operations: Operations, private readonly desk: Desk) {}

  async save(): Promise<void> {
    const { hand } = this;
    if (!(await hand.ready()) || !hand.work) return;
    hand.stop(); // a preview still waiting would judge the saved work as a twin of itself
    if (hand.work.refusal) return this.refused();
    hand.work.touch();
    if (await hand.save(hand.work) === "saved") toast(word("save.done"), null, 3);
  }

  /** Submit, withdraw and the like: save first, then move on; without a network both wait. */
  async transition(action: string): Promise<void> {
    const work = await this.hand.ready();
    if (!work?.id || !work.form) return;
    this.hand.stop();
    if (work.refusal) return this.refused();
    if (action === "submit" && this.askedAboutGaps()) return;
    if (work.dirty && (await this.hand.save(work)) !== "saved" && !work.due) return;
    const note = work.form.querySelector<HTMLInputElement>("[name=transition_note]")?.value.trim() ?? "";
    const { id, version, due } = work, key = newKey();
    try {
      const done = await this.now(work, { deed: action, note, key }, async () => {
        if (due) throw new ApiProblem(0, word("error.offline")); // its changes wait, and go first
        await moveOn(id, version, action, note, key);
      });
      if (!done) return;
      this.desk.release();
      this.page.view.refresh("proposals");
      void this.page.open(id, false);
    } catch (error) {
      this.failed(error, id);
    }
  }

  async remove(): Promise<void> {
    const work = await this.hand.ready();
    if (!work) return;
    if (!work.id) return this.cancel();
    if (!work.base || !this.hand.editable) return;
    const { id } = work;
    try {
      this.desk.release();
      const done = await this.now(work, { deed: "delete", note: "", key: newKey() }, () => this.operations.delete(id, work.version));
      this.hand.forget(work);
      if (done) return toast(word("deleted"), { label: word("action.undo"), run: () => void this.desk.undo() }, 8);
      this.desk.clear();
      this.page.close();
    } catch (error) {
      this.failed(error, id);
    }
  }

  /** False: the server was not reached, and it is done once it is. */
  private now(work: Work, asked: { deed: string; note: string; key: string }, run: () => Promise<void>): Promise<boolean> {
    const { id, version } = work;
    return doOrWait({ noun: "proposals", id: id!, version, name: work.fields().title ?? "", ...asked }, run);
  }

  async cancel(): Promise<void> {
    const { work } = this.hand;
    if (work?.dirty && !(await mayThrowAway())) return;
    if (work) this.hand.forget(work);
    this.desk.release();
    this.desk.clear();
    this.page.close();
  }

  /** A new draft of the same kind beside it, at once in the hand to be moved. */
  async duplicate(): Promise<void> {
    const id = this.hand.work?.id;
    if (!id) return toast(word("edit.select_saved"));
    if (!(await this.hand.flush())) return;
    try {
      const proposal = await readProposal(id);
      const title = nextTitle(proposal.properties.title);
      const draft = { geometry: toGeometry(besideOf(fromGeometry(proposal.geometry), this.page.view.map)), fields: { ...fieldsOf(proposal.properties), title } };
      const copy = await this.operations.create(draft, word("op.duplicate"));
      this.desk.release();
      this.hand.work = null;
      this.page.view.refresh("proposals");
      await this.page.open(copy.id);
      await this.desk.move();
      toast(word("duplicated"), { label: word("action.undo"), run: () => void this.desk.undo() }, 8);
    } catch (error) {
      this.failed(error, id);
    }
  }

  /** The line runs the other way: a drain then falls to its other end. */
  async reverse(): Promise<void> {
    const work = await this.hand.ready();
    if (work?.shape?.kind !== "line") return toast(word("edit.select_line"));
    if (!this.hand.editable) return toast(word("edit.not_allowed"));
    this.desk.release();
    this.hand.begin();
    this.hand.reshape(reverse(work.shape));
    if (await this.hand.flush()) toast(word("reversed"));
  }

  /** A step that was refused; where somebody saved first, what is stored now is shown. */
  failed(error: unknown, id: string): void {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message, null, 10, "bad");
    if (error.status !== 412) return;
    this.hand.work = null;
    void this.page.open(id, false);
  }

  private refused(): void {
    if (!leadToRefusal(this.desk.refusal())) this.desk.zoom();
  }

  /** True the first time something is missing: the list of it is shown, and the button then submits all the same. */
  private askedAboutGaps(): boolean {
    const gaps = this.page.body.querySelector<HTMLElement>("[data-gaps]");
    const button = this.page.body.querySelector<HTMLElement>("[data-transition=submit]");
    const anyway = word("submit.anyway");
    if (!gaps || !button || button.textContent === anyway) return false;
    button.textContent = anyway;
    gaps.scrollIntoView({ block: "center" });
    gaps.focus({ preventScroll: true });
    return true;
  }
}

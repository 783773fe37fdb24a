// The drawing desk: which tool has the map, which proposal is in hand, and what each button and key does to them.
// It knows nothing about HTTP details (saving, operations) or pixels (tools, sketch); it only connects them.
// Idea: type first, then shape, then form; shape and form are one piece of work that saves itself.
import { ApiProblem, moveOn, readProposal, type Proposal } from "../api/proposals.ts";
import { confirmed } from "../page/dialogs.ts";
import type { MapPage } from "../page/map-page.ts";
import { isPhone } from "../page/sheet.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { Comparing } from "./comparing.ts";
import { prefersHair } from "./crosshair.ts";
import { Drafts, type KeptDraft } from "./drafts.ts";
import type { EditMode } from "./edit-tool.ts";
import { watchForm } from "./form.ts";
import { Journal } from "./history.ts";
import { Operations, type Target } from "./operations.ts";
import { Preview } from "./preview.ts";
import { leadToRefusal, setRefusal } from "./refusal.ts";
import { Restoring } from "./restoring.ts";
import { Saving } from "./saving.ts";
import { boundsOf, toGeometry, type Kind, type Shape } from "./shape.ts";
import { showToolbar } from "./toolbar.ts";
import { Tools, type ToolName } from "./tools.ts";
import { kindsOf, Work } from "./work.ts";

const AUTOSAVE_MS = 1000;

export class Editor {
  readonly tools: Tools;
  private readonly journal = new Journal(() => this.refreshButtons());
  private readonly operations = new Operations(this.journal, (target) => this.showTarget(target));
  private readonly saving: Saving;
  private readonly preview: Preview;
  private work: Work | null = null;
  private session = 0;
  private timer = 0;
  private wanted: Kind | null = null;
  /** How far the map was moved (px) so that what the sheet left free stands under the cross-hair. */
  private lowered = 0;
  private readonly restoring: Restoring;

  constructor(private readonly page: MapPage) {
    page.body.addEventListener("click", (event) => {
      const field = (event.target as Element).closest<HTMLElement>("[data-goes-to]")?.dataset["goesTo"];
      if (field) document.getElementById(field)?.focus();
    });
    const { account = "", kelurahan = "" } = document.body.dataset;
    this.tools = new Tools(page.view, () => this.refreshButtons());
    const drafts = new Drafts(account, kelurahan);
    this.restoring = new Restoring(drafts);
    this.saving = new Saving(drafts, this.operations, {
      created: (proposal, work) => this.onCreated(proposal, work),
      updated: (proposal, work) => this.onUpdated(proposal, work),
      replaced: (proposal, work) => this.onReplaced(proposal, work),
      misshapen: (work) => this.judge(work),
    }, new Comparing(page, this.tools.sketch, () => this.putDown()));
    this.preview = new Preview(page.resolve("panel/preview"), () => page.body.querySelector<HTMLElement>("[data-preview]"), (refusal) => this.work && setRefusal(this.work, refusal));
    page.body.addEventListener("fragment", () => this.attach());
    page.body.addEventListener("input", (event) => this.typed(event));
    page.body.addEventListener("change", (event) => this.typed(event));
    this.attach();
    this.refreshButtons();
  }

  // --- tools -----------------------------------------------------------------------------------------------------

  /** A tool of the tool bar or its key. */
  async choose(tool: ToolName): Promise<void> {
    if (tool === this.tools.name && tool !== "select") return this.release();
    if (tool === "point" || tool === "line" || tool === "polygon") return this.chooseKind(tool);
    if (tool === "edit" || tool === "move") return this.startEditing(tool === "edit" ? "corners" : "move");
    this.release();
    if (tool === "measure") this.startDrawing("line", "measure");
  }

  private async chooseKind(kind: Kind): Promise<void> {
    const { work } = this;
    if (work && !work.shape && work.kinds.includes(kind)) return this.startDrawing(kind);
    this.release();
    this.wanted = kind;
    this.page.mark("");
    toast(word("draw.choose_type"));
    this.page.sheet.open();
    await this.page.load(`panel/new?geometry=${kind}`);
  }

  /** Type chosen: its form, then its shape. */
  async begin(workType: string, kindText: string): Promise<void> {
    this.release();
    const kinds = kindsOf(kindText);
    this.page.mark("");
    this.work = new Work(null, 0, workType, kinds);
    if (!(await this.page.load(`panel/new?work_type=${encodeURIComponent(workType)}`))) return;
    const kind = this.wanted && kinds.includes(this.wanted) ? this.wanted : kinds[0]!;
    this.wanted = null;
    this.startDrawing(kind);
  }

  private startDrawing(kind: Kind, tool: ToolName = kind): void {
    this.release();
    this.lower(isPhone() ? this.page.panel.offsetHeight / 2 : 0);
    this.tools.startDrawing(kind, tool, {
      changed: (shape, settled) => this.drawn(shape, settled, tool === "measure"),
      finished: (shape) => this.finished(shape, tool === "measure"),
      steps: () => this.refreshButtons(),
    });
  }

  private async startEditing(mode: EditMode): Promise<void> {
    const work = await this.ready();
    if (!work?.shape) return toast(word("edit.select_first"));
    if (work.form?.dataset["editable"] === "false") return toast(word("edit.not_allowed"));
    this.release();
    this.session += 1;
    if (work.id) this.page.view.hide(work.id, true);
    this.tools.startEditing(work.shape, mode, work.id ?? "", {
      changed: (shape) => this.reshaped(shape),
      steps: () => this.refreshButtons(),
      refused: (words) => toast(words),
    });
  }

  /** Put the tool down; the work stays in hand. */
  private release(): void {
    this.tools.release();
    this.lower(0);
    if (this.work?.id) this.page.view.hide(this.work.id, false);
    else if (this.work?.shape) this.tools.sketch.show(this.work.shape);
  }

  /** Nothing of the work in hand goes on by itself. */
  private putDown(): void {
    this.release();
    this.preview.stop();
    clearTimeout(this.timer);
  }

  private lower(pixels: number): void {
    if (pixels !== this.lowered) this.page.view.map.panBy([0, this.lowered - pixels], { animate: false });
    this.lowered = pixels;
  }

  private refreshButtons(): void {
    if (!this.tools) return;
    const tool = this.tools.stepping;
    showToolbar(this.tools.name, {
      undo: tool?.canUndo ? word("op.corner") : tool ? null : this.journal.nextUndo,
      redo: tool?.canRedo ? word("op.corner") : tool ? null : this.journal.nextRedo,
      hand: this.work?.id !== null && this.work?.form?.dataset["editable"] !== "false" && this.work !== null,
      shape: this.work !== null && (this.work.id !== null || this.work.shape !== null) && this.work.form?.dataset["editable"] !== "false",
    });
  }

  // --- the bar and the keys --------------------------------------------------------------------------------------

  drawBar(action: string): void {
    if (action === "add") this.tools.draw?.addAtHair();
    else if (action === "undo") this.tools.stepping?.undo();
    else if (action === "finish") this.finish();
    else void this.escape();
  }

  finish(): void {
    if (!this.tools.finish() && this.tools.edit) this.release();
  }

  /** One step out; false if there was nothing to leave. */
  async escape(): Promise<boolean> {
    if (this.tools.draw) {
      if (this.tools.name !== "measure" && this.tools.draw.corners.length > 2 && !(await confirmed(word("draw.drop")))) return true;
      this.release();
      if (this.work && !this.work.id && !this.work.shape) {
        this.work = null;
        await this.page.load(this.page.options.home());
      }
      return true;
    }
    if (this.tools.edit) {
      this.release();
      return true;
    }
    if (this.tools.byKeys) {
      this.tools.toggleHair();
      return true;
    }
    return false;
  }

  async undo(way: "undo" | "redo"): Promise<void> {
    const tool = this.tools.stepping;
    if (tool) {
      tool[way]();
      return;
    }
    try {
      await this.flush();
      const name = await this.journal[way]();
      if (name) toast(word(way === "undo" ? "undo.done" : "redo.done", { name }));
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), null, 8, "bad");
    }
  }

  // --- changes ---------------------------------------------------------------------------------------------------

  private drawn(shape: Shape, settled: boolean, measuring: boolean): void {
    if (measuring || !this.work) return;
    if (shape.kind === "point" || shape.parts[0]!.length > (shape.kind === "line" ? 1 : 2)) this.preview.ask(toGeometry(shape), this.work.fields(), this.work.id);
    if (settled) this.work.touch();
  }

  private finished(shape: Shape, measuring: boolean): void {
    if (measuring) {
      this.release();
      this.tools.sketch.show(shape);
      return;
    }
    const { work } = this;
    if (!work) return;
    work.shape = shape;
    this.release();
    this.reshaped(shape);
    this.page.sheet.open();
    if (isPhone()) this.zoom();
    if (shape.kind !== "point" && !prefersHair()) void this.startEditing("corners");
    if (!prefersHair()) work.form?.querySelector<HTMLInputElement>("[name=title][value='']")?.focus({ preventScroll: true });
  }

  private reshaped(shape: Shape): void {
    const { work } = this;
    if (!work) return;
    work.shape = shape;
    work.touch();
    setRefusal(work, "");
    this.judge(work);
    this.saving.keep(work);
    this.saveLater();
  }

  private typed(event: Event): void {
    const { work } = this;
    if (!work?.form?.contains(event.target as Node) || (event.target as HTMLInputElement).name === "transition_note") return;
    work.touch();
    if (event.type === "change" && !["title", "description"].includes((event.target as HTMLInputElement).name)) this.judge(work);
    this.saving.keep(work);
    if (event.type === "change") this.saveLater();
  }

  /** What the server already has is saved by itself; a new proposal waits for its first Save. */
  private saveLater(): void {
    clearTimeout(this.timer);
    if (this.work?.id) this.timer = window.setTimeout(() => void this.flush(), AUTOSAVE_MS);
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.work?.refusal) return showSaveState("invalid");
    if (this.work?.id && this.work.dirty && (await this.ready())) await this.saving.save(this.work, this.session);
  }

  /** Ask the server what this does, and whether it would take the shape. */
  private judge(work: Work): void {
    const draft = work.draft();
    if (draft) this.preview.ask(draft.geometry, draft.fields, work.id);
  }

  private refused(): void {
    if (!leadToRefusal(this.preview.refusal)) this.zoom();
  }

  // --- the form and its buttons ----------------------------------------------------------------------------------

  /** A new fragment stands in the panel: is it the form of a proposal? */
  private attach(): void {
    const form = this.page.body.querySelector<HTMLFormElement>("form[data-proposal-form]");
    const before = this.work;
    if (before && before.form !== form && before.id && before.dirty) void this.saving.save(before, this.session);
    if (!form) {
      if (this.tools.edit || (this.tools.draw && this.tools.name !== "measure")) this.release();
      if (before && !before.id && before.shape) this.tools.sketch.clear();
      this.work = null;
      return this.refreshButtons();
    }
    if (form === before?.form) return;
    watchForm(form);
    const id = form.dataset["id"] || null, version = Number(form.dataset["version"] ?? 0);
    if (before && before.id === id && before.workType === form.dataset["workType"]) {
      before.form = form;
      setRefusal(before, before.refusal);
      if (!before.dirty) before.version = version;
    } else {
      if (this.tools.edit) this.release();
      if (before && !before.id) this.tools.sketch.clear();
      this.work = new Work(id, version, form.dataset["workType"] ?? "", kindsOf(form.dataset["geometry"]));
      this.work.form = form;
      if (id && form.dataset["editable"] !== "false") void this.ready();
    }
    const draft = this.restoring.fill(form);
    if (draft?.geometry) this.preview.ask(draft.geometry, draft.fields, draft.id);
    this.refreshButtons();
  }

  /** The work with what the server has of it. */
  private async ready(): Promise<Work | null> {
    const { work } = this;
    if (!work?.id || work.base) return work;
    try {
      const proposal = await readProposal(work.id);
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

  async action(name: string, button: HTMLElement): Promise<void> {
    const { work } = this;
    switch (name) {
      case "save": await this.saveNow(); return;
      case "delete": await this.remove(); return;
      case "edit-shape": await this.startEditing("corners"); return;
      case "move": await this.startEditing("move"); return;
      case "redraw": if (await this.ready()) this.startDrawing(kindsOf(button.dataset["geometry"] ?? work?.kinds.join(" "))[0]!); return;
      case "zoom": this.zoom(); return;
      case "cancel": await this.cancel(); return;
    }
  }

  async saveNow(): Promise<void> {
    if (this.tools.draw && !this.tools.draw.finish()) return toast(word("draw.too_few"));
    if (!(await this.ready()) || !this.work) return;
    clearTimeout(this.timer);
    if (this.work.refusal) return this.refused();
    this.work.touch();
    this.preview.stop(); // one still waiting would judge the saved work as a twin of itself
    if (await this.saving.save(this.work, this.session) === "saved") toast(word("save.done"), null, 3);
  }

  /** Submit, withdraw and the like: save first, then move on. */
  async transition(action: string): Promise<void> {
    const work = await this.ready();
    if (!work?.id || !work.form) return;
    this.preview.stop();
    if (work.refusal) return this.refused();
    if (action === "submit" && this.askedAboutGaps()) return;
    if (work.dirty && (await this.saving.save(work, this.session)) !== "saved") return;
    const note = work.form.querySelector<HTMLInputElement>("[name=transition_note]")?.value.trim() ?? "";
    try {
      await moveOn(work.id, work.version, action, note);
      this.release();
      this.page.view.refresh("proposals");
      this.page.open(work.id, false);
    } catch (error) {
      this.stepFailed(error, work.id);
    }
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

  /** A step that was refused; where somebody saved first, what is stored now is shown. */
  private stepFailed(error: unknown, id: string): void {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message, null, 10, "bad");
    if (error.status !== 412) return;
    this.work = null;
    this.page.open(id, false);
  }

  async remove(): Promise<void> {
    const work = await this.ready();
    if (!work) return;
    if (!work.id) return this.cancel();
    if (!work.base) return;
    try {
      this.release();
      await this.operations.delete(work.id, work.version);
      this.saving.forget(work);
      toast(word("deleted"), { label: word("action.undo"), run: () => void this.undo("undo") }, 8);
    } catch (error) {
      this.stepFailed(error, work.id);
    }
  }

  private async cancel(): Promise<void> {
    const { work } = this;
    if (work?.dirty && !(await confirmed(word("draw.drop")))) return;
    this.preview.stop();
    clearTimeout(this.timer);
    if (work) this.saving.forget(work);
    this.work = null;
    this.release();
    this.tools.sketch.clear();
    this.page.close();
  }

  zoom(): void {
    const bounds = this.work?.shape ? boundsOf(this.work.shape) : null;
    if (bounds) this.page.flyTo(bounds);
  }

  // --- results ---------------------------------------------------------------------------------------------------

  private onCreated(proposal: Proposal, work: Work): void {
    if (this.work === work) this.work = null;
    this.release();
    this.tools.sketch.clear();
    this.page.view.refresh("proposals");
    this.page.open(proposal.properties.id);
  }

  private onUpdated(proposal: Proposal, work: Work): void {
    if (work.form) work.form.dataset["version"] = String(proposal.properties.version);
    this.page.view.refresh("proposals");
  }

  private onReplaced(proposal: Proposal, work: Work): void {
    this.page.view.refresh("proposals");
    if (this.work !== work) return;
    this.release();
    this.work = null;
    this.page.open(proposal.properties.id, false);
  }

  private showTarget(target: Target): void {
    this.release();
    this.work = null;
    this.page.view.refresh("proposals");
    if (target.alive) this.page.open(target.id);
    else this.page.close();
    showSaveState("saved");
  }

  // --- drafts of an earlier visit --------------------------------------------------------------------------------

  offerDrafts(): void {
    this.restoring.offer((draft) => void this.restore(draft));
  }

  private async restore(draft: KeptDraft): Promise<void> {
    this.release();
    this.work = this.restoring.work(draft);
    if (draft.id) this.page.mark(draft.id);
    await this.page.load(draft.id ? this.page.options.card(draft.id) : `panel/new?work_type=${encodeURIComponent(draft.workType)}`);
    this.zoom();
    if (draft.geometry) await this.startEditing("corners");
    this.page.sheet.open();
  }
}

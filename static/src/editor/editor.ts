// The drawing desk: which tool has the map, which form stands in the panel, and what each button and key starts.
// It knows nothing about HTTP details (saving, operations), pixels (tools, sketch) or what a command does (commands).
// Idea: type first, then shape, then form; shape and form are one piece of work that saves itself.
import type { Proposal } from "../api/proposals.ts";
import { confirmed } from "../page/dialogs.ts";
import type { MapPage } from "../page/map-page.ts";
import { isPhone } from "../page/sheet.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { Commands } from "./commands.ts";
import { Comparing } from "./comparing.ts";
import { prefersHair } from "./crosshair.ts";
import { Drafts, type KeptDraft } from "./drafts.ts";
import { watchForm } from "./form.ts";
import { Hand } from "./hand.ts";
import { Journal } from "./history.ts";
import { Operations, type Target } from "./operations.ts";
import { Parting } from "./parting.ts";
import { Preview } from "./preview.ts";
import { setRefusal } from "./refusal.ts";
import { Restoring } from "./restoring.ts";
import { Saving } from "./saving.ts";
import { toGeometry, type Kind, type Shape } from "./shape.ts";
import { showToolbar } from "./toolbar.ts";
import { Tools, type ToolName } from "./tools.ts";
import { kindsOf, Work } from "./work.ts";

export class Editor {
  readonly tools: Tools;
  readonly commands: Commands;
  private readonly parting: Parting;
  private readonly journal = new Journal(() => this.refreshButtons());
  private readonly operations = new Operations(this.journal, (target) => this.showTarget(target));
  private readonly hand: Hand;
  private readonly preview: Preview;
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
    const saving = new Saving(drafts, this.operations, {
      created: (proposal, work) => this.onCreated(proposal, work),
      updated: (proposal, work) => this.onUpdated(proposal, work),
      replaced: (proposal, work) => this.onReplaced(proposal, work),
      misshapen: (work) => this.hand.judge(work),
    }, new Comparing(page, this.tools.sketch, () => this.putDown()));
    this.preview = new Preview(page.resolve("panel/preview"), () => page.body.querySelector<HTMLElement>("[data-preview]"), (refusal) => this.work && setRefusal(this.work, refusal));
    this.hand = new Hand(saving, this.preview);
    this.commands = new Commands(page, this.hand, this.operations, {
      release: () => this.release(), clear: () => this.tools.sketch.clear(), move: () => this.startEditing("move"),
      undo: () => this.undoOperation(), refusal: () => this.preview.refusal,
    });
    this.parting = new Parting(page, this.tools, this.hand, this.operations, (error, id) => this.commands.failed(error, id));
    page.body.addEventListener("fragment", () => this.attach());
    page.body.addEventListener("input", (event) => this.hand.typed(event));
    page.body.addEventListener("change", (event) => this.hand.typed(event));
    this.attach();
    this.refreshButtons();
  }

  private get work(): Work | null {
    return this.hand.work;
  }

  // --- tools -----------------------------------------------------------------------------------------------------

  /** A tool or command by the name it has in the tool bar, the panel and the table of keys. */
  async use(name: string): Promise<void> {
    switch (name) {
      case "undo": case "redo": return this.undo(name);
      case "delete": return this.commands.remove();
      case "duplicate": return this.commands.duplicate();
      case "reverse": return this.commands.reverse();
      case "split": case "join": return this.part(name);
      case "select": case "measure": case "point": case "line": case "polygon": case "edit": case "move": return this.choose(name);
    }
  }

  private async choose(tool: ToolName): Promise<void> {
    if (!(await this.mayDrop())) return;
    if (tool === this.tools.name && tool !== "select") return this.release();
    if (tool === "point" || tool === "line" || tool === "polygon") return this.chooseKind(tool);
    if (tool === "edit" || tool === "move") return this.startEditing(tool);
    this.release();
    if (tool === "measure") this.startDrawing("line", "measure");
  }

  private async part(tool: "split" | "join"): Promise<void> {
    if (!(await this.mayDrop())) return;
    if (tool === this.tools.name) return this.release();
    this.release();
    await (tool === "split" ? this.parting.startSplitting() : this.parting.startJoining());
  }

  /** More than two points of a drawing are not dropped without asking. */
  private async mayDrop(): Promise<boolean> {
    const { draw, name } = this.tools;
    return name === "measure" || !draw || draw.corners.length <= 2 || confirmed(word("draw.drop"));
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
    this.hand.work = new Work(null, 0, workType, kinds);
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

  private async startEditing(tool: "edit" | "move"): Promise<void> {
    const work = await this.hand.ready();
    if (!work?.shape) return toast(word("edit.select_first"));
    if (!this.hand.editable) return toast(word("edit.not_allowed"));
    this.release();
    this.hand.begin();
    if (work.id) this.page.view.hide(work.id, true);
    this.tools.startEditing(work.shape, tool, work.id ?? "", {
      changed: (shape) => this.hand.reshape(shape),
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
    this.hand.stop();
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
      hand: this.hand.editable && this.work!.id !== null,
      shape: this.hand.editable && (this.work!.id ?? this.work!.shape) !== null,
    });
  }

  // --- the bar and the keys --------------------------------------------------------------------------------------

  drawBar(action: string): void {
    if (action === "add") this.tools.addAtHair();
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
      if (!(await this.mayDrop())) return true;
      this.release();
      if (this.work && !this.work.id && !this.work.shape) {
        this.hand.work = null;
        await this.page.load(this.page.options.home());
      }
      return true;
    }
    if (this.tools.edit ?? this.tools.pick) {
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
      await this.hand.flush();
      const name = await this.journal[way]();
      if (name) toast(word(way === "undo" ? "undo.done" : "redo.done", { name }));
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), null, 8, "bad");
    }
  }

  /** The last operation, whatever tool is in use meanwhile. */
  private async undoOperation(): Promise<void> {
    this.release();
    await this.undo("undo");
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
    this.hand.reshape(shape);
    this.page.sheet.open();
    if (isPhone()) this.commands.zoom();
    if (shape.kind !== "point" && !prefersHair()) void this.startEditing("edit");
    if (!prefersHair()) work.form?.querySelector<HTMLInputElement>("[name=title][value='']")?.focus({ preventScroll: true });
  }

  // --- the form and its buttons ----------------------------------------------------------------------------------

  /** A new fragment stands in the panel: is it the form of a proposal? */
  private attach(): void {
    const form = this.page.body.querySelector<HTMLFormElement>("form[data-proposal-form]");
    const before = this.work;
    if (before && before.form !== form && before.id && before.dirty) void this.hand.save(before);
    if (!form) {
      if (this.tools.edit || this.tools.pick || (this.tools.draw && this.tools.name !== "measure")) this.release();
      if (before && !before.id && before.shape) this.tools.sketch.clear();
      this.hand.work = null;
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
      if (this.tools.edit ?? this.tools.pick) this.release();
      if (before && !before.id) this.tools.sketch.clear();
      const work = (this.hand.work = new Work(id, version, form.dataset["workType"] ?? "", kindsOf(form.dataset["geometry"])));
      work.form = form;
      if (id && form.dataset["editable"] !== "false") void this.hand.ready();
    }
    const draft = this.restoring.fill(form);
    if (draft?.geometry) this.preview.ask(draft.geometry, draft.fields, draft.id);
    this.refreshButtons();
  }

  async action(name: string, button: HTMLElement): Promise<void> {
    switch (name) {
      case "save": await this.save(); return;
      case "edit-shape": await this.startEditing("edit"); return;
      case "redraw": if (await this.hand.ready()) this.startDrawing(kindsOf(button.dataset["geometry"] ?? this.work?.kinds.join(" "))[0]!); return;
      case "zoom": this.commands.zoom(); return;
      case "cancel": await this.commands.cancel(); return;
      default: await this.use(name);
    }
  }

  async save(): Promise<void> {
    if (this.tools.draw && !this.tools.draw.finish()) return toast(word("draw.too_few"));
    await this.commands.save();
  }

  // --- results ---------------------------------------------------------------------------------------------------

  private onCreated(proposal: Proposal, work: Work): void {
    if (this.work === work) this.hand.work = null;
    this.release();
    this.tools.sketch.clear();
    this.page.view.refresh("proposals");
    void this.page.open(proposal.properties.id);
  }

  private onUpdated(proposal: Proposal, work: Work): void {
    if (work.form) work.form.dataset["version"] = String(proposal.properties.version);
    this.page.view.refresh("proposals");
  }

  private onReplaced(proposal: Proposal, work: Work): void {
    this.page.view.refresh("proposals");
    if (this.work !== work) return;
    this.release();
    this.hand.work = null;
    void this.page.open(proposal.properties.id, false);
  }

  private showTarget(target: Target): void {
    this.release();
    this.hand.work = null;
    this.page.view.refresh("proposals");
    if (target.alive) void this.page.open(target.id);
    else this.page.close();
    showSaveState("saved");
  }

  // --- drafts of an earlier visit --------------------------------------------------------------------------------

  offerDrafts(): void {
    this.restoring.offer((draft) => void this.restore(draft));
  }

  private async restore(draft: KeptDraft): Promise<void> {
    this.release();
    this.hand.work = this.restoring.work(draft);
    if (draft.id) this.page.mark(draft.id);
    await this.page.load(draft.id ? this.page.options.card(draft.id) : `panel/new?work_type=${encodeURIComponent(draft.workType)}`);
    this.commands.zoom();
    if (draft.geometry) await this.startEditing("edit");
    this.page.sheet.open();
  }
}

// The drawing desk: which tool has the map, which form stands in the panel, and what each button and key starts.
// It knows nothing about HTTP details (saving, operations), pixels (tools, sketch) or what a command does (commands).
// Idea: type first, then shape, then form; shape and form are one piece of work that saves itself.
import type { Geometry } from "geojson";
import type { Proposal } from "../api/proposals.ts";
import type { Position } from "../geometry/geodesy.ts";
import { mayThrowAway, withdrawQuestion } from "../page/dialogs.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { MapPage } from "../page/map-page.ts";
import { whenLeaving } from "../page/leaving.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { Pair } from "./batch-step.ts";
import { Commands } from "./commands.ts";
import { Comparing } from "./comparing.ts";
import type { Desk } from "./desk.ts";
import { Drafts } from "./drafts.ts";
import { sayAgain, typedEarly, watchForm } from "./form.ts";
import { Hand } from "./hand.ts";
import { Journal, type Operation } from "./history.ts";
import { Operations, type Target } from "./operations.ts";
import { Parting } from "./parting.ts";
import { Preview } from "./preview.ts";
import { ProposalParts } from "./proposal-parts.ts";
import { setRefusal } from "./refusal.ts";
import { Restoring } from "./restoring.ts";
import { Saving } from "./saving.ts";
import { Shaping } from "./shaping.ts";
import { showToolbar } from "./toolbar.ts";
import { Tools } from "./tools.ts";
import { WaitingDrafts } from "./waiting-drafts.ts";
import { kindsOf, Work } from "./work.ts";

export class Editor implements Desk {
  readonly tools: Tools;
  readonly commands: Commands;
  readonly waiting: WaitingDrafts;
  private readonly shaping: Shaping;
  private readonly journal = new Journal(() => this.refreshButtons());
  private readonly operations = new Operations(this.journal, (target) => this.showTarget(target));
  private readonly hand: Hand;
  private readonly preview: Preview;
  private readonly drafts: Drafts;
  private readonly restoring: Restoring;
  private readonly saving: Saving;
  private mapping: Mapping | null = null;
  /** Self-mapping has the tools. */
  private lent = false;

  constructor(private readonly page: MapPage) {
    page.body.addEventListener("click", (event) => {
      const field = (event.target as Element).closest<HTMLElement>("[data-goes-to]")?.dataset["goesTo"];
      if (field) document.getElementById(field)?.focus();
    });
    const { account = "", kelurahan = "" } = document.body.dataset;
    this.tools = new Tools(page.view, () => this.refreshButtons());
    const drafts = this.drafts = new Drafts(account, kelurahan);
    this.restoring = new Restoring(drafts);
    const saving = this.saving = new Saving(drafts, this.operations, {
      created: (proposal, work) => this.onCreated(proposal, work),
      updated: (proposal, work) => this.onUpdated(proposal, work),
      replaced: (proposal, work) => this.onReplaced(proposal, work),
      misshapen: (work) => this.hand.judge(work),
    }, new Comparing(page, this.tools.sketch, () => this.putDown()));
    this.preview = new Preview(page.resolve("panel/preview"), () => page.body.querySelector<HTMLElement>("[data-preview]"), (refusal) => this.work && setRefusal(this.work, refusal));
    this.hand = new Hand(saving, this.preview);
    this.commands = new Commands(page, this.hand, this.operations, {
      release: () => this.shaping.release(), clear: () => this.tools.sketch.clear(), move: () => this.shaping.startEditing("move"),
      undo: () => this.undoOperation(), zoom: () => this.shaping.zoom(), refusal: () => this.preview.refusal,
    });
    const sort = new ProposalParts(this.hand, this.operations, (error, id) => this.commands.failed(error, id));
    const parting = new Parting(page, this.tools, sort, () => this.refreshButtons());
    this.shaping = new Shaping(page, this.tools, this.hand, this.preview, parting, () => this.refreshButtons());
    this.waiting = new WaitingDrafts(page, drafts, this.restoring, this.hand, saving, this.shaping, this.tools.sketch, () => this.save());
    page.panel.addEventListener("click", (event) => this.guard(event), true);
    page.body.addEventListener("fragment", () => this.attach());
    page.body.addEventListener("input", (event) => this.hand.typed(event));
    page.body.addEventListener("change", (event) => this.hand.typed(event));
    page.body.addEventListener("keydown", (event) => this.undoFromField(event));
    whenLeaving(async () => {
      await this.hand.flush();
      await saving.settled();
    });
    this.attach();
    this.refreshButtons();
  }

  private get work(): Work | null {
    return this.hand.work;
  }

  // --- self-mapping ----------------------------------------------------------------------------------------------

  /** The desk of self-mapping, which then has the tools. */
  async lend(): Promise<Mapping> {
    const { Mapping } = await import("../mapping/mapping.ts");
    this.mapping ??= new Mapping(this.page, this.tools, { journal: this.journal, undo: (way) => this.undo(way) });
    if (this.lent) return this.mapping;
    this.putDown();
    this.tellWaiting();
    this.hand.work = null;
    this.tools.sketch.clear();
    this.lent = true;
    await this.mapping.turn(true);
    return this.mapping;
  }

  /** The tools come back. */
  async takeBack(): Promise<void> {
    if (!this.lent) return;
    this.lent = false;
    await this.mapping?.turn(false);
    this.attach();
  }

  /** A row, a tab or a link in the panel that would drop what is drawn or typed asks first, unless the device keeps it. */
  private guard(event: MouseEvent): void {
    const away = (event.target as Element).closest<HTMLElement>("[data-tab], [data-panel], [data-new], [data-work-type]:not(form), li[data-proposal], .row[data-proposal], li[data-rt], li[data-bbox]");
    const desk: Desk = this.lent ? this.mapping! : this;
    if (!away || this.asked === away || !this.atStake) {
      this.asked = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    void desk.mayLeave().then((free) => {
      if (!free) return;
      this.asked = away;
      away.click();
    });
  }

  private asked: HTMLElement | null = null;

  private get atStake(): boolean {
    return this.lent ? this.mapping!.dirty || (this.tools.draw?.corners.length ?? 0) > 2 : this.saving.unsafe;
  }

  /** What is drawn or typed waits on this device; only where that has no room it would be lost. */
  async mayLeave(): Promise<boolean> {
    return !this.saving.unsafe || mayThrowAway();
  }

  private tellWaiting(): void {
    if (this.work) this.waiting.tell(this.work);
  }

  // --- tools -----------------------------------------------------------------------------------------------------

  /** A tool or command by the name it has in the tool bar, the panel and the table of keys. */
  async use(name: string): Promise<void> {
    switch (name) {
      case "undo": case "redo": return this.undo(name);
      case "delete": if (!this.tools.binCorner()) await this.commands.remove(); return;
      case "duplicate": return this.commands.duplicate();
      case "reverse": return this.commands.reverse();
      case "split": case "join": case "hole": case "fill": return this.shaping.part(name);
      case "select": case "measure": case "point": case "line": case "polygon": case "edit": case "move": return this.shaping.choose(name);
    }
  }

  /** Nothing of the work in hand goes on by itself. */
  private putDown(): void {
    this.shaping.release();
    this.hand.stop();
  }

  private refreshButtons(): void {
    if (!this.tools) return;
    if (this.lent) return this.mapping!.refresh();
    const tool = this.tools.stepping;
    showToolbar(this.tools.name, {
      undo: tool?.canUndo ? word("op.corner") : this.shaping.mayReopen ? word("op.drawing") : tool ? null : this.journal.nextUndo,
      redo: tool?.canRedo ? word("op.corner") : tool ? null : this.journal.nextRedo,
      corner: this.tools.name === "edit" ? this.tools.edit!.hasCorner : null,
      hand: this.hand.editable && this.work!.id !== null,
      shape: this.hand.editable && (this.work!.id ?? this.work!.shape) !== null,
    });
  }

  // --- the bar and the keys --------------------------------------------------------------------------------------

  drawBar(action: string): void {
    if (action === "finish") this.finish();
    else if (!this.tools.press(action)) void this.escape();
  }

  finish(): void {
    if (!this.tools.finish() && this.tools.edit) this.shaping.release();
  }

  /** One step out; false if there was nothing to leave. */
  async escape(): Promise<boolean> {
    if (this.tools.draw) {
      if (!(await this.shaping.mayDrop())) return true;
      this.shaping.release();
      if (this.work && !this.work.id && !this.work.shape) await this.page.load(this.page.options.home());
      return true;
    }
    if (this.tools.edit ?? this.tools.pick) {
      this.shaping.release();
      return true;
    }
    if (this.tools.wipeMeasure()) return true;
    if (this.tools.byKeys) {
      this.tools.toggleHair();
      return true;
    }
    return false;
  }

  async undo(way: "undo" | "redo"): Promise<void> {
    const tool = this.tools.stepping;
    if (way === "undo" ? !tool?.canUndo && this.shaping.reopen() : this.shaping.finishAgain()) return;
    if (tool) tool[way]();
    else await this.undoStep(way);
  }

  /** In the empty title, where the keyboard stands after a drawing, there is nothing else to undo. */
  private undoFromField(event: KeyboardEvent): void {
    const field = event.target;
    if (event.key.toLowerCase() !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey) || !this.shaping.mayReopen) return;
    if (!(field instanceof HTMLInputElement) || field.value !== "") return;
    event.preventDefault();
    void this.undo("undo");
  }

  private async undoStep(way: "undo" | "redo"): Promise<void> {
    try {
      await this.hand.flush();
      const name = await this.journal[way]();
      if (name) toast(word(way === "undo" ? "undo.done" : "redo.done", { name }));
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), null, 8, "bad");
    }
  }

  /** A step that was taken elsewhere on the page. */
  record(operation: Operation): void {
    this.journal.record(operation);
  }

  /** The last operation, whatever tool is in use meanwhile. */
  private async undoOperation(): Promise<void> {
    this.shaping.release();
    await this.undoStep("undo");
  }

  // --- the form and its buttons ----------------------------------------------------------------------------------

  /** Another work comes into the hand: no tool goes on with the one before. */
  private letGo(): void {
    if (this.tools.busy && this.tools.name !== "measure") this.shaping.release();
  }

  /** A new fragment stands in the panel: is it the form of a proposal? */
  private attach(): void {
    if (this.lent) return;
    const form = this.page.body.querySelector<HTMLFormElement>("form[data-proposal-form]");
    const before = this.work;
    if (before && before.form !== form && before.id && before.dirty) void this.hand.save(before);
    if (!form) {
      this.letGo();
      this.tellWaiting();
      if (before && this.isSketched(before)) this.tools.sketch.clear();
      this.hand.work = null;
      return this.refreshButtons();
    }
    if (form === before?.form) return;
    const typed = typedEarly(form);
    watchForm(form);
    const id = form.dataset["id"] || null, version = Number(form.dataset["version"] ?? 0);
    if (before && before.id === id && before.workType === form.dataset["workType"]) {
      before.form = form;
      setRefusal(before, before.refusal);
      if (!before.dirty) before.version = version;
    } else {
      this.letGo();
      this.tellWaiting();
      if (before && this.isSketched(before)) this.tools.sketch.clear();
      const work = (this.hand.work = (id && form.dataset["editable"] !== "false" && this.left(id)) || new Work(id, version, form.dataset["workType"] ?? "", kindsOf(form.dataset["geometry"])));
      work.form = form;
      if (id && form.dataset["editable"] !== "false") void this.hand.ready().then(() => {
        if (this.work === work && work.shape && !this.tools.busy && this.isSketched(work)) this.tools.sketch.show(work.shape);
      });
    }
    const draft = this.restoring.fill(form);
    if (draft?.geometry) this.preview.ask(draft.geometry, draft.fields, draft.id);
    if (!draft) sayAgain(typed);
    this.refreshButtons();
  }

  /** The map does not show it as it is: not saved yet, or opened without a network. */
  private isSketched(work: Work): boolean {
    return !work.id || work.due || Boolean(work.form?.closest("[data-kept]"));
  }

  /** What waits on this device of a saved proposal comes into the hand with it. */
  private left(id: string): Work | null {
    const draft = this.saving.busy ? null : this.drafts.of(id);
    if (!draft) return null;
    this.saving.handOver(draft);
    const work = this.restoring.bring(draft);
    this.saving.takeUp(work);
    return work;
  }

  /** Changes of many at once; what is in the hand goes first. False if that could not be saved. */
  async together(name: string, pairs: readonly Pair[], shown: () => Promise<void>): Promise<boolean> {
    if (!(await this.hand.flush())) return false;
    this.shaping.release();
    this.hand.work = null;
    await this.operations.together(name, pairs, shown);
    return true;
  }

  /** Type chosen: its form, then its shape. */
  begin(workType: string, kindText: string): Promise<void> {
    return this.shaping.begin(workType, kindText);
  }

  zoom(): void {
    this.shaping.zoom();
  }

  async action(name: string, button: HTMLElement): Promise<void> {
    switch (name) {
      case "save": await this.save(); return;
      case "edit-shape": await this.shaping.startEditing("edit"); return;
      case "zoom": this.shaping.zoom(); return;
      case "cut": await this.shaping.replace(JSON.parse(button.dataset["cut"]!) as Geometry); return;
      case "extend": await this.shaping.extend(JSON.parse(button.dataset["extend"]!) as Position); return;
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
    this.page.view.refresh("proposals");
    if (this.work !== work) { // it waited, and something else is in hand by now
      toast(word("draft.sent", { name: proposal.properties.title }));
      if (this.page.body.querySelector("[data-pane=proposals]")) void this.page.load(this.page.options.home(), true);
      return;
    }
    withdrawQuestion();
    this.hand.work = null;
    this.shaping.release();
    this.tools.sketch.clear();
    void this.page.open(proposal.properties.id);
  }

  private onUpdated(proposal: Proposal, work: Work): void {
    if (work.form) work.form.dataset["version"] = String(proposal.properties.version);
    this.page.view.refresh("proposals");
    if (this.work === work && !this.tools.busy) this.tools.sketch.clear();
  }

  private onReplaced(proposal: Proposal, work: Work): void {
    this.page.view.refresh("proposals");
    if (this.work !== work) return;
    this.shaping.release();
    this.hand.work = null;
    void this.page.open(proposal.properties.id, false);
  }

  private showTarget(target: Target): void {
    this.shaping.release();
    this.hand.work = null;
    this.page.view.refresh("proposals");
    if (target.alive) void this.page.open(target.id);
    else this.page.close();
    showSaveState("saved");
  }
}

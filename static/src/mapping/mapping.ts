// The desk of self-mapping: the same tools as for proposals, for assets, poor households and borders.
// It knows nothing about HTTP (keeping, fact-operations) or pixels (tools, sketch).
// Idea: one form in the panel is one fact in hand; shape first, then form, then Save.
import type * as L from "leaflet";
import { readFact, type Noun } from "../api/facts.ts";
import { ApiProblem } from "../api/proposals.ts";
import { prefersHair } from "../editor/crosshair.ts";
import type { Desk } from "../editor/desk.ts";
import type { Journal } from "../editor/history.ts";
import { boundsOf, fromGeometry, type Kind, type Shape } from "../editor/shape.ts";
import { showToolbar } from "../editor/toolbar.ts";
import type { ToolName, Tools } from "../editor/tools.ts";
import { fillFactForm } from "./fill.ts";
import { confirmed } from "../page/dialogs.ts";
import type { MapPage } from "../page/map-page.ts";
import { isPhone } from "../page/sheet.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { Answers } from "./answers.ts";
import type { Borders } from "./borders.ts";
import { Fact } from "./fact.ts";
import { FactDrafts, type KeptFact } from "./fact-drafts.ts";
import { FactOperations, type FactTarget } from "./fact-operations.ts";
import { Keeping } from "./keeping.ts";
import { movedOf, type Moved } from "./moved.ts";
import { Ring } from "./ring.ts";
import type { Survey } from "./survey.ts";

const PANELS: Readonly<Record<Noun, string>> = { assets: "panel/assets", households: "panel/households", regions: "panel/borders", "slum-areas": "panel/areas" };
const LAYERS = { assets: "assets", households: "households", regions: "rw", "slum-areas": "slum-areas" } as const;

export interface Hands { tools: Tools; journal: Journal; undo: (way: "undo" | "redo") => Promise<void> }

export class Mapping implements Desk {
  readonly tools: Tools;
  private active = false;
  private fact: Fact | null = null;
  private wanted: Kind | null = null;
  private pending: KeptFact | null = null;
  private survey: Survey | null = null;
  private borders: Borders | null = null;
  private readonly ring: Ring;
  private readonly drafts: FactDrafts;
  private readonly operations: FactOperations;
  private readonly keeping: Keeping;
  private readonly moved: Moved;
  private readonly answers: Answers;

  constructor(private readonly page: MapPage, private readonly hands: Hands) {
    this.tools = hands.tools;
    const { account = "", kelurahan = "" } = document.body.dataset;
    this.drafts = new FactDrafts(account, kelurahan);
    this.operations = new FactOperations(hands.journal, (target) => this.showTarget(target));
    this.keeping = new Keeping(this.drafts, this.operations, () => void this.save());
    this.moved = movedOf(page);
    this.ring = new Ring(page.view.map);
    this.answers = new Answers(account, kelurahan, () => page.view.refresh("assets"));
    page.body.addEventListener("fragment", () => this.active && this.attach());
    page.body.addEventListener("input", (event) => this.typed(event));
    page.body.addEventListener("submit", (event) => {
      if (!(event.target as Element).matches("[data-fact-form]")) return;
      event.preventDefault();
      void this.save();
    });
    page.view.map.on("click", (event) => this.active && !this.tools.busy && this.press(event.latlng));
  }

  /** Self-mapping takes the tools, or gives them back. */
  async turn(on: boolean): Promise<void> {
    this.active = on;
    this.drop();
    this.tools.snapper.without = "";
    if (!on) return;
    showLayer("assets");
    this.offerDrafts();
    void this.answers.send();
    this.attach();
    this.refresh();
  }

  /** Something is not with the server. */
  get dirty(): boolean {
    return this.fact?.dirty ?? false;
  }

  // --- tools -----------------------------------------------------------------------------------------------------

  async use(name: string): Promise<void> {
    switch (name) {
      case "undo": case "redo": return this.hands.undo(name);
      case "delete": return this.remove();
      case "select": if (await this.mayDrop()) this.release(); return;
      case "measure": case "point": case "line": case "polygon": case "edit": case "move": return this.choose(name);
    }
  }

  private async choose(tool: ToolName): Promise<void> {
    if (!(await this.mayDrop())) return;
    if (tool === this.tools.name) return this.release();
    if (tool === "edit" || tool === "move") return this.startEditing(tool);
    this.release();
    if (tool === "measure") return this.startDrawing("line", tool);
    const kind = tool as Kind, { fact } = this;
    if (fact && !fact.shape && fact.kinds.includes(kind)) return this.startDrawing(kind);
    this.wanted = kind;
    this.page.sheet.open();
    await this.page.load(`panel/assets/new?geometry=${kind}`);
  }

  private startDrawing(kind: Kind, tool: ToolName = kind): void {
    this.release();
    const measuring = tool === "measure";
    this.tools.startDrawing(kind, tool, {
      changed: () => undefined,
      finished: (shape) => this.finished(shape, measuring),
      steps: () => this.refresh(),
    });
  }

  private finished(shape: Shape, measuring: boolean): void {
    this.release();
    const { fact } = this;
    if (measuring || !fact) return this.tools.sketch.show(shape);
    this.reshape(shape);
    this.tools.sketch.show(shape);
    this.page.sheet.open();
    if (isPhone()) this.zoom();
    fact.form.scrollIntoView({ block: "start" });
    if (!prefersHair()) fact.form.querySelector<HTMLElement>("input, select")?.focus({ preventScroll: true });
  }

  private async startEditing(tool: "edit" | "move"): Promise<void> {
    const { fact } = this;
    if (fact) await this.ready(fact);
    if (!fact?.shape) return toast(word("map.select_first"));
    this.release();
    this.ring.around(null);
    if (fact.id) this.page.view.hide(fact.id, true);
    const borders = fact.noun === "regions" ? await this.borderTool(fact) : null;
    this.tools.snapper.skipped = borders ? "rw" : null;
    this.tools.startEditing(fact.shape, tool, fact.id ?? "", {
      changed: (shape) => {
        borders?.follow(shape);
        this.reshape(shape);
      },
      moving: (shape) => borders?.preview(shape),
      steps: () => this.refresh(),
      refused: (words) => toast(words),
    });
  }

  private async borderTool(fact: Fact): Promise<Borders | null> {
    this.borders?.stop();
    const { Borders: Tool } = await import("./borders.ts");
    this.borders = await Tool.around(this.page, fact);
    return this.borders;
  }

  private reshape(shape: Shape): void {
    if (!this.fact) return;
    this.fact.shape = shape;
    this.fact.reshaped = true;
    this.moved.remember();
    this.keeping.keep(this.fact);
  }

  private typed(event: Event): void {
    if (!this.fact?.form.contains(event.target as Node)) return;
    this.moved.remember();
    this.keeping.keep(this.fact);
  }

  /** Put the tool down; the fact stays in hand. */
  private release(): void {
    this.tools.release();
    this.tools.snapper.skipped = null;
    if (this.fact?.id) this.page.view.hide(this.fact.id, false);
    if (this.fact?.dirty && this.fact.shape) this.tools.sketch.show(this.fact.shape);
    this.refresh();
  }

  /** Nothing in hand any more. */
  private drop(): void {
    this.survey?.stop();
    this.borders?.stop();
    this.survey = this.borders = null;
    this.tools.release();
    if (this.fact?.id) this.page.view.hide(this.fact.id, false);
    this.fact = null;
    this.tools.sketch.clear();
    this.ring.around(null);
    this.page.view.select(null);
    this.refresh();
  }

  refresh(): void {
    if (!this.active) return;
    const tool = this.tools.stepping, { journal } = this.hands, { fact } = this;
    showToolbar(this.tools.name, {
      undo: tool?.canUndo ? word("op.corner") : tool ? null : journal.nextUndo,
      redo: tool?.canRedo ? word("op.corner") : tool ? null : journal.nextRedo,
      hand: fact !== null && fact.id !== null && (fact.noun === "assets" || fact.noun === "households"),
      shape: fact !== null && (fact.id ?? fact.shape) !== null,
    });
  }

  // --- the bar and the keys --------------------------------------------------------------------------------------

  drawBar(action: string): void {
    if (action === "add") this.tools.addAtHair();
    else if (action === "undo") this.tools.stepping?.undo();
    else if (action === "finish") this.finish();
    else if (action === "trace" || action === "right") this.tools.toggleOption(action);
    else void this.escape();
  }

  finish(): void {
    if (!this.tools.finish() && this.tools.edit) this.release();
  }

  async escape(): Promise<boolean> {
    if (this.tools.draw) {
      if (!(await this.mayDrop())) return true;
      this.release();
      if (this.fact && !this.fact.shape) this.page.close();
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
    if (!this.fact && !this.survey) return false;
    if (await this.mayLeave()) await this.page.load("panel/mapping");
    return true;
  }

  private async mayDrop(): Promise<boolean> {
    const { draw, name } = this.tools;
    return name === "measure" || !draw || draw.corners.length <= 2 || confirmed(word("draw.drop"));
  }

  /** What was drawn or typed and is not with the server is asked about; given up, it leaves the device, too. */
  async mayLeave(): Promise<boolean> {
    if (!(await this.mayDrop())) return false;
    if (!this.fact?.dirty) return true;
    if (!(await confirmed(word("fact.drop")))) return false;
    this.keeping.forget(this.fact);
    return true;
  }

  // --- the form and its buttons ----------------------------------------------------------------------------------

  /** A new fragment stands in the panel: the form of a fact, a survey, or neither. */
  private attach(): void {
    const form = this.page.body.querySelector<HTMLFormElement>("form[data-fact-form]");
    if (form && form === this.fact?.form) return;
    this.drop();
    this.page.values["o"] = "";
    const kind = this.page.body.querySelector<HTMLElement>("[data-survey]")?.dataset["survey"];
    if (kind) void this.startSurvey(kind);
    if (!form) return this.page.write();
    const fact = (this.fact = new Fact(form));
    if (fact.noun === "households") showLayer("households");
    if (fact.id) this.page.values["o"] = `${fact.noun}/${fact.id}`;
    this.page.write();
    this.restore(fact);
    if (fact.id) void this.lookAt(fact);
    else if (!fact.shape) this.startDrawing(this.wanted && fact.kinds.includes(this.wanted) ? this.wanted : fact.kinds[0]!);
    this.wanted = null;
    this.refresh();
  }

  private async lookAt(fact: Fact): Promise<void> {
    const layer = fact.noun === "regions" && fact.form.dataset["regionKind"] === "rt" ? "rt" : LAYERS[fact.noun];
    this.page.view.select({ layer, key: fact.noun === "regions" || fact.noun === "slum-areas" ? "code" : "id", value: fact.id! });
    await this.ready(fact);
    if (this.fact !== fact || !fact.shape) return;
    this.ring.around(fact.shape);
    if (fact.noun === "slum-areas") this.tools.sketch.show(fact.shape, false); // tiles have those of RT only
    const bounds = boundsOf(fact.shape);
    const { map } = this.page.view;
    if (bounds && !map.getBounds().pad(-0.15).contains([[bounds[1]!, bounds[0]!], [bounds[3]!, bounds[2]!]])) this.page.flyTo(bounds);
    this.refresh();
  }

  private async ready(fact: Fact): Promise<void> {
    if (!fact.id || fact.base) return;
    try {
      fact.read(await readFact(fact.noun, fact.id));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message, null, 8, "bad");
    }
  }

  async action(name: string, _button: HTMLElement): Promise<void> {
    switch (name) {
      case "save": return this.save();
      case "edit-shape": return this.fact?.shape || this.fact?.id ? this.startEditing(this.fact.kinds[0] === "point" ? "move" : "edit") : this.startDrawing(this.fact!.kinds[0]!);
      case "zoom": return this.zoom();
      case "cancel": if (await this.mayLeave()) await this.page.load("panel/mapping"); return;
      default: return this.use(name);
    }
  }

  zoom(): void {
    const bounds = this.fact?.shape && boundsOf(this.fact.shape);
    if (bounds) this.page.flyTo(bounds, 19);
  }

  async save(): Promise<void> {
    const { fact } = this;
    if (!fact) return;
    if (this.tools.draw && !this.tools.draw.finish()) return toast(word("draw.too_few"));
    await this.ready(fact);
    const changedBorder = this.borders?.changed ?? false;
    const saved = changedBorder ? await this.borders!.save(fact, this.hands.journal, (target) => this.showTarget(target)) : await this.keeping.save(fact);
    if (!saved) return;
    if (changedBorder) {
      this.keeping.forget(fact);
      toast(word("save.done"), null, 3);
    }
    this.release();
    this.renew(fact.noun);
    if (await this.page.load(`${PANELS[fact.noun]}/${encodeURIComponent(saved.id)}`)) await this.moved.tell();
  }

  private async remove(): Promise<void> {
    const { fact } = this;
    if (!fact?.id || fact.noun === "regions" || fact.noun === "slum-areas") return;
    try {
      this.moved.remember();
      this.release();
      await this.operations.delete(fact.noun, fact.id, fact.version);
      this.keeping.forget(fact);
      this.renew(fact.noun);
      toast(word("fact.deleted"), { label: word("action.undo"), run: () => void this.hands.undo("undo") }, 8);
      await this.page.load(fact.noun === "assets" ? `panel/assets?kind=${fact.kind}` : "panel/mapping");
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message, null, 10, "bad");
    }
  }

  private renew(noun: Noun): void {
    if (noun !== "regions") return this.page.view.refresh(LAYERS[noun]);
    for (const layer of ["rw", "rt"] as const) this.page.view.refresh(layer);
  }

  /** What an undone or repeated step left. */
  private showTarget(target: FactTarget): void {
    this.renew(target.noun);
    if (this.fact) this.keeping.forget(this.fact);
    this.drop();
    void this.page.load(target.alive ? `${PANELS[target.noun]}/${encodeURIComponent(target.id)}` : "panel/mapping");
  }

  // --- the map ---------------------------------------------------------------------------------------------------

  private press(at: L.LatLng): void {
    void this.mayLeave().then((free) => free && this.pick(at));
  }

  private pick(at: L.LatLng): void {
    const touch = prefersHair();
    const hit = this.page.view.hits(at, touch, ["households", "assets"])[0] ?? this.page.view.hits(at, touch, ["slum-areas"])[0];
    if (!hit) return;
    this.page.sheet.open();
    if (hit.layer === "slum-areas") void this.page.load(`panel/slums/${encodeURIComponent(String(hit.properties["code"]))}`);
    else void this.page.load(`${PANELS[hit.layer as "assets" | "households"]}/${hit.id}`);
  }

  private async startSurvey(kind: string): Promise<void> {
    const { Survey: Walk } = await import("./survey.ts");
    if (this.page.body.querySelector<HTMLElement>("[data-survey]")?.dataset["survey"] !== kind) return;
    this.moved.remember();
    this.survey = new Walk(this.page, kind, this.answers, this.ring, () => this.moved.tell());
    await this.survey.start();
  }

  // --- drafts of an earlier visit --------------------------------------------------------------------------------

  private offerDrafts(): void {
    const kept = this.drafts.all(), newest = kept[0];
    if (!newest) return;
    toast(word("draft.found", { n: kept.length }), { label: word("draft.open"), run: () => void this.open(newest) }, 30);
  }

  private async open(draft: KeptFact): Promise<void> {
    this.pending = draft;
    const tail = draft.id ?? (draft.noun === "assets" ? `new?kind=${encodeURIComponent(draft.kind)}` : "new");
    this.page.sheet.open();
    await this.page.load(`${PANELS[draft.noun]}/${tail}`);
    this.zoom();
  }

  /** The draft that belongs to this form goes back into it, once. */
  private restore(fact: Fact): void {
    const draft = this.pending;
    this.pending = null;
    if (!draft || draft.noun !== fact.noun || draft.id !== fact.id) return;
    fact.key = draft.key;
    fact.version = draft.version || fact.version;
    fact.shape = draft.geometry && fromGeometry(draft.geometry);
    fact.dirty = fact.reshaped = true;
    fillFactForm(fact.form, draft.fields);
    if (fact.shape) this.tools.sketch.show(fact.shape);
  }
}

/** What is edited must be seen. */
function showLayer(name: string): void {
  document.querySelector<HTMLInputElement>(`input[data-layer="${name}"]:not(:checked)`)?.click();
}

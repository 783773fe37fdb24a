// The desk of self-mapping: which part answers each button, key and press, for assets, poor households, borders and slum areas.
// It knows nothing about HTTP (keeping, fact-operations), pixels (tools, sketch) or what a command does (fact-commands).
// Idea: one form in the panel is one fact in hand; shape first, then form, then Save.
import type * as L from "leaflet";
import type { Pair } from "../editor/batch-step.ts";
import { prefersHair } from "../editor/crosshair.ts";
import type { Desk } from "../editor/desk.ts";
import { Parting } from "../editor/parting.ts";
import { showToolbar } from "../editor/toolbar.ts";
import type { Tools } from "../editor/tools.ts";
import type { Hit } from "../map/query.ts";
import { confirmed } from "../page/dialogs.ts";
import { whenLeaving } from "../page/leaving.ts";
import type { MapPage } from "../page/map-page.ts";
import { word } from "../page/words.ts";
import { Answers } from "./answers.ts";
import { holdFact } from "./due-facts.ts";
import { FactCommands, type Past } from "./fact-commands.ts";
import { FactDrafts, type KeptFact } from "./fact-drafts.ts";
import { FactForms, showLayer } from "./fact-forms.ts";
import { FactHand } from "./fact-hand.ts";
import { FactOperations, type FactTarget } from "./fact-operations.ts";
import { FactParts } from "./fact-parts.ts";
import { FactShaping } from "./fact-shaping.ts";
import { Keeping } from "./keeping.ts";
import { movedOf } from "./moved.ts";
import { panelOf, renew } from "./places.ts";
import { Ring } from "./ring.ts";

export class Mapping implements Desk {
  private active = false;
  private readonly keeping: Keeping;
  private readonly hand: FactHand;
  private readonly shaping: FactShaping;
  private readonly commands: FactCommands;
  private readonly forms: FactForms;
  private readonly answers: Answers;

  constructor(private readonly page: MapPage, readonly tools: Tools, private readonly past: Past) {
    const { account = "", kelurahan = "" } = document.body.dataset;
    const drafts = new FactDrafts(account, kelurahan), ring = new Ring(page.view.map), moved = movedOf(page);
    const show = (target: FactTarget) => this.showTarget(target), changed = () => this.refresh();
    const operations = new FactOperations(past.journal, show);
    this.answers = new Answers(account, kelurahan, () => page.view.refresh("assets"));
    this.keeping = new Keeping(drafts, operations, async () => { if (this.dirty && this.hand.fact!.due && !tools.draw) await this.save(); }, (mine, theirs) => this.shaping.compare(mine, theirs));
    this.hand = new FactHand(this.keeping, moved);
    const parts = new FactParts(this.hand, operations, () => this.commands.flush(), (error, id) => this.commands.failed(error, id));
    this.shaping = new FactShaping(page, tools, this.hand, ring, new Parting(page, tools, parts, changed), () => this.save(), changed);
    this.commands = new FactCommands(page, tools, this.hand, this.shaping, this.keeping, operations, moved, past, show);
    this.forms = new FactForms(page, tools.sketch, this.hand, this.shaping, drafts, this.answers, ring, moved, changed);
    page.body.addEventListener("fragment", () => this.active && this.forms.attach());
    page.body.addEventListener("input", (event) => this.hand.typed(event));
    page.body.addEventListener("submit", (event) => {
      if (!(event.target as Element).matches("[data-fact-form]")) return;
      event.preventDefault();
      void this.save();
    });
    for (const [type, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]] as const) {
      page.body.addEventListener(type, (event) => this.active && this.lightRow(event.target as Element, on));
    }
    holdFact(() => this.hand.fact?.key ?? null);
    whenLeaving(() => Promise.all([this.keeping.settled(), this.answers.send()]));
    page.view.map.on("click", (event) => this.active && !this.tools.busy && this.press(event.latlng, event.originalEvent.shiftKey));
    if (matchMedia("(hover: hover)").matches) page.view.map.on("mousemove", (event) => this.active && !this.tools.busy && event.originalEvent.buttons === 0 && this.point(event.latlng));
  }

  /** Self-mapping takes the tools, or gives them back. */
  async turn(on: boolean): Promise<void> {
    this.active = on;
    this.forms.drop();
    this.tools.snapper.without = "";
    if (!on) return;
    showLayer("assets");
    this.forms.offerDrafts();
    void this.answers.send();
    this.forms.attach();
    this.refresh();
  }

  /** Go on with what an earlier visit left. */
  resume(draft: KeptFact): Promise<void> {
    return this.forms.open(draft);
  }

  /** Something is not with the server. */
  get dirty(): boolean {
    return this.hand.dirty;
  }

  // --- tools and buttons -----------------------------------------------------------------------------------------

  async use(name: string): Promise<void> {
    switch (name) {
      case "undo": case "redo": return this.past.undo(name);
      case "delete": if (!this.tools.binCorner()) await this.commands.remove(); return;
      case "duplicate": return this.commands.duplicate();
      case "reverse": return this.commands.reverse();
      case "split": case "join": case "hole": case "fill": return this.shaping.part(name);
      case "select": if (await this.shaping.mayDrop()) this.shaping.release(); return;
      case "measure": case "point": case "line": case "polygon": case "edit": case "move": return this.shaping.choose(name);
    }
  }

  async action(name: string, _button: HTMLElement): Promise<void> {
    const { fact } = this.hand;
    switch (name) {
      case "save": return this.save();
      case "edit-shape": return fact?.shape || fact?.id ? this.shaping.startEditing(fact.kinds[0] === "point" ? "move" : "edit") : this.shaping.startDrawing(fact!.kinds[0]!);
      case "zoom": return this.zoom();
      case "unite": return this.commands.unite();
      case "cancel": if (await this.mayLeave()) await this.page.load("panel/mapping"); return;
      default: return this.use(name);
    }
  }

  save(): Promise<void> {
    return this.commands.save();
  }

  zoom(): void {
    this.shaping.zoom();
  }

  /** Changes of many assets at once; what is in the hand goes first. False if that could not be saved. */
  together(name: string, pairs: readonly Pair[], shown: () => Promise<void>): Promise<boolean> {
    return this.commands.together(name, pairs, shown);
  }

  refresh(): void {
    if (!this.active) return;
    const tool = this.tools.stepping, { journal } = this.past, { fact } = this.hand;
    showToolbar(this.tools.name, {
      undo: tool?.canUndo ? word("op.corner") : tool ? null : journal.nextUndo,
      redo: tool?.canRedo ? word("op.corner") : tool ? null : journal.nextRedo,
      corner: this.tools.name === "edit" ? this.tools.edit!.hasCorner : null,
      hand: fact !== null && fact.id !== null && fact.noun !== "regions",
      shape: fact !== null && (fact.id ?? fact.shape) !== null,
    });
  }

  drawBar(action: string): void {
    if (action === "finish") this.finish();
    else if (!this.tools.press(action)) void this.escape();
  }

  finish(): void {
    if (!this.tools.finish() && this.tools.edit) this.shaping.release();
  }

  async escape(): Promise<boolean> {
    const { fact } = this.hand;
    if (this.tools.draw) {
      if (!(await this.shaping.mayDrop())) return true;
      this.shaping.release();
      if (fact && !fact.shape) this.page.close();
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
    if (!fact && !this.forms.survey) return false;
    if (await this.mayLeave()) await this.page.load("panel/mapping");
    return true;
  }

  /** What was drawn or typed and is not with the server is asked about; given up, it leaves the device, too. */
  async mayLeave(): Promise<boolean> {
    if (!(await this.shaping.mayDrop())) return false;
    const { fact } = this.hand;
    if (!fact?.dirty || fact.due) return true; // what was saved without a network waits, and goes by itself
    if (!(await confirmed(word("fact.drop"), { drop: word("draw.drop_yes"), keep: word("fact.drop_no") }))) return false;
    this.keeping.forget(fact);
    return true;
  }

  /** What an undone or repeated step left. */
  private showTarget(target: FactTarget): void {
    renew(this.page.view, target.noun);
    if (this.hand.fact) this.keeping.forget(this.hand.fact);
    this.forms.drop();
    void this.page.load(target.alive ? panelOf(target.noun, target.id) : "panel/mapping");
  }

  // --- the map ---------------------------------------------------------------------------------------------------

  /** The asset of a row in the list is lit on the map. */
  private lightRow(target: Element, on: boolean): void {
    const id = target.closest<HTMLElement>("[data-asset]")?.dataset["asset"];
    if (id) this.page.view.hover(on ? { layer: "assets", key: "id", value: id } : null);
  }

  /** What the pointer is over is lit, also in the table. */
  private point(at: L.LatLng): void {
    const { view } = this.page, hit = view.hits(at, false, ["households", "assets"])[0];
    view.map.getContainer().classList.toggle("is-over", hit !== undefined);
    view.hover(hit ? { layer: hit.layer, key: "id", value: hit.id } : null);
  }

  /** beside: chosen beside others, with Shift held. */
  private async press(at: L.LatLng, beside: boolean): Promise<void> {
    const { view } = this.page, touch = prefersHair();
    if (beside) {
      const hit = view.hits(at, touch, ["assets"])[0];
      if (hit) this.page.body.dispatchEvent(new CustomEvent("gather", { detail: hit.id }));
      return;
    }
    const near = view.hits(at, touch, ["households", "assets"]);
    const hits = near.length > 0 ? near : view.hits(at, touch, ["slum-areas"]);
    if (hits.length === 0 || !(await this.mayLeave())) return;
    const hit = await this.page.oneOf(hits, at, touch);
    if (hit) this.open(hit);
  }

  private open(hit: Hit): void {
    this.page.sheet.open();
    if (hit.layer === "slum-areas") void this.page.load(`panel/slums/${encodeURIComponent(String(hit.properties["code"]))}`);
    else void this.page.load(panelOf(hit.layer === "households" ? "households" : "assets", hit.id));
  }
}

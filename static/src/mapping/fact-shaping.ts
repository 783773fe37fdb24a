// From a chosen tool to the shape of a fact: which tool starts, and what becomes of what it draws or changes.
// It knows nothing about saving; the hand keeps what it is given.
// Idea: shape first, then form; borders drag their neighbours along (borders.ts).
import type { FactFeature } from "../api/facts.ts";
import { prefersHair } from "../editor/crosshair.ts";
import { cornersOf, type Corners } from "../editor/draw-tool.ts";
import { Holes } from "../editor/holes.ts";
import type { Parting } from "../editor/parting.ts";
import { boundsOf, type Kind, type Shape } from "../editor/shape.ts";
import type { ToolName, Tools } from "../editor/tools.ts";
import { mayThrowAway } from "../page/dialogs.ts";
import type { MapPage } from "../page/map-page.ts";
import { isPhone } from "../page/sheet.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { Borders } from "./borders.ts";
import type { Fact } from "./fact.ts";
import type { FactHand } from "./fact-hand.ts";
import type { Ring } from "./ring.ts";

/** So many points of a drawing are soon set again. */
const FEW = 2;

export class FactShaping {
  borders: Borders | null = null;
  private readonly holes: Holes;
  private wanted: Kind | null = null;

  constructor(private readonly page: MapPage, private readonly tools: Tools, private readonly hand: FactHand, private readonly ring: Ring,
    private readonly parting: Parting<FactFeature>, private readonly save: () => Promise<void>, private readonly changed: () => void) {
    this.holes = new Holes(page, tools, { shape: () => this.holder(), reshape: (shape) => this.withHole(shape) }, changed);
  }

  async choose(tool: ToolName): Promise<void> {
    if (!(await this.mayDrop())) return;
    if (tool === this.tools.name) return this.release();
    if (tool === "edit" || tool === "move") return this.startEditing(tool);
    this.release();
    if (tool === "measure") return this.startDrawing("line", tool);
    const kind = tool as Kind, { fact } = this.hand;
    if (fact && !fact.shape && fact.kinds.includes(kind)) return this.startDrawing(kind);
    this.wanted = kind;
    this.page.sheet.open();
    await this.page.load(`panel/assets/new?geometry=${kind}`);
  }

  async part(tool: "split" | "join" | "hole" | "fill"): Promise<void> {
    if (!(await this.mayDrop())) return;
    if (tool === this.tools.name) return this.release();
    this.release();
    if (tool === "hole" || tool === "fill") await this.holes.start(tool);
    else await (tool === "split" ? this.parting.startSplitting() : this.parting.startJoining());
  }

  /** The stored shape in hand, for a hole in it; a border has none. */
  private async holder(): Promise<Shape | null> {
    const fact = await this.hand.ready();
    if (fact?.id && fact.shape && fact.noun !== "regions") return fact.shape;
    toast(word("fact.select_saved"));
    return null;
  }

  private async withHole(shape: Shape): Promise<void> {
    this.hand.reshape(shape);
    this.tools.sketch.show(shape, false);
    await this.save();
  }

  /** The first shape of a new fact, of the kind that was chosen with a tool if it can have that. */
  begin(fact: Fact): void {
    this.startDrawing(this.wanted && fact.kinds.includes(this.wanted) ? this.wanted : fact.kinds[0]!);
  }

  forgetWish(): void {
    this.wanted = null;
  }

  /** Go on with a drawing where an earlier visit left it. */
  resume(drawing: Shape): void {
    const bounds = boundsOf(drawing);
    if (bounds) this.page.flyTo(bounds, 19, { animate: false });
    this.startDrawing(drawing.kind, drawing.kind, cornersOf(drawing.parts[0] ?? []));
  }

  startDrawing(kind: Kind, tool: ToolName = kind, corners: Corners = cornersOf([])): void {
    this.release();
    const measuring = tool === "measure";
    this.tools.snapper.idle = !measuring && this.hand.fact?.noun === "households";
    this.tools.startDrawing(kind, tool, {
      changed: (shape, settled) => settled && !measuring && this.hand.draw(shape.parts[0]!.length > 0 ? shape : null),
      finished: (shape) => this.finished(shape, measuring),
      steps: this.changed,
    }, corners);
    if (corners.now.length > 0 && this.tools.draw) this.hand.draw(this.tools.draw.drawn);
  }

  private finished(shape: Shape, measuring: boolean): void {
    this.release();
    const { fact } = this.hand;
    if (measuring || !fact) return this.tools.keepMeasure(shape);
    this.hand.reshape(shape);
    this.tools.sketch.show(shape);
    this.page.sheet.open();
    if (isPhone()) this.zoom();
    fact.form.scrollIntoView({ block: "start" });
    if (!prefersHair()) fact.form.querySelector<HTMLElement>("input, select")?.focus({ preventScroll: true });
  }

  async startEditing(tool: "edit" | "move"): Promise<void> {
    const fact = await this.hand.ready();
    if (!fact?.shape) return toast(word("map.select_first"));
    this.release();
    this.ring.around(null);
    if (fact.id) this.page.view.hide(fact.id, true);
    const borders = fact.noun === "regions" ? await this.borderTool(fact) : null;
    this.tools.snapper.skipped = borders ? "rw" : null;
    this.tools.startEditing(fact.shape, tool, fact.id ?? "", {
      changed: (shape) => {
        borders?.follow(shape);
        this.hand.reshape(shape);
      },
      moving: (shape) => borders?.preview(shape),
      steps: this.changed,
      refused: (words) => toast(words),
    });
  }

  private async borderTool(fact: Fact): Promise<Borders | null> {
    this.borders?.stop();
    const { Borders: Tool } = await import("./borders.ts");
    this.borders = await Tool.around(this.page, fact);
    return this.borders;
  }

  /** Put the tool down; the fact stays in hand. */
  release(): void {
    const { fact } = this.hand;
    this.tools.release();
    this.tools.snapper.skipped = null;
    this.tools.snapper.idle = false;
    if (fact?.id) this.page.view.hide(fact.id, false);
    if (fact?.dirty && fact.shape) this.tools.sketch.show(fact.shape);
    this.changed();
  }

  /** Both shapes of a conflict on the map, the stored one hidden; the answer ends that. */
  compare(mine: Shape, theirs: Shape): () => void {
    const { sketch } = this.tools, { view } = this.page, id = this.hand.fact?.id;
    this.release();
    if (id) view.hide(id, true);
    sketch.show(mine, false);
    sketch.beside(theirs);
    return () => {
      sketch.clear();
      if (id) view.hide(id, false);
    };
  }

  /** Nothing in hand any more. */
  drop(): void {
    this.borders?.stop();
    this.borders = null;
    this.tools.release();
    this.tools.snapper.idle = false;
    const { fact } = this.hand;
    if (fact?.id) this.page.view.hide(fact.id, false);
    if (fact?.drawing && fact.drawing.parts[0]!.length <= FEW) this.hand.draw(null);
    this.hand.fact = null;
    this.tools.sketch.clear();
    this.ring.around(null);
    this.page.view.select(null);
    this.changed();
  }

  /** More than two points of a drawing are not dropped without asking. */
  async mayDrop(): Promise<boolean> {
    const { draw, name } = this.tools;
    if (name !== "measure" && draw && draw.corners.length > FEW && !(await mayThrowAway())) return false;
    this.hand.draw(null);
    return true;
  }

  zoom(): void {
    const { fact } = this.hand, bounds = fact?.shape && boundsOf(fact.shape);
    if (bounds) this.page.flyTo(bounds, 19);
  }
}

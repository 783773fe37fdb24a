// From a chosen tool to a shape: which tool starts for the work in hand, and what becomes of what it draws or changes.
// It knows nothing about buttons, undo or saving.
// Idea: type first, then shape; the panel makes room for the tool and comes back with the finished shape.
import type { Geometry } from "geojson";
import type { Proposal } from "../api/proposals.ts";
import type { Position } from "../geometry/geodesy.ts";
import { mayThrowAway } from "../page/dialogs.ts";
import type { MapPage } from "../page/map-page.ts";
import { isPhone } from "../page/sheet.ts";
import { toast } from "../page/toast.ts";
import { number, word } from "../page/words.ts";
import { prefersHair } from "./crosshair.ts";
import { cornersOf, type Corners } from "./draw-tool.ts";
import type { Hand } from "./hand.ts";
import { Holes } from "./holes.ts";
import type { Parting } from "./parting.ts";
import type { Preview } from "./preview.ts";
import { boundsOf, extended, fromGeometry, isComplete, toGeometry, type Kind, type Shape } from "./shape.ts";
import type { ToolName, Tools } from "./tools.ts";
import { kindsOf, Work } from "./work.ts";

export class Shaping {
  private readonly holes: Holes;
  private wanted: Kind | null = null;
  /** How far the map was moved (px) so that what the sheet left free stands under the cross-hair. */
  private lowered = 0;
  /** The drawing that was finished last: undo leads back into it until the work is saved. */
  private past: { work: Work; corners: Corners } | null = null;

  constructor(private readonly page: MapPage, private readonly tools: Tools, private readonly hand: Hand,
    private readonly preview: Preview, private readonly parting: Parting<Proposal>, private readonly changed: () => void) {
    this.holes = new Holes(page, tools, { shape: () => this.holder(), reshape: (shape) => this.withHole(shape) }, changed);
  }

  private get work(): Work | null {
    return this.hand.work;
  }

  /** The whole shape in sight. */
  zoom(): void {
    const shape = this.work?.shape, bounds = shape ? boundsOf(shape) : null;
    if (bounds) this.page.flyTo(bounds);
  }

  async choose(tool: ToolName): Promise<void> {
    if (!(await this.mayDrop())) return;
    if (tool === this.tools.name && tool !== "select") return this.release();
    if (tool === "point" || tool === "line" || tool === "polygon") return this.chooseKind(tool);
    if (tool === "edit" || tool === "move") return this.startEditing(tool);
    this.release();
    if (tool === "measure") this.startDrawing("line", "measure");
  }

  async part(tool: "split" | "join" | "hole" | "fill"): Promise<void> {
    if (!(await this.mayDrop())) return;
    if (tool === this.tools.name) return this.release();
    this.release();
    if (tool === "hole" || tool === "fill") await this.holes.start(tool);
    else await (tool === "split" ? this.parting.startSplitting() : this.parting.startJoining());
  }

  /** The stored shape in hand, for a hole in it. */
  private async holder(): Promise<Shape | null> {
    const work = await this.hand.ready();
    if (work?.id && work.shape && this.hand.editable) return work.shape;
    toast(word(work?.id ? "edit.not_allowed" : "edit.select_saved"));
    return null;
  }

  private async withHole(shape: Shape): Promise<void> {
    this.hand.begin();
    this.hand.reshape(shape);
    await this.hand.flush();
  }

  /** More than two points of a drawing are not dropped without asking. */
  async mayDrop(): Promise<boolean> {
    const { draw, name } = this.tools;
    if (name !== "measure" && draw && draw.corners.length > 2 && !(await mayThrowAway())) return false;
    if (this.work?.drawing) {
      this.work.drawing = null;
      this.hand.keep(this.work);
    }
    return true;
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

  /** Go on with a drawing where an earlier visit left it. */
  resume(drawing: Shape): void {
    const bounds = boundsOf(drawing);
    if (bounds) this.page.flyTo(bounds, 19, { animate: false });
    this.startDrawing(drawing.kind, drawing.kind, cornersOf(drawing.parts[0] ?? []));
  }

  get mayReopen(): boolean {
    const { past, work } = this;
    return past !== null && past.work === work && work.id === null && work.shape !== null;
  }

  /** Back from the finished shape into its drawing; false if there is none. */
  reopen(): boolean {
    const { past, work } = this;
    if (!this.mayReopen || !past || !work) return false;
    const { kind } = work.shape!;
    if (kind === "point") past.corners.undo(); // setting it finished it
    work.shape = null;
    this.startDrawing(kind, kind, past.corners);
    return true;
  }

  /** Finish again what undo led back into. */
  finishAgain(): boolean {
    const { draw } = this.tools;
    return draw !== null && draw.steps === this.past?.corners && !draw.canRedo && draw.finish();
  }

  startDrawing(kind: Kind, tool: ToolName = kind, corners: Corners = cornersOf([])): void {
    this.release();
    this.lower(isPhone() ? this.page.panel.offsetHeight / 2 : 0);
    this.tools.startDrawing(kind, tool, {
      changed: (shape, settled) => this.drawn(shape, settled, tool === "measure"),
      finished: (shape) => this.finished(shape, tool === "measure"),
      steps: () => this.changed(),
    }, corners);
    const { draw } = this.tools;
    if (draw && draw.corners.length > 0) this.drawn(draw.drawn, true, tool === "measure");
  }

  async startEditing(tool: "edit" | "move"): Promise<void> {
    const work = await this.hand.ready();
    if (!work?.shape) return toast(word("edit.select_first"));
    if (!this.hand.editable) return toast(word("edit.not_allowed"));
    this.release();
    this.hand.begin();
    if (work.id) this.page.view.hide(work.id, true);
    this.tools.startEditing(work.shape, tool, work.id ?? "", {
      changed: (shape) => this.hand.reshape(shape),
      moving: (shape) => this.hand.follow(shape),
      steps: () => this.changed(),
      refused: (words) => toast(words),
    });
    this.preview.mirror();
  }

  /** Another shape for the work in hand, one step back by undo: what the server made of it. */
  async replace(geometry: Geometry): Promise<void> {
    const shape = fromGeometry(geometry), { draw, edit } = this.tools;
    if (draw) return void draw.replace(shape);
    if (edit) return edit.change(shape);
    await this.hand.ready();
    this.hand.begin();
    this.hand.reshape(shape);
    this.release();
  }

  /** The line goes on to that place from the nearest of its ends. */
  async extend(to: Position): Promise<void> {
    const { draw } = this.tools;
    const before = draw?.drawn ?? (await this.hand.ready())?.shape;
    if (before?.kind !== "line") return;
    const { shape, metres } = extended(before, to);
    if (draw && shape.parts[0]!.at(-1) === to) return draw.place(to);
    await this.replace(toGeometry(shape));
    if (!draw) toast(word("extended", { metres: number(metres, 1) }), { label: word("action.undo"), run: () => void this.replace(toGeometry(before)) }, 8);
  }

  /** Put the tool down; the work stays in hand. */
  release(): void {
    this.tools.release();
    this.lower(0);
    if (this.work?.id) this.page.view.hide(this.work.id, false);
    if (this.work?.shape && (!this.work.id || this.work.due)) this.tools.sketch.show(this.work.shape);
  }

  private lower(pixels: number): void {
    if (pixels !== this.lowered) this.page.view.map.panBy([0, this.lowered - pixels], { animate: false });
    this.lowered = pixels;
  }

  private drawn(shape: Shape, settled: boolean, measuring: boolean): void {
    const { work } = this;
    if (measuring || !work) return;
    if (isComplete(shape)) this.hand.follow(shape);
    if (!settled) return;
    work.drawing = shape.parts[0]!.length > 0 ? shape : null;
    this.hand.keep(work);
  }

  private finished(shape: Shape, measuring: boolean): void {
    if (measuring) {
      this.release();
      this.tools.keepMeasure(shape);
      return;
    }
    const { work } = this;
    if (!work) return;
    if (this.tools.draw) this.past = { work, corners: this.tools.draw.steps };
    work.drawing = null;
    work.shape = shape;
    this.release();
    this.hand.reshape(shape);
    this.page.sheet.open();
    if (isPhone()) this.zoom();
    if (shape.kind !== "point" && !prefersHair()) void this.startEditing("edit");
    if (!prefersHair()) work.form?.querySelector<HTMLInputElement>("[name=title][value='']")?.focus({ preventScroll: true });
  }
}

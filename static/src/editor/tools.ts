// Which tool has the map: drawing, editing corners, moving, picking a place or none, with the bar, the cross-hair and the classes that go with it.
// It knows nothing about proposals or saving; whoever starts a tool gets its events.
// Idea: one tool at a time, and one way to put it down.
import type { MapView } from "../map/map-view.ts";
import { hideToast, toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { Aim } from "./aim.ts";
import { crossHairPlace, prefersHair, showCrossHair, steerByArrows } from "./crosshair.ts";
import { CornerTool } from "./corner-tool.ts";
import { DrawEntry, type Option } from "./draw-entry.ts";
import { cornersOf, DrawTool, type Corners, type DrawEvents } from "./draw-tool.ts";
import { Measured } from "./measured.ts";
import { MoveTool } from "./move-tool.ts";
import { PickTool, type PickEvents } from "./pick-tool.ts";
import type { EditEvents, ShapeTool } from "./shape-tool.ts";
import type { Kind, Shape } from "./shape.ts";
import { Sketch } from "./sketch.ts";
import { Snapper } from "./snapper.ts";
import { Tracer } from "./tracer.ts";

export type ToolName = "select" | "point" | "line" | "polygon" | "edit" | "move" | "measure" | "split" | "join" | "hole" | "fill";

export class Tools {
  readonly sketch: Sketch;
  readonly snapper: Snapper;
  private readonly measured: Measured;
  name: ToolName = "select";
  draw: DrawTool | null = null;
  edit: ShapeTool | null = null;
  pick: PickTool | null = null;
  private readonly aimed: Aim;
  private readonly entry = new DrawEntry(() => this.draw, () => this.toMap());
  private stopSteering: (() => void) | null = null;

  constructor(private readonly view: MapView, private readonly changed: () => void) {
    this.sketch = new Sketch(view.map);
    this.measured = new Measured(view.map);
    this.snapper = new Snapper(view, prefersHair);
    this.aimed = new Aim(this.snapper, new Tracer(view, prefersHair));
  }

  get busy(): boolean {
    return this.name !== "select";
  }

  /** The tool whose corners undo and redo step through. */
  get stepping(): DrawTool | ShapeTool | null {
    return this.draw ?? this.edit;
  }

  /** corners: where a drawing goes on. */
  startDrawing(kind: Kind, name: ToolName, events: DrawEvents, corners: Corners = cornersOf([])): void {
    const hair = this.aim("is-shaping");
    if (kind === "point") {
      document.body.classList.add("is-placing");
      this.nameButton(word("draw.put"));
    }
    this.draw = new DrawTool(this.view.map, this.sketch, this.aimed, kind, hair, events, corners, name === "measure");
    this.entry.show(this.draw);
    this.take(name);
  }

  /** A press on the map is all that is asked for. */
  startPicking(name: ToolName, press: string, events: PickEvents): void {
    const hair = this.aim("is-picking");
    this.nameButton(press);
    this.pick = new PickTool(this.view.map, hair, events);
    this.take(name);
  }

  startEditing(shape: Shape, name: "edit" | "move", without: string, events: EditEvents): void {
    this.release();
    this.snapper.without = without;
    document.body.classList.add("is-editing");
    document.getElementById("drawbar")!.hidden = false;
    const { map } = this.view;
    this.edit = name === "edit" ? new CornerTool(map, this.sketch, this.snapper, shape, events) : new MoveTool(map, this.sketch, shape, events);
    map.doubleClickZoom.disable();
    this.take(name);
  }

  /** Make the map ready for presses; true if they come from the cross-hair. */
  private aim(style: string): boolean {
    this.release();
    hideToast();
    const hair = prefersHair() || this.byKeys;
    document.body.classList.add("is-drawing", style, hair ? "is-touch" : "is-fine");
    showCrossHair(hair);
    this.view.map.doubleClickZoom.disable();
    document.getElementById("drawbar")!.hidden = false;
    this.nameButton(word("draw.add"));
    this.toMap();
    return hair;
  }

  private toMap(): void {
    this.view.map.getContainer().focus({ preventScroll: true });
  }

  /** A button of the bar that is the tool's own; false for the others. */
  press(button: string): boolean {
    if (button === "add") this.addAtHair();
    else if (button === "undo") this.stepping?.undo();
    else if (button === "remove") this.binCorner();
    else if (button === "here") void this.addHere();
    else if (button === "trace" || button === "right") this.toggleOption(button);
    else return false;
    return true;
  }

  /** Tracing or right angles on or off; false if nothing is drawn. */
  toggleOption(option: Option): boolean {
    const { draw } = this;
    if (!draw || draw.kind === "point") return false;
    draw.aim[option] = !draw.aim[option];
    if (draw.aim[option]) draw.aim[option === "trace" ? "right" : "trace"] = false;
    this.entry.show(draw);
    draw.redraw();
    this.toMap();
    return true;
  }

  /** What is typed next goes into the drawing's field; false if nothing is drawn. */
  type(): boolean {
    return this.entry.focus();
  }

  private nameButton(words: string): void {
    document.querySelector("#drawbar [data-draw=add]")!.textContent = words;
  }

  /** The measure is taken; its figure stays. */
  keepMeasure(shape: Shape): void {
    this.release();
    this.measured.show(shape);
  }

  /** Wipe the last measure off the map; false if there is none. */
  wipeMeasure(): boolean {
    const { shown } = this.measured;
    this.measured.clear();
    return shown;
  }

  /** While corners are edited the bin takes the chosen corner, never the whole; false with any other tool. */
  binCorner(): boolean {
    if (this.name !== "edit") return false;
    if (!this.edit!.removeFocused()) toast(word("edit.choose_corner"));
    return true;
  }

  /** A corner at the position of the device. */
  async addHere(): Promise<void> {
    const { draw } = this;
    const { position } = await import("../page/locate.ts");
    const found = draw && await position(this.view.map, this.view.area);
    if (found && this.draw === draw) draw.place([found.longitude, found.latitude]);
  }

  /** Put the tool down. */
  release(): void {
    this.measured.clear();
    document.getElementById("draw-figures")?.setAttribute("hidden", "");
    const { draw, edit, pick } = this;
    this.draw = this.edit = this.pick = null;
    for (const tool of [draw, edit, pick]) tool?.stop();
    this.snapper.without = "";
    document.body.classList.remove("is-drawing", "is-shaping", "is-placing", "is-picking", "is-editing", "is-touch", "is-fine");
    document.getElementById("drawbar")!.hidden = true;
    showCrossHair(this.byKeys);
    window.setTimeout(() => !this.busy && this.view.map.doubleClickZoom.enable(), 350);
    this.take("select");
  }

  /** Enter or the bar's button: false if there is nothing to finish. */
  finish(): boolean {
    if (!this.draw) return false;
    if (!this.draw.finish()) toast(word("draw.too_few"));
    return true;
  }

  removeLast(): boolean {
    if (this.draw) return this.draw.undo();
    return this.edit?.removeFocused() ?? false;
  }

  get byKeys(): boolean {
    return this.stopSteering !== null;
  }

  /** Cross-hair for the keyboard: arrows move the map under it, Space presses. */
  toggleHair(): void {
    if (this.stopSteering) this.stopSteering();
    this.stopSteering = this.stopSteering ? null : steerByArrows(this.view.map);
    const aimed = this.draw ?? this.pick;
    const hair = this.byKeys || (aimed !== null && prefersHair());
    showCrossHair(hair);
    if (aimed) {
      document.body.classList.toggle("is-touch", hair);
      document.body.classList.toggle("is-fine", !hair);
      aimed.follow(hair);
    }
    this.toMap();
  }

  pressHair(): boolean {
    if (!this.byKeys) return false;
    const latlng = crossHairPlace(this.view.map);
    if (this.draw ?? this.pick) this.addAtHair();
    else this.view.map.fire("click", { latlng, originalEvent: new MouseEvent("click") });
    return true;
  }

  addAtHair(): void {
    (this.draw ?? this.pick)?.addAtHair();
  }

  private take(name: ToolName): void {
    this.name = name;
    this.view.map.getContainer().classList.toggle("is-crossed", (this.draw ?? this.pick) !== null);
    this.changed();
  }
}

// Which tool has the map: drawing, editing corners, moving, measuring or none, with the bar, the cross-hair and the classes that go with it.
// It knows nothing about proposals or saving; whoever starts a tool gets its events.
// Idea: one tool at a time, and one way to put it down.
import type { MapView } from "../map/map-view.ts";
import { hideToast, toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { crossHairPlace, prefersHair, showCrossHair, steerByArrows } from "./crosshair.ts";
import { DrawTool, type DrawEvents } from "./draw-tool.ts";
import { EditTool, type EditEvents, type EditMode } from "./edit-tool.ts";
import type { Kind, Shape } from "./shape.ts";
import { Sketch } from "./sketch.ts";
import { Snapper } from "./snapper.ts";

export type ToolName = "select" | "point" | "line" | "polygon" | "edit" | "move" | "measure";

export class Tools {
  readonly sketch: Sketch;
  readonly snapper: Snapper;
  name: ToolName = "select";
  draw: DrawTool | null = null;
  edit: EditTool | null = null;
  private stopSteering: (() => void) | null = null;

  constructor(private readonly view: MapView, private readonly changed: () => void) {
    this.sketch = new Sketch(view.map);
    this.snapper = new Snapper(view, prefersHair);
  }

  get busy(): boolean {
    return this.name !== "select";
  }

  /** The tool whose corners undo and redo step through. */
  get stepping(): DrawTool | EditTool | null {
    return this.draw ?? this.edit;
  }

  startDrawing(kind: Kind, name: ToolName, events: DrawEvents): void {
    this.release();
    hideToast();
    const hair = prefersHair() || this.byKeys;
    document.body.classList.add("is-drawing", hair ? "is-touch" : "is-fine");
    showCrossHair(hair);
    this.view.map.doubleClickZoom.disable();
    document.getElementById("drawbar")!.hidden = false;
    this.draw = new DrawTool(this.view.map, this.sketch, this.snapper, kind, hair, events);
    this.take(name);
    this.view.map.getContainer().focus({ preventScroll: true });
  }

  startEditing(shape: Shape, mode: EditMode, without: string, events: EditEvents): void {
    this.release();
    this.snapper.without = without;
    document.body.classList.add("is-editing");
    document.getElementById("drawbar")!.hidden = false;
    this.edit = new EditTool(this.view.map, this.sketch, this.snapper, shape, mode, events);
    this.view.map.doubleClickZoom.disable();
    this.take(mode === "corners" ? "edit" : "move");
  }

  /** Put the tool down. */
  release(): void {
    this.draw?.stop();
    this.edit?.stop();
    this.draw = this.edit = null;
    document.body.classList.remove("is-drawing", "is-editing", "is-touch", "is-fine");
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
    const hair = this.byKeys || (this.draw !== null && prefersHair());
    showCrossHair(hair);
    if (this.draw) {
      document.body.classList.toggle("is-touch", hair);
      document.body.classList.toggle("is-fine", !hair);
      this.draw.follow(hair);
    }
    this.view.map.getContainer().focus({ preventScroll: true });
  }

  pressHair(): boolean {
    if (!this.byKeys) return false;
    const latlng = crossHairPlace(this.view.map);
    if (this.draw) this.draw.addAtHair();
    else this.view.map.fire("click", { latlng, originalEvent: new MouseEvent("click") });
    return true;
  }

  private take(name: ToolName): void {
    this.name = name;
    this.view.map.getContainer().classList.toggle("is-crossed", this.draw !== null);
    this.changed();
  }
}

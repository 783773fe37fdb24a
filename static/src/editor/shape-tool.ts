// What tools that change a finished shape have in common: its steps, and telling of each change.
// It knows nothing about handles, keys or the pointer.
// Idea: a tool only says what the shape becomes; drawing it, stepping back and saving follow from that.
import { Steps } from "./history.ts";
import type { Shape } from "./shape.ts";

/** moving: the shape while it is being pulled, before it is let go. steps: what can be undone or removed is another. */
export interface EditEvents { changed: (shape: Shape) => void; moving?: (shape: Shape) => void; steps: () => void; refused: (words: string) => void }

export abstract class ShapeTool {
  private readonly steps: Steps<Shape>;

  constructor(shape: Shape, protected readonly events: EditEvents) {
    this.steps = new Steps(shape);
  }

  abstract stop(): void;

  /** Draw the shape as it is now. */
  protected abstract redraw(): void;

  /** Remove the chosen corner; false where none is. */
  removeFocused(): boolean {
    return false;
  }

  /** Whether a corner is chosen. */
  get hasCorner(): boolean {
    return false;
  }

  get shape(): Shape {
    return this.steps.now;
  }

  get canUndo(): boolean {
    return this.steps.canUndo;
  }

  get canRedo(): boolean {
    return this.steps.canRedo;
  }

  undo(): boolean {
    return this.step(this.steps.undo());
  }

  redo(): boolean {
    return this.step(this.steps.redo());
  }

  change(shape: Shape): void {
    this.steps.push(shape);
    this.step(shape);
  }

  private step(shape: Shape | null): boolean {
    if (!shape) return false;
    this.redraw();
    this.events.changed(shape);
    this.events.steps();
    return true;
  }
}

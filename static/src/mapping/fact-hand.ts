// The fact in hand: read from the server when it is needed, kept on the device after each change.
// It knows nothing about tools, buttons or panels.
// Idea: one place that says what is being worked on, shared by tools, form and commands (as editor/hand.ts for proposals).
import { readFact } from "../api/facts.ts";
import { ApiProblem, unreached } from "../api/proposals.ts";
import type { Shape } from "../editor/shape.ts";
import { keptAssets } from "../page/kept.ts";
import { toast } from "../page/toast.ts";
import type { Fact } from "./fact.ts";
import type { Keeping } from "./keeping.ts";
import type { Moved } from "./moved.ts";

export class FactHand {
  fact: Fact | null = null;

  constructor(private readonly keeping: Keeping, private readonly moved: Moved) {}

  /** Something is not with the server. */
  get dirty(): boolean {
    return this.fact?.dirty ?? false;
  }

  /** The fact with what the server has of it. */
  async ready(): Promise<Fact | null> {
    const { fact } = this;
    if (!fact?.id || fact.stored) return fact;
    try {
      const found = await readFact(fact.noun, fact.id).catch(async (error: unknown) => unreached(error, (await keptAssets()).things.get(fact.id!)));
      fact.look(found);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message, null, 8, "bad");
    }
    return fact;
  }

  reshape(shape: Shape): void {
    if (!this.fact) return;
    this.fact.shape = shape;
    this.fact.drawing = null;
    this.fact.reshaped = true;
    this.keep(this.fact);
  }

  /** What is drawn of a shape that is not finished; null: nothing any more. */
  draw(shape: Shape | null): void {
    if (!this.fact || this.fact.drawing === shape) return;
    this.fact.drawing = shape;
    this.keeping.keepDrawing(this.fact);
  }

  typed(event: Event): void {
    const control = event.target as Element;
    if (this.fact?.form.contains(control) && !control.matches("[data-unkept]")) this.keep(this.fact);
  }

  private keep(fact: Fact): void {
    this.moved.remember();
    this.keeping.keep(fact);
  }
}

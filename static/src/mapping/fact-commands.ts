// What the buttons and keys do with the fact in hand: save, delete, duplicate, turn round.
// It knows nothing about tools beyond putting them down, nor about how saving works.
import type { Geometry } from "geojson";
import { draftOf, readFact, type Noun } from "../api/facts.ts";
import { ApiProblem, call, newKey } from "../api/proposals.ts";
import type { Pair } from "../editor/batch-step.ts";
import { besideOf } from "../editor/beside.ts";
import type { Journal } from "../editor/history.ts";
import { nextTitle } from "../editor/next-title.ts";
import { fromGeometry, reverse, toGeometry } from "../editor/shape.ts";
import type { Tools } from "../editor/tools.ts";
import { doOrWait } from "../page/later.ts";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { deleteReason } from "./area-deletion.ts";
import type { FactHand } from "./fact-hand.ts";
import type { FactOperations, FactTarget } from "./fact-operations.ts";
import type { FactShaping } from "./fact-shaping.ts";
import type { Keeping } from "./keeping.ts";
import type { Moved } from "./moved.ts";
import { panelOf, renew } from "./places.ts";

/** The journal of the session with the way to step back in it. */
export interface Past { journal: Journal; undo: (way: "undo" | "redo") => Promise<void> }

export class FactCommands {
  constructor(private readonly page: MapPage, private readonly tools: Tools, private readonly hand: FactHand, private readonly shaping: FactShaping,
    private readonly keeping: Keeping, private readonly operations: FactOperations, private readonly moved: Moved, private readonly past: Past,
    private readonly show: (target: FactTarget) => void) {}

  async save(): Promise<void> {
    if (this.tools.draw && !this.tools.draw.finish()) return toast(word("draw.too_few"));
    const fact = await this.hand.ready();
    if (!fact) return;
    const { borders } = this.shaping, changedBorder = borders?.changed ?? false;
    const saved = changedBorder ? await borders!.save(fact, this.past.journal, this.show) : await this.keeping.save(fact);
    if (!saved) return;
    if (changedBorder) {
      this.keeping.forget(fact);
      toast(word("save.done"), null, 3);
    }
    this.shaping.release();
    renew(this.page.view, fact.noun);
    if (await this.page.load(panelOf(fact.noun, saved.id))) await this.moved.tell();
  }

  /** What is in hand is with the server: false if that failed. */
  async flush(): Promise<boolean> {
    if (!this.hand.dirty) return true;
    const before = this.hand.fact;
    await this.save();
    return this.hand.fact !== before;
  }

  /** Many assets changed in one step, with word of the scores that it moves. */
  async together(name: string, pairs: readonly Pair[], shown: () => Promise<void>): Promise<boolean> {
    if (!(await this.flush())) return false;
    this.shaping.release();
    this.moved.remember();
    await this.operations.together(name, pairs, shown);
    void this.moved.tell();
    return true;
  }

  async remove(): Promise<void> {
    const fact = await this.hand.ready();
    if (!fact?.id || !fact.stored || fact.noun === "regions") return;
    const why = fact.noun === "slum-areas" ? deleteReason(fact.form) : "";
    if (why === null) return;
    const { noun, id, stored } = fact, { version } = stored.properties;
    const name = stored.properties.name || word(noun === "households" ? "unsent.household" : "unsent.fact");
    try {
      this.moved.remember();
      this.shaping.release();
      const done = await doOrWait({ noun, id, version, deed: "delete", note: why, name, key: newKey() }, () => this.operations.delete(noun, stored, why));
      if (done) toast(word("fact.deleted"), this.undoing(), 8);
    } catch (error) {
      return this.failed(error, id);
    }
    this.keeping.forget(fact);
    renew(this.page.view, noun);
    const next: Record<Exclude<Noun, "regions">, string> = { assets: `panel/assets?kind=${fact.kind}`, households: "panel/mapping", "slum-areas": "panel/slums" };
    if (await this.page.load(next[noun])) await this.moved.tell();
  }

  /** A new asset of the same kind beside it, at once in the hand to be moved. */
  async duplicate(): Promise<void> {
    const { fact } = this.hand;
    if (fact?.noun !== "assets" || !fact.id) return toast(word("fact.select_saved"));
    const { id } = fact;
    if (!(await this.flush())) return;
    try {
      const asset = await readFact("assets", id), { geometry, fields } = draftOf("assets", asset);
      const name = typeof fields["name"] === "string" ? { name: nextTitle(fields["name"]) } : {};
      const beside = toGeometry(besideOf(fromGeometry(geometry), this.page.view.map));
      const copy = await this.operations.create("assets", { geometry: beside, fields: { ...fields, ...name } }, newKey(), word("op.duplicate"));
      this.shaping.release();
      renew(this.page.view, "assets");
      if (!(await this.page.load(panelOf("assets", copy.id)))) return;
      await this.shaping.startEditing("move");
      toast(word("duplicated"), this.undoing(), 8);
    } catch (error) {
      this.failed(error, id);
    }
  }

  /** The line runs the other way: a drain then falls to its other end. */
  async reverse(): Promise<void> {
    const fact = await this.hand.ready();
    if (fact?.shape?.kind !== "line") return toast(word("edit.select_line"));
    this.shaping.release();
    this.hand.reshape(reverse(fact.shape));
    this.tools.sketch.show(fact.shape);
    if (fact.id) await this.save();
    toast(word("reversed"));
  }

  /** A kawasan is the union of its RT: the outline of those that are ticked. */
  async unite(): Promise<void> {
    const { fact } = this.hand;
    const codes = [...(fact?.form.querySelectorAll<HTMLInputElement>("[data-part]:checked") ?? [])].map(({ value }) => value);
    try {
      const outline = (await (await call(this.page.resolve("panel/areas/outline"), "POST", {}, { codes })).json()) as Geometry;
      if (fact !== this.hand.fact || !fact) return;
      this.shaping.release();
      this.hand.reshape(fromGeometry(outline));
      this.tools.sketch.show(fact.shape, false);
      this.shaping.zoom();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message, null, 8, "bad");
    }
  }

  /** A step that was refused; where somebody saved first, what is stored now is shown. */
  failed(error: unknown, id: string): void {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message, null, 10, "bad");
    if (error.status === 412) void this.page.load(panelOf(this.hand.fact?.noun ?? "assets", id));
  }

  private undoing(): { label: string; run: () => void } {
    const run = () => {
      this.shaping.release(); // else the tool in use would step back
      void this.past.undo("undo");
    };
    return { label: word("action.undo"), run };
  }
}

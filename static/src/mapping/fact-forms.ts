// What a new fragment in the panel brings: the form of a fact, which comes into the hand, a survey, or neither; and kept drafts.
// It knows nothing about the tools beyond asking for them, nor about saving.
import { sayAgain, typedEarly } from "../editor/form.ts";
import { boundsOf, fromGeometry } from "../editor/shape.ts";
import type { Sketch } from "../editor/sketch.ts";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { Answers } from "./answers.ts";
import { Fact } from "./fact.ts";
import type { FactDrafts, KeptFact } from "./fact-drafts.ts";
import type { FactHand } from "./fact-hand.ts";
import type { FactShaping } from "./fact-shaping.ts";
import { fillFactForm } from "./fill.ts";
import type { Moved } from "./moved.ts";
import { layerOf, newPanelOf, panelOf } from "./places.ts";
import type { Ring } from "./ring.ts";
import type { Survey } from "./survey.ts";

export class FactForms {
  survey: Survey | null = null;
  private pending: KeptFact | null = null;

  constructor(private readonly page: MapPage, private readonly sketch: Sketch, private readonly hand: FactHand, private readonly shaping: FactShaping,
    private readonly drafts: FactDrafts, private readonly answers: Answers, private readonly ring: Ring, private readonly moved: Moved,
    private readonly changed: () => void) {}

  /** A new fragment stands in the panel. */
  attach(): void {
    const form = this.page.body.querySelector<HTMLFormElement>("form[data-fact-form]");
    if (form && form === this.hand.fact?.form) return;
    this.drop();
    this.page.values["o"] = "";
    const kind = this.page.body.querySelector<HTMLElement>("[data-survey]")?.dataset["survey"];
    if (kind) void this.startSurvey(kind);
    if (!form) return this.page.write();
    const fact = (this.hand.fact = new Fact(form)), typed = typedEarly(form);
    if (fact.noun === "households") showLayer("households");
    if (fact.id) this.page.values["o"] = `${fact.noun}/${fact.id}`;
    this.page.write();
    this.restore(fact);
    if (fact.id) void this.lookAt(fact);
    else if (fact.drawing) this.shaping.resume(fact.drawing);
    else if (!fact.shape && !form.querySelector("[data-part]")) this.shaping.begin(fact); // a kawasan may be made of RT instead
    this.shaping.forgetWish();
    if (!fact.dirty) sayAgain(typed);
    this.changed();
  }

  /** Nothing in hand any more. */
  drop(): void {
    this.survey?.stop();
    this.survey = null;
    this.shaping.drop();
  }

  private async lookAt(fact: Fact): Promise<void> {
    this.page.view.select({ layer: layerOf(fact.noun, fact.form.dataset["regionKind"]), key: fact.noun === "regions" ? "code" : "id", value: fact.id! });
    await this.hand.ready();
    if (this.hand.fact !== fact || !fact.shape) return;
    this.ring.around(fact.shape);
    const bounds = boundsOf(fact.shape);
    const { map } = this.page.view;
    if (bounds && !map.getBounds().pad(-0.15).contains([[bounds[1]!, bounds[0]!], [bounds[3]!, bounds[2]!]])) this.page.flyTo(bounds);
    this.changed();
  }

  private async startSurvey(kind: string): Promise<void> {
    const { Survey: Walk } = await import("./survey.ts");
    if (this.page.body.querySelector<HTMLElement>("[data-survey]")?.dataset["survey"] !== kind) return;
    this.moved.remember();
    if (this.page.sheet.height === "full") this.page.sheet.set("half"); // one looks from the answers to the map and back
    this.survey = new Walk(this.page, kind, this.answers, this.ring, () => this.moved.tell());
    await this.survey.start();
  }

  // --- drafts of an earlier visit --------------------------------------------------------------------------------

  offerDrafts(): void {
    const kept = this.drafts.all(), newest = kept[0];
    if (!newest) return;
    const look = () => document.getElementById("save-state")?.click();
    toast(word("draft.found", { n: kept.length }), kept.length > 1 ? { label: word("draft.look"), run: look } : { label: word("draft.open"), run: () => void this.open(newest) }, 30);
  }

  async open(draft: KeptFact): Promise<void> {
    this.pending = draft;
    this.page.sheet.open();
    await this.page.load(draft.id ? panelOf(draft.noun, draft.id) : newPanelOf(draft.noun, draft.kind));
    this.shaping.zoom();
  }

  /** The draft that belongs to this form goes back into it, once. */
  private restore(fact: Fact): void {
    const draft = this.pending ?? (fact.id ? this.drafts.of(fact.id) : null);
    this.pending = null;
    if (!draft || draft.noun !== fact.noun || draft.id !== fact.id) return;
    fact.key = draft.key;
    fact.version = draft.version || fact.version;
    fact.shape = draft.geometry && fromGeometry(draft.geometry);
    fact.drawing = draft.drawing;
    fact.dirty = fact.reshaped = draft.touched;
    fact.due = draft.due;
    fact.base = draft.base ?? null;
    fillFactForm(fact.form, draft.fields, draft.base?.fields);
    if (fact.shape) this.sketch.show(fact.shape);
  }
}

/** What is edited must be seen. */
export function showLayer(name: string): void {
  document.querySelector<HTMLInputElement>(`input[data-layer="${name}"]:not(:checked)`)?.click();
}

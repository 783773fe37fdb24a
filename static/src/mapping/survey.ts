// The condition survey: from asset to asset of one kind, each answered by one big button; the nearest one not answered yet flies in.
// It knows nothing about other fields; an answer changes the condition and the day it was seen.
// Idea: walking in a gang one has one thumb and little network, so answers wait on the device and are sent in order.
import { listAssets, type FactFeature } from "../api/facts.ts";
import { ApiProblem } from "../api/proposals.ts";
import { boundsOf, fromGeometry } from "../editor/shape.ts";
import { distance, type Position } from "../geometry/geodesy.ts";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { number, word } from "../page/words.ts";
import { today, type Answers } from "./answers.ts";
import type { Ring } from "./ring.ts";

export class Survey {
  private all: FactFeature[] = [];
  private readonly answered = new Map<string, string>();
  private readonly skipped = new Set<string>();
  private readonly way: FactFeature[] = [];
  private now: FactFeature | null = null;
  /** Something was answered on this walk. */
  private walked = false;

  constructor(private readonly page: MapPage, private readonly kind: string, private readonly answers: Answers, private readonly ring: Ring, private readonly told: () => Promise<void>) {
    page.body.addEventListener("click", this.press);
  }

  async start(): Promise<void> {
    try {
      this.all = await listAssets(document.body.dataset["kelurahan"] ?? "", this.kind);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return toast(error.message, null, 8, "bad");
    }
    // What somebody answered today, be it on another device, is done.
    for (const { id, properties } of this.all) if (properties.surveyed_on === today() && properties.condition) this.answered.set(id, properties.condition);
    const { lat, lng } = this.page.view.map.getCenter();
    this.next([lng, lat]);
  }

  stop(): void {
    this.page.body.removeEventListener("click", this.press);
    this.page.view.select(null);
  }

  private readonly press = (event: Event): void => {
    const target = event.target as Element;
    const answer = target.closest<HTMLElement>("[data-answer]")?.dataset["answer"];
    const step = target.closest<HTMLElement>("[data-survey-step]")?.dataset["surveyStep"];
    if (answer && this.now) this.answer(this.now, answer);
    else if (step === "skip" && this.now) {
      this.skipped.add(this.now.id);
      this.go();
    } else if (step === "back") this.back();
    else if (step === "details" && this.now) void this.page.load(`panel/assets/${this.now.id}`);
    else if (step === "end") void this.end();
  };

  private answer(asset: FactFeature, condition: string): void {
    this.walked = true;
    this.answered.set(asset.id, condition);
    this.answers.add(asset.id, condition);
    this.go();
  }

  private go(): void {
    if (this.now) this.way.push(this.now);
    this.next(middle(this.now!));
  }

  /** The one before stands there again, to be answered anew. */
  private back(): void {
    const before = this.way.pop();
    if (!before) return;
    this.answered.delete(before.id);
    this.skipped.delete(before.id);
    this.show(before);
  }

  /** The nearest one not answered; those nobody ever surveyed come before the others. */
  private next(from: Position): void {
    const open = this.all.filter((one) => !this.answered.has(one.id) && !this.skipped.has(one.id));
    const fresh = open.filter((one) => !one.properties.condition);
    const [nearest] = (fresh.length > 0 ? fresh : open).map((one) => ({ one, far: away(one, from) })).sort((a, b) => a.far - b.far);
    this.show(nearest?.one ?? null, nearest ? nearest.far : null);
  }

  private show(asset: FactFeature | null, far: number | null = null): void {
    this.now = asset;
    const { body, view } = this.page;
    const say = (name: string, words: string) => (body.querySelector(`[${name}]`)!.textContent = words);
    const left = this.all.length - this.answered.size;
    say("data-survey-left", word("survey.left", { n: left, done: this.answered.size }));
    body.querySelector("[data-pane=survey]")!.classList.toggle("is-done", asset === null);
    for (const button of body.querySelectorAll<HTMLButtonElement>("[data-answer]")) {
      button.disabled = asset === null;
      button.setAttribute("aria-pressed", String(asset !== null && (this.answered.get(asset.id) ?? asset.properties.condition) === button.dataset["answer"]));
    }
    if (!asset) {
      view.select(null);
      this.ring.around(null);
      say("data-survey-name", word("survey.done"));
      return void say("data-survey-says", "");
    }
    this.ring.around(fromGeometry(asset.geometry));
    view.select({ layer: "assets", key: "id", value: asset.id });
    say("data-survey-name", asset.properties.name ?? word("survey.unnamed"));
    say("data-survey-says", far === null ? "" : word("survey.away", { m: number(far) }));
    const bounds = boundsOf(fromGeometry(asset.geometry));
    if (bounds) this.page.flyTo(bounds, 19);
  }

  private async end(): Promise<void> {
    const { walked } = this;
    await this.answers.send();
    if (await this.page.load("panel/mapping") && walked) await this.told();
  }
}

function corners(asset: FactFeature): readonly Position[] {
  return fromGeometry(asset.geometry).parts.flat();
}

function away(asset: FactFeature, from: Position): number {
  return Math.min(...corners(asset).map((corner) => distance(corner, from)));
}

function middle(asset: FactFeature): Position {
  const all = corners(asset);
  return all[Math.floor(all.length / 2)]!;
}

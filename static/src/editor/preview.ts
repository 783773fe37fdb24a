// The live figures of an unsaved shape: asks the server's preview and puts its HTML beside the form.
// It knows nothing about tools; whoever changes the shape or the form asks.
// Idea: newest wins, at most four a second; old figures grey while the new ones are on their way, never a jump.
// Where the server would not take the shape it says why instead of the figures; whoever saves is told.
import type { Geometry } from "geojson";
import type { Fields } from "../api/proposals.ts";
import { fetchFragment, FragmentFailed } from "../page/fragments.ts";
import { fillComputed } from "./computed.ts";
import { guessFigures, mirrorFigures } from "./figures.ts";
import type { Shape } from "./shape.ts";

export class Preview {
  private timer = 0;
  private last = 0;
  private request: AbortController | null = null;
  /** What could not be asked for want of a network. */
  private unasked: Parameters<Preview["ask"]> | null = null;

  /** judged: why the shape would be refused, empty if it would not. */
  constructor(private readonly url: string, private readonly place: () => HTMLElement | null, private readonly judged: (refusal: string) => void) {
    window.addEventListener("online", () => this.unasked && this.ask(...this.unasked));
  }

  ask(geometry: Geometry, fields: Fields, id: string | null): void {
    const place = this.place();
    if (!place) return;
    this.mark("is-stale");
    this.mirror();
    clearTimeout(this.timer);
    const wait = Math.max(0, 250 - (Date.now() - this.last));
    this.timer = window.setTimeout(() => void this.send(geometry, fields, id), wait);
  }

  /** What follows from the shape alone, until the server has said the rest. */
  guess(form: HTMLFormElement | null, shape: Shape): void {
    const place = this.place();
    if (form && place) guessFigures(form, place, shape);
  }

  /** The figures over the bar of a phone. */
  mirror(): void {
    mirrorFigures(this.place());
  }

  /** The sentence that says why the shape is refused. */
  get refusal(): HTMLElement | null {
    return this.place()?.querySelector<HTMLElement>("[data-refuses]") ?? null;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.unasked = null;
    this.request?.abort();
    this.unmark();
  }

  /** What follows the title: warnings, score, what is missing. */
  private get rest(): HTMLElement | null {
    return document.querySelector<HTMLElement>("[data-preview-rest]");
  }

  private mark(state: "is-stale" | "is-slow"): void {
    this.place()?.classList.add(state);
    if (state === "is-stale") this.rest?.classList.add(state);
  }

  private unmark(): void {
    for (const one of [this.place(), this.rest]) one?.classList.remove("is-stale", "is-slow");
  }

  /** The figures stand before the title, the rest after it; what somebody had unfolded stays unfolded. */
  private put(place: HTMLElement, html: string): void {
    place.innerHTML = html;
    const { rest } = this, fresh = place.querySelector<HTMLTemplateElement>("[data-rest]");
    const open = [...(rest?.querySelectorAll<HTMLElement>("details[open]") ?? [])].map((one) => one.dataset["keep"]);
    rest?.replaceChildren(fresh?.content ?? "");
    rest?.querySelectorAll("details").forEach((one) => (one.open = open.includes(one.dataset["keep"])));
    fresh?.remove();
    if (rest) fillComputed(rest);
  }

  private async send(geometry: Geometry, fields: Fields, id: string | null): Promise<void> {
    this.last = Date.now();
    this.unasked = null;
    this.request?.abort();
    const controller = (this.request = new AbortController());
    const slow = window.setTimeout(() => this.mark("is-slow"), 400);
    const feature = { type: "Feature", geometry, properties: { ...fields, ...(id ? { id } : {}) } };
    try {
      const html = await fetchFragment(this.url, {
        method: "POST", signal: controller.signal, body: JSON.stringify(feature),
        headers: { "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset["csrf"] ?? "" },
      });
      const place = this.place();
      if (!place || controller.signal.aborted) return;
      const reading = place.contains(document.activeElement);
      this.put(place, html);
      this.labelSubmit();
      if (reading) this.refusal?.focus({ preventScroll: true });
      this.judged(this.refusal?.textContent?.trim() ?? "");
    } catch (error) {
      if (controller.signal.aborted) return;
      if (error instanceof FragmentFailed && error.status === 0) this.unasked = [geometry, fields, id];
      this.say(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(slow);
      if (this.request === controller) this.unmark();
      this.mirror();
    }
  }

  /** The button tells how much is missing of what is being typed. */
  private labelSubmit(): void {
    const button = document.querySelector<HTMLElement>("[data-transition=submit]");
    const label = this.rest?.querySelector<HTMLTemplateElement>("[data-submit-label]")?.content.textContent;
    if (button && label) button.textContent = label;
  }

  private say(message: string): void {
    const place = this.place();
    if (!place) return;
    place.querySelector("[data-preview-error]")?.remove();
    const line = document.createElement("p");
    line.className = "field-error";
    line.dataset["previewError"] = "";
    line.textContent = message;
    place.append(line);
  }
}

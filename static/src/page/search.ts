// The search box over the map: asks the server while typing, shows its list, keys up/down/Enter.
// It knows nothing about what is found; a result carries its place and, for a proposal, its id.
// Idea: the combobox pattern of WAI-ARIA with a server-rendered list box; what may be coordinates is read on the spot.
import type { Geometry } from "geojson";
import type { Map } from "leaflet";
import { fetchFragment } from "./fragments.ts";
import { markFound } from "./place-mark.ts";
import { word } from "./words.ts";

/** What was chosen: a box to fly to, or a proposal to open. */
export interface Found { bbox: readonly number[] | null; proposal: string | null }

/** Two numbers: perhaps coordinates. */
const NUMBERS = /\d\D+\d/;

export class Search {
  private readonly input: HTMLInputElement;
  private readonly results: HTMLElement;
  private timer = 0;
  private request: AbortController | null = null;

  constructor(form: HTMLFormElement, private readonly kelurahan: string, private readonly map: Map, private readonly chosen: (found: Found) => void) {
    this.input = form.querySelector("input")!;
    this.results = document.getElementById("search-results")!;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => this.results.childElementCount > 0 && this.input.value && this.show(true));
    form.addEventListener("keydown", (event) => this.key(event));
    this.results.addEventListener("click", (event) => this.choose((event.target as Element).closest<HTMLElement>("[role=option]")));
    document.addEventListener("pointerdown", (event) => !form.contains(event.target as Node) && this.show(false));
    if (this.input.value) this.later();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), 200);
  }

  private async ask(): Promise<void> {
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < 2) return this.show(false);
    const controller = (this.request = new AbortController());
    const place = NUMBERS.test(text) ? (await import("./search-place.ts")).placeList(text) : null;
    if (controller.signal.aborted) return;
    if (place) {
      this.results.replaceChildren(place);
      return this.show(true);
    }
    const query = new URLSearchParams({ q: text, ...(this.kelurahan ? { kelurahan: this.kelurahan } : {}) });
    try {
      this.results.innerHTML = await fetchFragment(`/panel/search?${query}`, { signal: controller.signal });
    } catch (error) {
      if (controller.signal.aborted) return;
      this.results.textContent = error instanceof Error ? error.message : word("error.server");
    }
    this.show(true);
  }

  private show(open: boolean): void {
    this.results.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  private options(): HTMLElement[] {
    return this.results.hidden ? [] : [...this.results.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private key(event: KeyboardEvent): void {
    const options = this.options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") {
      this.show(false);
      this.input.focus();
      event.stopPropagation();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length > 0) {
      event.preventDefault();
      const next = options[(at + (event.key === "ArrowDown" ? 1 : options.length - 1) + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % options.length]!;
      options.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
      next.id ||= "search-option";
      this.input.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    }
  }

  /** Enter: what is chosen in the list, else its first; coordinates are read at once. */
  async submit(): Promise<void> {
    if (NUMBERS.test(this.input.value) || this.results.hidden) {
      clearTimeout(this.timer);
      await this.ask();
    }
    const options = this.options().filter((option) => option.getAttribute("aria-disabled") !== "true");
    this.choose(options.find((option) => option.getAttribute("aria-selected") === "true") ?? options[0] ?? null);
  }

  private choose(option: HTMLElement | null): void {
    if (!option) return;
    this.show(false);
    const { bbox, shape, proposal } = option.dataset;
    this.chosen({ bbox: bbox?.split(",").map(Number) ?? null, proposal: proposal ?? null });
    markFound(this.map, shape ? JSON.parse(shape) as Geometry : null);
  }
}

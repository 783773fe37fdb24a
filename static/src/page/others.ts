// Other people in the same kelurahan: who they are, what they have open, and what they saved, without a reload.
// It knows nothing about editing; what is typed or drawn here stays as it is and is compared when it is saved.
// Idea: one small question every half minute while the page is seen, answered by 304 as long as nothing is new.
import { LAYERS, type LayerName } from "../map/layers.ts";
import type { MapPage } from "./map-page.ts";
import { toast } from "./toast.ts";
import { word } from "./words.ts";

const EVERY_MS = 25_000;

interface Other { name: string; initials: string; proposal: string | null }
interface Pulse { stamps: Readonly<Record<string, string>>; others: readonly Other[]; version: number | null }

export class Others {
  private readonly sign = document.getElementById("others")!;
  private told: Pulse | null = null;
  private etag = "";
  private timer = 0;
  private warned = "";

  constructor(private readonly page: MapPage) {
    this.sign.addEventListener("click", () => toast(word("others.here", { names: this.names() }), null, 8));
    document.addEventListener("visibilitychange", () => void this.ask());
    page.body.addEventListener("fragment", () => this.mark());
    void this.ask();
  }

  private async ask(): Promise<void> {
    clearTimeout(this.timer);
    if (document.visibilityState !== "visible") return;
    this.timer = window.setTimeout(() => void this.ask(), EVERY_MS);
    let answer: Response;
    try {
      answer = await fetch(this.page.resolve(`pulse?p=${this.page.selected}`), { headers: { "X-Fragment": "1", ...(this.etag ? { "If-None-Match": this.etag } : {}) } });
    } catch {
      return; // without a network there is nobody to see
    }
    if (answer.status !== 200) return;
    this.etag = answer.headers.get("ETag") ?? "";
    const before = this.told, now = (await answer.json()) as Pulse;
    this.told = now;
    this.show();
    if (!before) return;
    const changed = LAYERS.filter((name) => before.stamps[name] !== now.stamps[name]);
    for (const name of changed) this.page.view.refresh(name);
    if (changed.length > 0) await this.renew(changed);
  }

  /** Bring list, table and an untouched card up to date. */
  private async renew(changed: readonly LayerName[]): Promise<void> {
    const { page } = this, form = page.body.querySelector<HTMLElement>("[data-proposal-form][data-id]");
    document.dispatchEvent(new CustomEvent("others-saved"));
    const listed = () => !page.body.querySelector(":is(input, textarea, select):focus");
    const idle = () => listed() && !document.body.matches(".is-drawing, .is-editing") && !!document.querySelector("#save-state:is([data-state=saved], [data-state=waiting])");
    const row = document.activeElement?.closest<HTMLElement>("#panel-body [data-proposal]")?.dataset["proposal"];
    if (!changed.includes("proposals") || !listed()) return this.warn(form);
    if (page.body.querySelector("[data-pane=proposals]")) await page.load(page.options.home(), listed);
    else if (form && this.isOlder(form)) {
      if (!idle() || !(await page.load(page.options.card(form.dataset["id"]!), idle))) return this.warn(form);
      toast(word("others.renewed"));
    }
    if (row) page.body.querySelector<HTMLElement>(`[data-proposal="${row}"]`)?.focus({ preventScroll: true });
  }

  private isOlder(form: HTMLElement): boolean {
    return form.dataset["id"] === this.page.selected && this.told?.version !== null && this.told!.version > Number(form.dataset["version"]);
  }

  /** What is in hand stays; that somebody saved first is said once per version. */
  private warn(form: HTMLElement | null): void {
    if (!form || !this.isOlder(form) || this.warned === `${form.dataset["id"]} ${this.told!.version}`) return;
    this.warned = `${form.dataset["id"]} ${this.told!.version}`;
    toast(word("others.saved_first"), null, 10);
  }

  private names(): string {
    return (this.told?.others ?? []).map((other) => other.name).join(", ");
  }

  private show(): void {
    const others = this.told?.others ?? [];
    this.sign.hidden = others.length === 0;
    this.sign.setAttribute("aria-label", word("others.here", { names: this.names() }));
    this.sign.title = word("others.here", { names: this.names() });
    this.sign.replaceChildren(...others.slice(0, 3).map((other) => badge(other.initials)), ...(others.length > 3 ? [badge(`+${others.length - 3}`)] : []));
    this.page.view.othersHave(others.flatMap((other) => other.proposal ?? []));
    this.mark();
  }

  /** Rows and the card of what others have open carry their initials. */
  private mark(): void {
    for (const old of this.page.panel.querySelectorAll(".other-here")) old.remove();
    for (const { proposal, name, initials } of this.told?.others ?? []) {
      if (!proposal) continue;
      const place = this.page.selected === proposal ? ".panel-title" : `[data-proposal="${proposal}"] .row-top`;
      const mark = badge(initials);
      mark.classList.add("other-here");
      mark.title = word("others.has_open", { name });
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", mark.title);
      this.page.body.querySelector(place)?.firstElementChild?.after(mark);
    }
  }
}

function badge(words: string): HTMLElement {
  const made = document.createElement("b");
  made.className = "avatar other";
  made.textContent = words;
  return made;
}

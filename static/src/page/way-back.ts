// Back from a card or another tab to a list: the same place in it, the same rows open, the same row in focus.
// And wherever the pressed thing goes with a renewed panel, the keyboard stays in the panel.
// It knows nothing about lists beyond rows with an id; the card's way back has the name of the tab that it leads to.
// Idea: what stood on the screen is noted at the press that leaves it, and put back when the same list comes again.
import type { MapPage } from "./map-page.ts";

const LISTS = ":is([data-pane=proposals], [data-pane=ranking], [data-pane=plan], [data-pane=slums])";

/** link: what was pressed inside the row; top: where the row stood on the screen (px). */
interface Left { asked: string; body: number; panel: number; row: string; link: string; top: number; open: readonly string[] }

export class WayBack {
  private readonly left = new Map<string, Left>();
  /** The list on the screen; "" for a card. */
  private now = "";
  /** What in the panel has the keyboard. */
  private held: HTMLElement | null = null;

  constructor(private readonly page: MapPage) {
    for (const type of ["click", "keydown"]) document.addEventListener(type, (event) => this.note(event.target as Element), true);
    for (const type of ["focusin", "pointerdown"]) document.addEventListener(type, ({ target }) => (this.held = page.body.contains(target as Node) ? target as HTMLElement : null));
    page.body.addEventListener("fragment", () => this.shown());
    this.shown();
  }

  private get list(): string {
    return this.page.body.querySelector<HTMLElement>(LISTS)?.dataset["pane"] ?? "";
  }

  private note(target: Element): void {
    const { page, list } = this;
    if (!list || !target.closest?.("#panel, #map")) return;
    const row = target.closest<HTMLElement>("[data-proposal], [data-rt]");
    this.left.set(list, {
      asked: page.values["f"] ?? "", body: page.body.parentElement!.scrollTop, panel: page.panel.scrollTop, row: row ? nameOf(row) : "", link: target.closest<HTMLElement>("[data-panel]")?.dataset["panel"] ?? "", top: row?.getBoundingClientRect().top ?? 0,
      open: [...page.body.querySelectorAll<HTMLElement>("[data-proposal]:has(> details[open])")].map(nameOf),
    });
  }

  /** What had the keyboard was replaced: the same field or link gets it, else the panel, so that Tab goes on from there. */
  private holdOn(): void {
    const { page: { body }, held } = this;
    if (!held || held.isConnected || document.activeElement !== document.body) return;
    for (const name of ["name", "data-panel", "data-plan-send"]) {
      const value = held.getAttribute(name), same = value ? [...body.querySelectorAll<HTMLInputElement>(`${held.localName}[${name}="${CSS.escape(value)}"]`)] : [];
      (same.find((one) => one.value === (held as HTMLInputElement).value) ?? same[0])?.focus({ preventScroll: true });
      if (document.activeElement !== document.body) return;
    }
    body.parentElement!.focus({ preventScroll: true });
  }

  private shown(): void {
    this.holdOn();
    const { page, list } = this, left = list === this.now ? undefined : this.left.get(list);
    this.now = list;
    const back = page.body.querySelector<HTMLElement>(".back[data-panel-home]"), tab = document.querySelector("#panel [role=tab][aria-selected=true]");
    if (back && tab) back.lastChild!.textContent = tab.textContent;
    // After whoever asked for the list has rolled it to its top.
    if (left?.asked === (page.values["f"] ?? "")) requestAnimationFrame(() => this.putBack(left));
  }

  private putBack({ row, link, top, open, body, panel }: Left): void {
    const { page } = this, scroller = page.body.parentElement!, rows = [...page.body.querySelectorAll<HTMLElement>("[data-proposal], [data-rt]")];
    for (const one of rows) {
      const folded = open.includes(nameOf(one)) && one.querySelector(":scope > details");
      if (folded instanceof HTMLDetailsElement) folded.open = true;
    }
    scroller.scrollTop = body;
    page.panel.scrollTop = panel;
    const mine = row ? rows.find((one) => nameOf(one) === row) : undefined;
    const aim = mine?.querySelector<HTMLElement>(link ? `[data-panel="${CSS.escape(link)}"]` : ":scope > details > summary") ?? mine;
    // What is above it may have another height now, or have it only once it is seen.
    const settle = () => mine && scroller.scrollBy(0, mine.getBoundingClientRect().top - top);
    settle();
    requestAnimationFrame(settle);
    if (document.activeElement === document.body || document.activeElement === scroller) aim?.focus({ preventScroll: true });
  }
}

function nameOf(row: HTMLElement): string {
  return row.dataset["proposal"] ?? row.dataset["rt"] ?? "";
}

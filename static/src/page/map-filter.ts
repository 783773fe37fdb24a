// What the filter of a list leaves out is left out on the map, too; a sign on the map says so and takes it back.
// It knows nothing about what a filter asks: the list that the server renders tells whether it is narrowed, and to which proposals.
// Idea: the filter stands in the address, so a link opens the same map though its list is not on the screen.
import { fetchFragment, FragmentFailed } from "./fragments.ts";
import type { MapPage } from "./map-page.ts";
import { number, word } from "./words.ts";

/** What a list asks for beside the weights and the order of a ranking. */
const ASKS = ["q", "rw", "pillar", "state", "work_type", "fund"];
/** Panes of other tabs: no list of proposals is narrowed there. */
const ELSEWHERE = ":is([data-pane=plan], [data-pane=slums], [data-pane=mapping], [data-meeting-pane])";

export class MapFilter {
  private readonly sign = document.getElementById("map-filter")!;
  private asked = 0;

  constructor(private readonly page: MapPage) {
    page.body.addEventListener("fragment", () => this.read());
    page.body.addEventListener("narrowed", () => void this.renew());
    this.sign.querySelector("button")!.addEventListener("click", () => this.clear());
    this.read();
    if (page.values["f"] && page.selected) void this.fetch(); // a card is on its way instead of the list
  }

  private read(): void {
    const { body } = this.page, list = body.querySelector<HTMLElement>("[data-narrows]");
    if (list) this.show(list, body);
    else if (body.querySelector(ELSEWHERE)) this.keep(null);
  }

  private show(list: HTMLElement, rows: ParentNode): void {
    this.asked += 1;
    if (list.dataset["narrows"] !== "true") return this.keep(null);
    const ids = [...rows.querySelectorAll<HTMLElement>("[data-proposal]")].map((row) => row.dataset["proposal"]!);
    this.keep(new Set([...ids, ...(list.dataset["more"]?.split(" ") ?? [])].filter(Boolean)));
  }

  private keep(ids: ReadonlySet<string> | null): void {
    this.page.view.setOnly(ids);
    this.sign.hidden = ids === null;
    if (ids) this.sign.querySelector("span")!.textContent = word("filter.shown", { n: number(ids.size) });
  }

  /** The list's filter has changed, and the list may not be on the screen. */
  private async renew(): Promise<void> {
    const { page } = this;
    if (page.body.querySelector("[data-narrows]")) await page.load(page.options.home(), true);
    else await this.fetch();
  }

  private async fetch(): Promise<void> {
    const mine = (this.asked += 1), made = document.createElement("template");
    try {
      made.innerHTML = await fetchFragment(this.page.resolve(this.page.options.home()));
    } catch (error) {
      if (error instanceof FragmentFailed) return; // the map then shows all, and says nothing else
      throw error;
    }
    const list = made.content.querySelector<HTMLElement>("[data-narrows]");
    if (list && mine === this.asked) this.show(list, made.content);
  }

  private clear(): void {
    const left = new URLSearchParams(this.page.values["f"]);
    for (const name of ASKS) left.delete(name);
    this.page.values["f"] = String(left);
    this.page.write();
    this.keep(null);
    void this.renew();
    this.page.body.dispatchEvent(new CustomEvent("widened"));
  }
}

// Meeting mode: list and map full screen for a projector, arrows walk through the proposals, Escape leaves.
// It knows nothing about scores or words; the list comes from the server without anything personal.
// Idea: the page's own map and panel with everything else hidden, and tiles asked for as the public gets them.
import type { MapPage } from "../page/map-page.ts";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, PageDown: 1, ArrowUp: -1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
let meeting: Meeting | null = null;

/** Begin; query: the weights in use, as the panel's address has them. */
export async function meet(page: MapPage, query: string): Promise<void> {
  if (meeting) return;
  meeting = new Meeting(page);
  await meeting.begin(query);
}

class Meeting {
  private at = 0;
  private readonly ended = new AbortController();
  /** Switches of layers that are personal and were on. */
  private switched: HTMLInputElement[] = [];
  /** What the panel showed before: it stands there again at once. */
  private before: readonly ChildNode[] = [];

  constructor(private readonly page: MapPage) {}

  async begin(query: string): Promise<void> {
    const { page } = this, { signal } = this.ended;
    document.body.classList.add("meeting");
    page.values["mode"] = "meeting";
    page.sheet.set("half");
    page.mark("");
    this.switched = [...document.querySelectorAll<HTMLInputElement>("input[data-layer=households]:checked")];
    for (const one of this.switched) one.click();
    page.view.asPublic(true);
    page.view.map.invalidateSize();
    page.write();
    // Refused where nobody has pressed anything yet, as after a reload: then the window stays as it is.
    await document.documentElement.requestFullscreen?.().catch(() => undefined);
    window.addEventListener("keydown", (event) => this.key(event), { capture: true, signal });
    window.addEventListener("resize", () => {
      page.view.map.invalidateSize();
      this.roomForHead();
    }, { signal });
    document.addEventListener("fullscreenchange", () => document.fullscreenElement ?? this.leave(), { signal });
    page.body.addEventListener("click", (event) => this.click(event.target as Element), { signal });
    page.view.map.invalidateSize();
    this.before = [...page.body.childNodes];
    if (!(await page.load(`panel/ranking/meeting?${query}`))) return this.leave();
    this.roomForHead();
    this.list?.focus({ preventScroll: true });
    this.show(0);
  }

  /** Rows come to stand below the head, which is taller where its lines break. */
  private roomForHead(): void {
    const head = this.page.body.querySelector<HTMLElement>(".meeting-head");
    this.list?.style.setProperty("--head", `${head?.offsetHeight ?? 0}px`);
  }

  private get list(): HTMLElement | null {
    return this.page.body.querySelector<HTMLElement>("[data-meeting-list]");
  }

  private get rows(): HTMLElement[] {
    return [...this.page.body.querySelectorAll<HTMLElement>("[data-meeting-row]")];
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    // The workspace's own keys would draw and delete.
    event.stopPropagation();
    const step = STEPS[event.key];
    if (event.key === "Escape") this.leave();
    else if (step !== undefined) this.show(this.at + step);
    else return;
    event.preventDefault();
  }

  private click(target: Element): void {
    const row = target.closest<HTMLElement>("[data-meeting-row]"), shown = target.closest<HTMLElement>("[data-meeting-show]")?.dataset["meetingShow"];
    if (target.closest("[data-meeting-leave]")) this.leave();
    else if (shown) this.turn(shown === "weights");
    else if (row) this.show(this.rows.indexOf(row));
  }

  private turn(weights: boolean): void {
    this.list!.hidden = weights;
    if (weights) this.page.body.parentElement!.scrollTop = 0;
    this.page.body.querySelector<HTMLElement>("[data-meeting-weights]")!.hidden = !weights;
    for (const button of this.page.body.querySelectorAll<HTMLElement>("[data-meeting-show]")) {
      button.setAttribute("aria-pressed", String((button.dataset["meetingShow"] === "weights") === weights));
    }
  }

  /** A proposal by its place in the list: its row opened, its work lit on the map. */
  private show(at: number): void {
    const { rows, page } = this;
    if (rows.length === 0) return;
    this.turn(false);
    this.at = Math.min(Math.max(at, 0), rows.length - 1);
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === this.at)));
    const row = rows[this.at]!, area = row.dataset["area"];
    this.list?.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
    page.view.select({ layer: "proposals", key: "id", value: row.dataset["meetingRow"]! });
    if (area) page.flyTo(area.split(",").map(Number), 17);
  }

  private leave(): void {
    if (meeting !== this) return;
    const { page } = this;
    meeting = null;
    this.ended.abort();
    document.body.classList.remove("meeting");
    if (document.fullscreenElement) void document.exitFullscreen();
    delete page.values["mode"];
    // First the account, then its layers: tiles of households asked for as the public gets them would be refused.
    page.view.asPublic(false);
    for (const one of this.switched) one.click();
    page.body.replaceChildren(...this.before);
    page.mark("");
    page.view.map.invalidateSize();
    page.write();
    const focus = (): void => page.body.querySelector<HTMLElement>("[data-meeting]")?.focus();
    focus();
    if (!page.body.querySelector("[data-meeting]")) void page.load(page.options.home()).then(focus);
  }
}

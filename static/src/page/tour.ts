// The guided start: eight short steps on the real page, each over when it has been done, skipped at any time.
// It knows nothing about how anything works; it looks at the page to see whether a step is done.
// Idea: doing beats reading, so a step waits for the hand, not for "next" (as the walkthrough of OpenStreetMap's iD).
import type { MapPage } from "./map-page.ts";
import { word } from "./words.ts";

const KEY = "tour";

/** name: of its sentence; target: what it is about; done: seen on the page; without it a button goes on. */
interface Step { name: string; target: string; done?: () => boolean }

const has = (selector: string) => () => document.querySelector(selector) !== null;
const STEPS: readonly Step[] = [
  { name: "map", target: "#map" },
  { name: "new", target: "[data-new]", done: has("[data-work-type]:not(form)") },
  { name: "type", target: ".types", done: has("[data-pane=new] form[data-proposal-form]") },
  { name: "draw", target: "#map", done: has("[data-preview] .figure") },
  { name: "figures", target: "[data-preview]" },
  { name: "save", target: "form[data-proposal-form] [name=title]", done: has("[data-pane=proposal]") },
  { name: "ranking", target: "[data-tab=ranking]", done: has("[data-tab=ranking][aria-selected=true]") },
  { name: "plan", target: "[data-tab=plan]", done: has("[data-tab=plan][aria-selected=true]") },
];

export class Tour {
  private readonly box = document.createElement("section");
  private at = -1;
  private readonly look = window.setInterval(() => this.check(), 300);

  constructor(private readonly page: MapPage) {
    this.box.id = "tour";
    this.box.className = "float tour";
    this.box.setAttribute("aria-label", word("tour.name"));
    this.box.addEventListener("click", (event) => {
      const press = (event.target as Element).closest<HTMLElement>("[data-tour]")?.dataset["tour"];
      if (press === "next") this.show(this.at + 1);
      else if (press === "skip") this.end();
    });
    document.getElementById("map-page")!.append(this.box);
    document.body.classList.add("has-tour");
    this.show(-1);
  }

  private show(at: number): void {
    this.at = at;
    const step = STEPS[at];
    if (at >= STEPS.length) return this.end();
    if (step?.name === "map" || step?.name === "new") this.page.sheet.open();
    const text = document.createElement("p");
    text.setAttribute("role", "status");
    text.textContent = word(`tour.${step?.name ?? "offer"}`);
    const count = document.createElement("small");
    count.textContent = step ? word("tour.count", { n: at + 1, all: STEPS.length }) : "";
    const last = at === STEPS.length - 1;
    this.box.replaceChildren(count, text, actions(
      last ? [] : [["skip", word(step ? "tour.stop" : "tour.skip")]],
      !step ? [["next", word("tour.start")]] : last ? [["skip", word("tour.end")]] : step.done ? [] : [["next", word("tour.next")]],
    ));
    document.body.style.setProperty("--tour", `${this.box.offsetHeight}px`); // the panel keeps that room free
    this.ring();
  }

  /** The step has been done, or a quick hand has done the next ones too: then the tour catches up. */
  private check(): void {
    let over = -1;
    for (let i = this.at; i >= 0 && STEPS[i]?.done; i++) if (STEPS[i]!.done!()) over = i;
    if (over >= 0 && this.at < STEPS.length - 1) this.show(Math.min(over + 1, STEPS.length - 1));
    else this.ring();
  }

  private ring(): void {
    const target = STEPS[this.at] ? document.querySelector(STEPS[this.at]!.target) : null;
    for (const one of document.querySelectorAll(".tour-target")) if (one !== target) one.classList.remove("tour-target");
    target?.classList.add("tour-target");
  }

  private end(): void {
    clearInterval(this.look);
    localStorage.setItem(KEY, "done");
    for (const one of document.querySelectorAll(".tour-target")) one.classList.remove("tour-target");
    document.body.classList.remove("has-tour");
    this.box.remove();
  }
}

function actions(...groups: readonly (readonly [string, string])[][]): HTMLElement {
  const row = document.createElement("div");
  row.className = "actions";
  groups.forEach((group, main) => group.forEach(([name, label]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = main ? "btn btn-small" : "btn btn-small btn-plain";
    button.dataset["tour"] = name;
    button.textContent = label;
    row.append(button);
  }));
  return row;
}

// The panel as a sheet at the lower edge of a phone: three heights, by dragging or by buttons.
// It knows nothing about the panel's content.
// Idea: drag has always another way (WCAG 2.5.7): the handle is a button that steps through the heights.

export type Height = "peek" | "half" | "full";
const ORDER: readonly Height[] = ["peek", "half", "full"];
/** A drag of this many px is meant, though it ends nearest to the height where it began. */
const FLICK = 40;

export class Sheet {
  constructor(private readonly panel: HTMLElement, handle: HTMLElement | null) {
    this.set(this.height);
    if (handle) this.listen(handle);
    new ResizeObserver(() => document.documentElement.style.setProperty("--sheet", `${panel.offsetHeight}px`)).observe(panel);
    document.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-sheet]");
      if (button) this.step(button.dataset["sheet"] === "up" ? 1 : -1);
    });
  }

  get height(): Height {
    const now = this.panel.dataset["height"];
    return ORDER.find((height) => height === now) ?? "peek";
  }

  set(height: Height): void {
    this.panel.dataset["height"] = height;
    document.getElementById("panel-handle")?.setAttribute("aria-expanded", String(height !== "peek"));
  }

  /** At least half open: something was chosen and should be seen. */
  open(): void {
    if (this.height === "peek") this.set("half");
  }

  private step(by: number): void {
    this.set(ORDER[Math.min(2, Math.max(0, ORDER.indexOf(this.height) + by))]!);
  }

  private listen(handle: HTMLElement): void {
    let start = 0, top = 0, moved = false;
    handle.addEventListener("pointerdown", (event) => {
      start = event.clientY;
      top = this.panel.getBoundingClientRect().height;
      moved = false;
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      if (Math.abs(event.clientY - start) > 6) moved = true;
      if (moved) this.panel.style.height = `${Math.max(64, top + start - event.clientY)}px`;
    });
    handle.addEventListener("pointerup", (event) => {
      if (!moved) return;
      const raised = start - event.clientY, share = (top + raised) / window.innerHeight, before = this.height;
      this.panel.style.height = "";
      this.set(share > 0.68 ? "full" : share > 0.28 ? "half" : "peek");
      if (this.height === before && Math.abs(raised) > FLICK) this.step(Math.sign(raised));
    });
    handle.addEventListener("pointercancel", () => (this.panel.style.height = ""));
    handle.addEventListener("click", () => {
      if (!moved) this.set(this.height === "full" ? "peek" : ORDER[ORDER.indexOf(this.height) + 1]!);
      moved = false;
    });
    handle.addEventListener("keydown", (event) => {
      if (event.key === "ArrowUp") this.step(1);
      if (event.key === "ArrowDown") this.step(-1);
    });
  }
}

/** Too little room for the legend beside the rest: a phone, upright or on its side. */
export const SMALL = matchMedia("(max-width: 700px), (max-height: 560px)");

export function isPhone(): boolean {
  return matchMedia("(max-width: 700px)").matches;
}

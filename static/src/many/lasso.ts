// A loop drawn around proposals or assets chooses them: with Shift held by mouse, or by one finger after its button was pressed.
// It knows nothing about what is done with those chosen.
// Idea: a loop needs no corner to begin from, so mouse and finger do the same; Alt at its end takes out instead.
import * as L from "leaflet";
import type { MapPage } from "../page/map-page.ts";
import { hideToast, toast } from "../page/toast.ts";
import { caught } from "./caught.ts";
import type { Many } from "./many.ts";

const A_PRESS = 6;

export class Lasso {
  private readonly map: L.Map;
  private armed = false;
  private loop: L.Point[] = [];
  private line: L.Polygon | null = null;

  constructor(private readonly page: MapPage, private readonly many: Many) {
    this.map = page.view.map;
    const box = this.map.getContainer();
    box.addEventListener("pointermove", (event) => this.line && (event.buttons ? this.extend(event) : this.drop()));
    box.addEventListener("pointerup", (event) => this.line && this.end(event));
    box.addEventListener("pointercancel", () => this.drop());
    box.addEventListener("pointerdown", (event) => this.armed && event.isPrimary && this.begin(event), true);
    document.getElementById("toolbar")?.addEventListener("click", (event) => {
      if (this.armed && (event.target as Element).closest("[data-tool]:not([data-tool=lasso])")) this.arm(false);
    }, true);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !(this.armed || this.line)) return;
      event.stopPropagation();
      this.arm(false);
      this.drop();
    }, true);
  }

  /** The next press on the map begins a loop. */
  toggle(): void {
    this.arm(!this.armed && this.free);
    if (this.armed) toast(this.many.sort.words.loop(), null, 6);
  }

  /** No tool has the map, and there is something to choose. */
  private get free(): boolean {
    return this.many.sort.may && !document.body.matches(".is-drawing, .is-editing, .meeting");
  }

  begin(event: PointerEvent): void {
    if (!this.free) return;
    event.preventDefault();
    hideToast();
    this.map.dragging.disable();
    this.map.getContainer().setPointerCapture(event.pointerId);
    this.loop = [this.map.mouseEventToContainerPoint(event)];
    this.line = L.polygon([], { className: "lasso", interactive: false }).addTo(this.map);
  }

  private arm(on: boolean): void {
    if (this.armed && !on) hideToast();
    this.armed = on;
    this.map.getContainer().classList.toggle("is-crossed", on);
    document.body.classList.toggle("is-looping", on);
    document.querySelector("#toolbar [data-tool=lasso]")?.setAttribute("aria-pressed", String(on));
    document.querySelector("#toolbar [data-tool=select]")?.setAttribute("aria-pressed", String(!on));
  }

  private extend(event: PointerEvent): void {
    const at = this.map.mouseEventToContainerPoint(event);
    if (at.distanceTo(this.loop.at(-1)!) < 3) return;
    this.loop.push(at);
    this.line!.setLatLngs(this.loop.map((point) => this.map.containerPointToLatLng(point)));
  }

  private end(event: PointerEvent): void {
    const { loop } = this;
    this.drop();
    this.arm(false);
    if (!loop.some((point) => point.distanceTo(loop[0]!) > A_PRESS)) return; // a press, which chooses one
    this.map.getContainer().addEventListener("click", swallow, { capture: true, once: true });
    window.setTimeout(() => this.map.getContainer().removeEventListener("click", swallow, true));
    const ids = this.inside(loop);
    if (ids.length === 0) toast(this.many.sort.words.none());
    else this.many.selection.set(ids, !event.altKey);
  }

  private drop(): void {
    this.line?.remove();
    this.line = null;
    this.map.dragging.enable();
  }

  private inside(loop: readonly L.Point[]): string[] {
    const { map } = this, origin = map.project(map.containerPointToLatLng([0, 0]));
    const flat = loop.flatMap((point) => [point.x, point.y]);
    const found = new Set<string>();
    for (const { feature, k, left, top } of this.page.view.tiles.seen(this.many.sort.layer)) {
      const shift = [left - origin.x, top - origin.y];
      const parts = feature.parts.map((part) => part.map((value, i) => value * k + shift[i % 2]!));
      const id = String(feature.properties["id"] ?? "");
      if (id && !found.has(id) && caught(flat, parts)) found.add(id);
    }
    return [...found];
  }
}

function swallow(event: Event): void {
  event.stopPropagation();
}

// Another shape for a work, drawn by its reviewer on the review map.
// It knows nothing about rights; the proposal itself is never written.
// Idea: a copy of the shape is changed (handles.ts); what is stored stays as it is until the planner takes it.
import * as L from "leaflet";
import type { Geometry } from "geojson";
import { drawHandles, latLngs } from "./handles.ts";
import { parts } from "./nearest.ts";

export class SuggestShape {
  private shape: Geometry;
  private readonly drawn = L.layerGroup();
  private readonly form: HTMLFormElement;

  constructor(private readonly section: HTMLElement, private readonly map: L.Map) {
    section.hidden = false;
    this.shape = this.proposed();
    this.form = section.querySelector("[data-suggest-form]")!;
    section.querySelector("[data-suggest-begin]")!.addEventListener("click", () => this.open(true));
    section.querySelector("[data-suggest-cancel]")!.addEventListener("click", () => this.open(false));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
  }

  private proposed(): Geometry {
    return JSON.parse(this.section.dataset["shape"]!) as Geometry;
  }

  private open(on: boolean): void {
    this.form.hidden = !on;
    this.section.querySelector<HTMLElement>("[data-suggest-begin]")!.hidden = on;
    this.shape = this.proposed();
    if (!on) return void this.drawn.clearLayers().remove();
    this.drawn.addTo(this.map);
    drawHandles(this.drawn, this.shape, () => undefined);
    // Close enough for a finger between two points.
    this.map.fitBounds(L.latLngBounds(parts(this.shape).flatMap(latLngs)), { maxZoom: 20, padding: [56, 56] });
    this.map.getContainer().scrollIntoView({ block: "nearest" });
  }

  private async send(): Promise<void> {
    const { proposal = "", version } = this.section.dataset;
    const { csrf = "", lang = "id" } = document.body.dataset;
    const note = String(new FormData(this.form).get("note"));
    const said = this.section.querySelector<HTMLElement>("[data-suggest-error]")!;
    said.textContent = "";
    const answer = await fetch(`/api/v1/proposals/${proposal}/shape-suggestions?lang=${lang}`, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
      body: JSON.stringify({ geometry: this.shape, version: Number(version), note }),
    }).catch(() => null);
    if (answer?.ok) return location.reload();
    const problem = answer ? ((await answer.json()) as { detail?: string; errors?: { message?: string }[] }) : {};
    const { word } = await import("../page/words.ts");
    said.textContent = problem.errors?.[0]?.message ?? problem.detail ?? word("error.offline");
  }
}

// Another shape for a work, drawn by its reviewer on the review map: points are dragged, small ones in between add points.
// It knows nothing about rights; the proposal itself is never written.
// Idea: a copy of the shape whose positions are changed in place, so that every kind of geometry goes the same way.
import * as L from "leaflet";
import type { Geometry } from "geojson";
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
    this.draw();
    // Close enough for a finger between two points.
    this.map.fitBounds(L.latLngBounds(parts(this.shape).flatMap(latLngs)), { maxZoom: 20, padding: [56, 56] });
    this.map.getContainer().scrollIntoView({ block: "nearest" });
  }

  private draw(): void {
    this.drawn.clearLayers();
    for (const part of parts(this.shape)) {
      const closed = this.shape.type.endsWith("Polygon");
      const line = L.polyline(latLngs(part), { className: "suggested-line", interactive: false }).addTo(this.drawn);
      const last = closed ? part.length - 1 : part.length;
      for (let i = 0; i < last; i++) {
        this.handle(part[i]!, false, (position) => {
          part[i]!.splice(0, 2, ...position);
          if (closed && i === 0) part[last]!.splice(0, 2, ...position);
          line.setLatLngs(latLngs(part));
        });
      }
      for (let i = 1; i < part.length; i++) {
        const middle = [0, 1].map((axis) => (part[i - 1]![axis]! + part[i]![axis]!) / 2);
        let added = false;
        this.handle(middle, true, (position) => {
          part.splice(i, added ? 1 : 0, position);
          added = true;
          line.setLatLngs(latLngs(part));
        });
      }
    }
  }

  private handle(position: number[], small: boolean, moved: (position: number[]) => void): void {
    const size = small ? 16 : 22;
    const icon = L.divIcon({ className: `suggest-handle${small ? " is-small" : ""}`, iconSize: [size, size] });
    const marker = L.marker([position[1]!, position[0]!], { icon, draggable: true, keyboard: false }).addTo(this.drawn);
    marker.on("drag", () => moved([marker.getLatLng().lng, marker.getLatLng().lat]));
    marker.on("dragend", () => this.draw());
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

const latLngs = (part: number[][]): [number, number][] => part.map(([lng, lat]) => [lat!, lng!]);

// The place of a city programme, drawn on the map beside its form: a tap adds a point, points can be dragged.
// It knows nothing about the form but the field that holds the shape as GeoJSON, which works without it.
// Idea: the field is the only state; what is pasted there is drawn, what is drawn is written there.
import * as L from "leaflet";
import type { Geometry, LineString, Point, Polygon } from "geojson";
import { drawHandles, latLngs } from "./handles.ts";
import { parts } from "./nearest.ts";

type Kind = "Point" | "LineString" | "Polygon";

export class DrawPlace {
  private kind: Kind | null = null;
  /** The points of what is being drawn; a pasted shape of several parts has none and can only be dragged. */
  private points: number[][] = [];
  private shape: Geometry | null = null;
  private readonly drawn: L.LayerGroup;
  private readonly field: HTMLTextAreaElement;
  private readonly hint: HTMLElement;
  private readonly undo: HTMLElement;

  constructor(private readonly section: HTMLElement, private readonly map: L.Map) {
    this.drawn = L.layerGroup().addTo(map);
    this.field = section.querySelector("textarea")!;
    this.hint = section.querySelector("[data-draw-hint]")!;
    this.undo = section.querySelector("[data-draw-undo]")!;
    section.querySelector<HTMLElement>("[data-draw-tools]")!.hidden = this.hint.hidden = false;
    for (const button of section.querySelectorAll<HTMLElement>("[data-draw]")) button.addEventListener("click", () => this.begin(button.dataset["draw"] as Kind));
    this.undo.addEventListener("click", () => this.take(this.points.slice(0, -1)));
    this.field.addEventListener("change", () => this.read());
    map.on("click", (event) => this.kind && this.take(this.kind === "Point" ? [at(event)] : [...this.points, at(event)]));
    this.read();
    if (!this.field.value) section.querySelector("details")!.open = false;
  }

  /** Draw what the field says and go there; what cannot be read is left to the server's words. */
  private read(): void {
    let found: Geometry | null = null;
    try {
      const given = JSON.parse(this.field.value) as { geometry?: Geometry } & Geometry;
      found = given.geometry ?? given;
      this.map.fitBounds(L.latLngBounds(parts(found).flatMap(latLngs)), { maxZoom: 18, padding: [48, 48] });
    } catch {
      found = null;
    }
    this.shape = found;
    this.points = [];
    this.kind = null;
    this.show();
  }

  private begin(kind: Kind): void {
    this.kind = kind;
    this.take([]);
    this.map.getContainer().scrollIntoView({ block: "nearest" });
  }

  private take(points: number[][]): void {
    this.points = points;
    this.shape = this.made();
    this.write();
    this.show();
  }

  /** The shape of the points so far; null while there are too few. */
  private made(): Point | LineString | Polygon | null {
    const [first] = this.points;
    if (this.kind === "Point" && first) return { type: "Point", coordinates: first };
    if (this.kind === "LineString" && this.points.length > 1) return { type: "LineString", coordinates: this.points };
    if (this.kind === "Polygon" && this.points.length > 2) return { type: "Polygon", coordinates: [[...this.points, [...first!]]] };
    return null;
  }

  private write(): void {
    this.field.value = this.shape ? JSON.stringify(this.shape, (_key, value: unknown) => (typeof value === "number" ? Number(value.toFixed(7)) : value)) : "";
  }

  private show(): void {
    const begun: Geometry | null = this.shape ?? (this.points.length > 0 ? { type: "MultiPoint", coordinates: this.points } : null);
    if (begun) drawHandles(this.drawn, begun, () => this.dragged());
    else this.drawn.clearLayers();
    for (const button of this.section.querySelectorAll("[data-draw]")) button.setAttribute("aria-pressed", String(button.getAttribute("data-draw") === this.kind));
    this.undo.hidden = this.points.length === 0;
    this.hint.textContent = this.hint.dataset[this.kind ? "more" : "start"]!;
  }

  private dragged(): void {
    if (this.shape?.type === "Polygon" && this.points.length > 0) this.points = this.shape.coordinates[0]!.slice(0, -1);
    this.write();
  }
}

const at = (event: L.LeafletMouseEvent): number[] => [event.latlng.lng, event.latlng.lat];

// A ring around the point in hand, which the map's own symbol stays visible in. Lines and areas are lit by the map itself.
import * as L from "leaflet";
import type { Shape } from "../editor/shape.ts";

export class Ring {
  private readonly drawn = L.layerGroup();

  constructor(private readonly map: L.Map) {}

  around(shape: Shape | null): void {
    this.drawn.clearLayers();
    if (shape?.kind !== "point") return;
    for (const [lng, lat] of shape.parts.flat()) {
      for (const tone of ["is-casing", ""]) {
        this.drawn.addLayer(L.circleMarker([lat, lng], { pane: "sketch", radius: 14, interactive: false, className: `fact-ring ${tone}` }));
      }
    }
    this.drawn.addTo(this.map);
  }
}

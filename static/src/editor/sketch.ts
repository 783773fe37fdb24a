// Draws the shape in hand on the map: casing and line, corners, the rubber band to the pointer, the snapping ring, the live label.
// It knows nothing about tools or saving; it shows what it is given.
// Idea: the mock's look; Leaflet's SVG is enough for one shape and stays crisp and reachable by tests.
import * as L from "leaflet";
import type { Position } from "../geometry/geodesy.ts";
import type { Spot } from "./snapper.ts";
import type { Shape } from "./shape.ts";

const latlng = (point: Position): L.LatLng => L.latLng(point[1], point[0]);

export class Sketch {
  private readonly pane: HTMLElement;
  private readonly group = L.layerGroup();
  private readonly rubber: L.Polyline;
  private readonly ring: L.Marker;
  private readonly target: L.Polyline;
  private readonly label = L.DomUtil.create("div", "draw-label");

  constructor(private readonly map: L.Map) {
    this.pane = map.getPane("sketch") ?? map.createPane("sketch");
    this.pane.style.zIndex = "420";
    const renderer = L.svg({ pane: "sketch", padding: 0.4 });
    this.rubber = L.polyline([], { renderer, pane: "sketch", className: "sketch-rubber", interactive: false });
    this.target = L.polyline([], { renderer, pane: "sketch", className: "sketch-target", interactive: false });
    this.ring = L.marker([0, 0], { pane: "sketch", interactive: false, keyboard: false, icon: ringIcon("edge") });
    this.renderer = renderer;
    this.label.hidden = true;
    map.getContainer().append(this.label);
    this.group.addTo(map);
  }

  private readonly renderer: L.Renderer;

  show(shape: Shape | null, corners = true, tone: "mine" | "theirs" = "mine"): void {
    this.group.clearLayers();
    if (!shape) return;
    this.draw(shape, corners, tone);
  }

  /** Another shape beside the one in hand (a conflict's other side). */
  beside(shape: Shape): void {
    this.draw(shape, false, "theirs");
  }

  private draw(shape: Shape, corners: boolean, tone: string): void {
    const base = { renderer: this.renderer, pane: "sketch", interactive: false } as const;
    if (shape.kind !== "point") {
      const lines = shape.parts.map((part) => part.map(latlng));
      const make = (className: string) => (shape.kind === "polygon" && lines.every((line) => line.length > 2)
        ? L.polygon(lines, { ...base, className: `${className} sketch-area` })
        : L.polyline(lines, { ...base, className, fill: false }));
      this.group.addLayer(make(`sketch-casing is-${tone}`)).addLayer(make(`sketch-line is-${tone}`));
    }
    if (!corners && shape.kind !== "point") return;
    for (const point of shape.parts.flat()) {
      this.group.addLayer(L.circleMarker(latlng(point), { ...base, radius: shape.kind === "point" ? 8 : 5.5, className: `sketch-corner is-${tone}` }));
    }
  }

  /** The rubber band from fixed corners to where the next one would be. */
  stretch(points: readonly L.LatLng[]): void {
    this.rubber.setLatLngs([...points]);
    if (points.length > 1) this.rubber.addTo(this.map);
    else this.rubber.remove();
  }

  spot(spot: Spot | null): void {
    const { snap } = spot ?? { snap: null };
    if (!spot || !snap) {
      this.ring.remove();
      this.target.remove();
      return;
    }
    this.ring.setIcon(ringIcon(snap.kind)).setLatLng(spot.latlng).addTo(this.map);
    const zoom = this.map.getZoom();
    this.target.setLatLngs(snap.line.map((point) => this.map.unproject(L.point(point.x, point.y), zoom))).addTo(this.map);
  }

  /** Two lines of words beside the pointer, or at the top edge on touch. */
  say(main: string, small: string, at: L.Point | null, warn = false): void {
    this.label.hidden = main === "" && small === "";
    this.label.classList.toggle("is-top", at === null);
    this.label.classList.toggle("is-warning", warn);
    document.body.classList.toggle("says-crossing", warn); // then no other place has to
    const strong = document.createElement("b"), more = document.createElement("small");
    strong.textContent = main;
    more.textContent = small;
    this.label.replaceChildren(...(main ? [strong] : []), ...(small ? [more] : []));
    if (!at) {
      this.label.style.transform = "";
      return;
    }
    const size = this.map.getSize(), width = this.label.offsetWidth;
    const x = at.x + 18 + width > size.x ? at.x - width - 18 : at.x + 18;
    this.label.style.transform = `translate(${Math.round(x)}px, ${Math.round(Math.min(at.y + 18, size.y - 80))}px)`;
  }

  clear(): void {
    this.show(null);
    this.stretch([]);
    this.spot(null);
    this.say("", "", null);
  }
}

function ringIcon(kind: string): L.DivIcon {
  return L.divIcon({ className: `snap-ring is-${kind}`, iconSize: [18, 18] });
}

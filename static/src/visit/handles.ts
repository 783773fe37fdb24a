// A shape drawn with handles on a map: points are dragged, small ones in between add points.
// It knows nothing about what the shape stands for or where it is sent.
// Idea: the positions are changed in place, so that every kind of geometry goes the same way.
import * as L from "leaflet";
import type { Geometry } from "geojson";
import { parts } from "./nearest.ts";

/** Draw a shape into a group, anew after each drag; changed: called once a point has moved. */
export function drawHandles(group: L.LayerGroup, shape: Geometry, changed: () => void): void {
  group.clearLayers();
  const again = () => {
    drawHandles(group, shape, changed);
    changed();
  };
  for (const part of parts(shape)) {
    const closed = shape.type.endsWith("Polygon");
    const line = L.polyline(latLngs(part), { className: "suggested-line", interactive: false }).addTo(group);
    const last = closed ? part.length - 1 : part.length;
    for (let i = 0; i < last; i++) {
      handle(group, part[i]!, false, again, (position) => {
        part[i]!.splice(0, 2, ...position);
        if (closed && i === 0) part[last]!.splice(0, 2, ...position);
        line.setLatLngs(latLngs(part));
      });
    }
    for (let i = 1; i < part.length; i++) {
      const middle = [0, 1].map((axis) => (part[i - 1]![axis]! + part[i]![axis]!) / 2);
      let added = false;
      handle(group, middle, true, again, (position) => {
        part.splice(i, added ? 1 : 0, position);
        added = true;
        line.setLatLngs(latLngs(part));
      });
    }
  }
}

function handle(group: L.LayerGroup, position: number[], small: boolean, done: () => void, moved: (position: number[]) => void): void {
  const size = small ? 16 : 22;
  const icon = L.divIcon({ className: `suggest-handle${small ? " is-small" : ""}`, iconSize: [size, size] });
  const marker = L.marker([position[1]!, position[0]!], { icon, draggable: true, keyboard: false }).addTo(group);
  marker.on("drag", () => moved([marker.getLatLng().lng, marker.getLatLng().lat]));
  marker.on("dragend", done);
}

/** The positions of a part as Leaflet has them. */
export const latLngs = (part: number[][]): [number, number][] => part.map(([lng, lat]) => [lat!, lng!]);

// What a proposal hangs together with: fetched once its pane is there, judged in place, the other work shown on the map.
// It knows nothing about rules or rights; the piece that the server renders says what may be said.
// Idea: the piece is swapped alone and tells nobody, so that a form being filled in above it stays as it is.
import * as L from "leaflet";
import type { Geometry } from "geojson";
import { parts } from "../visit/nearest.ts";
import { fetchFragment, FragmentFailed } from "./fragments.ts";
import type { MapPage } from "./map-page.ts";
import { isPhone } from "./sheet.ts";
import { toast } from "./toast.ts";

export class Relations {
  private readonly drawn = L.layerGroup();
  private box: HTMLElement | null = null;

  constructor(private readonly page: MapPage) {
    const { body, view } = page;
    this.drawn.addTo(view.map);
    body.addEventListener("fragment", () => this.shown());
    body.addEventListener("submit", (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.matches("[data-relation-form]")) return;
      event.preventDefault();
      const fields = new FormData(form, event.submitter);
      void this.fill(form.getAttribute("action")!, new URLSearchParams([...fields] as [string, string][]));
    });
    body.addEventListener("click", (event) => {
      const row = (event.target as Element).closest("[data-related-look]")?.closest<HTMLElement>("[data-related]");
      if (row) this.look(row);
    });
    this.shown();
  }

  /** Another pane, or none: what was drawn of the last one goes. */
  private shown(): void {
    const box = this.page.body.querySelector<HTMLElement>("[data-relations]");
    if (box === this.box) return;
    this.box = box;
    this.drawn.clearLayers();
    if (box) void this.fill(box.dataset["relations"]!);
  }

  private async fill(url: string, body?: URLSearchParams): Promise<void> {
    const { box, page } = this;
    if (!box) return;
    box.setAttribute("aria-busy", "true");
    try {
      const headers = { "X-CSRF-Token": document.body.dataset["csrf"] ?? "" };
      box.innerHTML = await fetchFragment(page.resolve(url), body ? { method: "POST", body, headers } : {});
      box.querySelector<HTMLElement>("[aria-invalid]")?.focus();
      if (body) this.drawn.clearLayers();
    } catch (error) {
      if (!(error instanceof FragmentFailed)) throw error;
      if (body) toast(error.message, null, 8, "bad");
      else box.textContent = error.message; // nobody asked, so it takes no other word's place
    } finally {
      box.removeAttribute("aria-busy");
    }
  }

  /** The other work with a broken outline, and both in view. */
  private look(row: HTMLElement): void {
    const { body, sheet } = this.page;
    this.drawn.clearLayers();
    for (const part of parts(JSON.parse(row.dataset["related"]!) as Geometry)) {
      const places = part.map(([lng, lat]) => [lat!, lng!] as [number, number]);
      const style = { className: "suggested-line", interactive: false };
      (places.length > 1 ? L.polyline(places, style) : L.circleMarker(places[0]!, { ...style, radius: 12 })).addTo(this.drawn);
    }
    if (isPhone()) sheet.set("half");
    const boxes = [row.dataset["relatedBounds"]!, body.querySelector<HTMLElement>("[data-bounds]")!.dataset["bounds"]!].map((text) => text.split(",").map(Number));
    const [a, b] = boxes as [number[], number[]];
    this.page.flyTo([Math.min(a[0]!, b[0]!), Math.min(a[1]!, b[1]!), Math.max(a[2]!, b[2]!), Math.max(a[3]!, b[3]!)]);
  }
}

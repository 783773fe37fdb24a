// The slum area whose profile or form stands in the panel: lit on the map, brought into view, kept in the address.
// It knows nothing about forms; the panel's fragment names the area and its bounds.
import type { MapPage } from "./map-page.ts";

export class AreaShown {
  private code = "";

  constructor(private readonly page: MapPage) {
    page.body.addEventListener("fragment", () => this.look());
    this.look();
  }

  private look(): void {
    const { page } = this, code = page.body.querySelector<HTMLElement>("[data-shown-area]")?.dataset["shownArea"] ?? "";
    if (code === this.code) return;
    this.code = code;
    if (page.values["tab"] === "slums") {
      page.values["f"] = code && String(new URLSearchParams({ area: code }));
      page.write();
    }
    // Self-mapping lights what it has in hand itself.
    if (!code && !page.body.querySelector("[data-fact-form], [data-survey]")) page.mark(page.selected);
    if (!code) return;
    page.view.select({ layer: "slum-areas", key: "code", value: code });
    page.reveal();
  }
}

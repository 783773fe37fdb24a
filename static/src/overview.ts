// Entry of the overview of several kelurahan: table and map lit together.
// It knows nothing about figures, sorting or rights; the table is a page that reads without it.
// Idea: a row is chosen by pressing it, a kelurahan by pressing it on the map; its name goes to the workspace.
import type * as L from "leaflet";
import { MapPage } from "./page/map-page.ts";
import { setUpMenus } from "./page/menus.ts";

const rows = new Map([...document.querySelectorAll<HTMLElement>("[data-kelurahan]")].map((row) => [row.dataset["kelurahan"]!, row]));

// A phone shows the kelurahan as a list without a map, so nothing of it is loaded there.
if (document.getElementById("map")!.offsetHeight > 0) link();
else setUpMenus();
for (const select of document.querySelectorAll<HTMLSelectElement>("form.filters select")) select.addEventListener("change", () => select.form!.requestSubmit());

function link(): void {
  const page = new MapPage({ base: "/", focus: null, layers: "overview", free: () => false, card: () => "", home: () => "" });
  const { view } = page;
  let chosen = "";

  function at(event: L.LeafletMouseEvent): string {
    const code = view.hits(event.latlng, false, ["kelurahan"])[0]?.id ?? "";
    return rows.has(code) ? code : "";
  }

  function point(code: string): void {
    view.hover(code ? { layer: "kelurahan", key: "code", value: code } : null);
    for (const [key, row] of rows) row.classList.toggle("is-lit", key === code);
  }

  function choose(code: string): void {
    chosen = code;
    view.select(code ? { layer: "kelurahan", key: "code", value: code } : null);
    for (const [key, row] of rows) {
      if (key === code) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  view.map.on("mousemove", (event) => event.originalEvent.buttons === 0 && point(at(event)));
  view.map.on("mouseout", () => point(""));
  view.map.on("click", (event) => {
    const code = at(event);
    choose(code === chosen ? "" : code);
    rows.get(chosen)?.scrollIntoView({ block: "nearest" });
  });
  for (const [code, row] of rows) {
    row.addEventListener("pointerenter", () => point(code));
    row.addEventListener("pointerleave", () => point(""));
    row.addEventListener("focusin", () => point(code));
    row.addEventListener("focusout", () => point(""));
    row.addEventListener("click", (event) => {
      if ((event.target as Element).closest("a")) return;
      choose(code === chosen ? "" : code);
      if (chosen && row.dataset["bounds"]) page.flyTo(row.dataset["bounds"].split(",").map(Number), 15);
    });
  }
}

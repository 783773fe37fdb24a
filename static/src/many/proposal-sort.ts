// Many proposals at once: where they come from, where they go, and what is said of them.
// It knows nothing about loops, bars or tables; proposal-values.ts has the fields.
import { readAll } from "../api/batch.ts";
import type { Editor } from "../editor/editor.ts";
import type { MapPage } from "../page/map-page.ts";
import { word } from "../page/words.ts";
import { back, forth, valueOf, type Stored } from "./proposal-values.ts";
import type { ManySort } from "./sort.ts";

export function proposalSort(page: MapPage, desk: () => Promise<Editor | null>): ManySort<Stored> {
  return {
    layer: "proposals", table: "panel/table", dialog: "panel/many", may: document.body.dataset["roleEdit"] === "true",
    words: {
      title: (n) => word("many.title", { n }), ask: (n) => word("many.delete", { n }), changed: (n) => word("op.many", { n }), deleted: (n) => word("op.delete_many", { n }),
      loop: () => word("many.lasso"), none: () => word("many.none_caught"), file: (kelurahan) => word("table.file", { kelurahan }),
    },
    async stored(ids) {
      const all = new Map((await readAll(document.body.dataset["kelurahan"] ?? "")).map((one) => [one.properties.id, one.properties]));
      return ids.flatMap((id) => all.get(id) ?? []);
    },
    nameOf: ({ title }) => title,
    isOpen: ({ editable }) => editable === true,
    shapeOf: ({ geometry_kind }) => geometry_kind ?? "",
    valueOf, forth, back,
    cell(name, value) {
      if (name === "land") return { properties: { readiness: { land: value } } };
      if (name === "title") return { properties: { title: value } };
      return { properties: { [name]: value === "" ? null : Number(value) } };
    },
    together: async (name, pairs, shown) => (await desk())?.together(name, pairs, shown) ?? false,
    undo: () => void desk().then((one) => one?.undo("undo")),
    open: (id) => void page.open(id),
    async refresh() {
      page.view.refresh("proposals");
      await (page.selected ? page.open(page.selected, false) : page.load(page.options.home(), true));
    },
  };
}

// Many assets at once: where they come from, where they go, and what is said of them.
// It knows nothing about loops, bars or tables; asset-values.ts has the fields.
import { listAssets, readFact, type FactFeature } from "../api/facts.ts";
import type { Editor } from "../editor/editor.ts";
import type { MapPage } from "../page/map-page.ts";
import { word } from "../page/words.ts";
import { assetCell, assetValue, resetAsset, setAsset, type StoredAsset } from "./asset-values.ts";
import type { ManySort } from "./sort.ts";

/** So few are read one by one rather than with all others of the kelurahan. */
const FEW = 8;

export function assetSort(page: MapPage, desk: () => Promise<Editor | null>): ManySort<StoredAsset> {
  return {
    layer: "assets", table: "panel/assets/table", dialog: "panel/assets/many", may: document.querySelector(".mode-switch") !== null,
    words: {
      title: (n) => word("many.assets", { n }), ask: (n) => word("many.assets_delete", { n }), changed: (n) => word("op.assets", { n }), deleted: (n) => word("op.assets_delete", { n }),
      loop: () => word("many.assets_lasso"), none: () => word("many.assets_none"), file: (kelurahan) => word("table.assets_file", { kelurahan }),
    },
    async stored(ids) {
      const found = ids.length > FEW ? await listAssets(document.body.dataset["kelurahan"] ?? "") : await Promise.all(ids.map((id) => readFact("assets", id)));
      const all = new Map(found.map((one) => [one.id, propertiesOf(one)]));
      return ids.flatMap((id) => all.get(id) ?? []);
    },
    nameOf: ({ name }) => (typeof name === "string" ? name : word("survey.unnamed")),
    isOpen: () => true,
    shapeOf: () => "",
    valueOf: assetValue,
    forth: (_asset, wish) => setAsset(wish),
    back: resetAsset,
    cell: assetCell,
    together: async (name, pairs, shown) => (await (await desk())?.lend())?.together(name, pairs, shown) ?? false,
    undo: () => void desk().then((one) => one?.undo("undo")),
    open(id) {
      page.sheet.open();
      void page.load(`panel/assets/${id}`);
    },
    refresh() {
      page.view.refresh("assets");
      return again(page);
    },
  };
}

function propertiesOf({ id, properties }: FactFeature): StoredAsset {
  return { ...properties, id };
}

/** The pane that stands there, with what is stored now; the form of an asset that is gone gives way to the list. */
async function again(page: MapPage): Promise<void> {
  const open = page.values["o"] ?? "", list = page.body.querySelector<HTMLFormElement>("[data-pane=assets] form");
  if (list) return void (await page.load(`panel/assets?${new URLSearchParams([...new FormData(list)] as [string, string][])}`, true));
  if (open.startsWith("assets/") && (await page.load(`panel/${open}`, true))) return;
  if (open.startsWith("assets/") || page.body.querySelector("[data-pane=mapping]")) await page.load("panel/mapping", true);
}

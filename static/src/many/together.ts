// The table and what is done with many at once, ready for use.
// It knows nothing about either; it makes them once, in one chunk, for whatever is edited: proposals or self-mapping.
import type { Editor } from "../editor/editor.ts";
import type { MapPage } from "../page/map-page.ts";
import { assetSort } from "./asset-sort.ts";
import { Lasso } from "./lasso.ts";
import { Many } from "./many.ts";
import { proposalSort } from "./proposal-sort.ts";
import type { ManySort } from "./sort.ts";
import { Table } from "./table.ts";

export function together(page: MapPage, desk: () => Promise<Editor | null>): { many: Many; table: Table; lasso: Lasso } {
  const proposals: ManySort = proposalSort(page, desk), assets: ManySort = assetSort(page, desk);
  const many = new Many(page, () => (page.values["mode"] === "mapping" ? assets : proposals));
  return { many, table: new Table(page, many), lasso: new Lasso(page, many) };
}

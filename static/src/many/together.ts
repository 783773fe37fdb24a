// The table and what is done with many at once, ready for use.
// It knows nothing about either; it makes them once, in one chunk.
import type { Editor } from "../editor/editor.ts";
import type { MapPage } from "../page/map-page.ts";
import { Lasso } from "./lasso.ts";
import { Many } from "./many.ts";
import { Table } from "./table.ts";

export function together(page: MapPage, desk: () => Promise<Editor | null>): { many: Many; table: Table; lasso: Lasso } {
  const many = new Many(page, desk);
  return { many, table: new Table(page, many), lasso: new Lasso(page, many.selection) };
}

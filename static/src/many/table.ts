// The table of proposals or of assets: sorted, filtered, edited in place, linked with the map both ways.
// It knows nothing about how a change is stored; `Many` writes it.
// Idea: the server renders rows with plain values in data attributes; sorting, columns and the copy for a spreadsheet need no request.
import { swap } from "../page/fragments.ts";
import type { MapPage } from "../page/map-page.ts";
import { decimalMark } from "../page/words.ts";
import type { Many } from "./many.ts";
import { csvOf } from "./csv.ts";


export class Table {
  private readonly box = document.getElementById("table")!;
  private query = "";
  private sorted = { column: "", down: false };

  constructor(private readonly page: MapPage, private readonly many: Many) {
    this.box.addEventListener("click", (event) => this.click(event));
    this.box.addEventListener("change", (event) => this.change(event));
    this.box.addEventListener("submit", (event) => {
      event.preventDefault();
      this.filter();
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("fragment", () => this.shown());
    for (const [type, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]] as const) {
      this.box.addEventListener(type, (event) => this.light((event.target as Element).closest<HTMLElement>("tr[data-id]")?.dataset["id"] ?? "", on));
    }
    this.page.view.map.on("mousemove", () => this.followMap());
    many.selection.changed(() => this.markChosen());
    this.page.body.addEventListener("mode", () => this.open && this.anew());
    many.changed(() => this.open && void this.load(true));
    page.body.addEventListener("fragment", () => this.followList());
    page.body.addEventListener("widened", () => this.followList());
    document.addEventListener("others-saved", () => this.open && !this.box.querySelector(".cell-field") && void this.load(true));
  }

  get open(): boolean {
    return !this.box.hidden;
  }

  async toggle(): Promise<void> {
    if (this.open) return this.close();
    this.box.hidden = false;
    document.body.classList.add("has-table");
    this.page.view.map.invalidateSize({ animate: false });
    if (this.besideList) this.query = this.page.values["f"] ?? "";
    await this.load();
    this.box.querySelector<HTMLElement>("[data-table-close]")?.focus({ preventScroll: true });
  }

  close(): void {
    this.box.hidden = true;
    document.body.classList.remove("has-table");
    this.page.view.map.invalidateSize({ animate: false });
    this.page.view.hover(null);
  }

  /** Another sort of thing is edited from now on. */
  private anew(): void {
    this.query = this.sorted.column = "";
    void this.load();
  }

  private async load(quiet = false): Promise<void> {
    const scroller = this.box.querySelector(".table-scroll"), at = [scroller?.scrollLeft ?? 0, scroller?.scrollTop ?? 0];
    await swap(this.box, this.page.resolve(`${this.many.sort.table}?${this.query}`), quiet);
    if (quiet) this.box.querySelector(".table-scroll")?.scrollTo(at[0]!, at[1]!);
  }

  private shown(): void {
    for (const column of this.hiddenColumns()) this.showColumn(column, false);
    if (this.sorted.column) this.arrange();
    this.markChosen();
    if (this.box.querySelector("[data-ranks-late]")) {
      void import("../page/late-ranks.ts").then(({ fillRanks }) => fillRanks(this.box, this.page.resolve("panel/ranks"), () => this.sorted.column && this.arrange()));
    }
  }

  private get rows(): HTMLTableRowElement[] {
    return [...this.box.querySelectorAll<HTMLTableRowElement>("tr[data-id]")];
  }

  // --- linked with the map -----------------------------------------------------------------------------------------

  private light(id: string, on: boolean): void {
    this.page.view.hover(on && id ? { layer: this.many.sort.layer, key: "id", value: id } : null);
  }

  private followMap(): void {
    const lit = this.page.view.pointedAt(this.many.sort.layer);
    for (const row of this.rows) row.classList.toggle("is-lit", lit !== "" && row.dataset["id"] === lit);
  }

  private markChosen(): void {
    const rows = this.rows;
    for (const row of rows) {
      const box = row.querySelector<HTMLInputElement>("[data-choose]");
      if (box) box.checked = this.many.selection.has(box.value);
    }
    const all = this.box.querySelector<HTMLInputElement>("[data-choose-all]");
    if (!all) return;
    const chosen = rows.filter((row) => this.many.selection.has(row.dataset["id"]!)).length;
    all.checked = chosen > 0 && chosen === rows.length;
    all.indeterminate = chosen > 0 && chosen < rows.length;
  }

  // --- pressing ----------------------------------------------------------------------------------------------------

  private click(event: MouseEvent): void {
    const target = event.target as Element;
    const column = target.closest<HTMLElement>("[data-sort]")?.dataset["sort"];
    const row = target.closest<HTMLElement>("tr[data-id]");
    if (target.closest("[data-table-close]")) this.close();
    else if (column) {
      this.sorted = { column, down: this.sorted.column === column && !this.sorted.down };
      this.arrange();
    } else if (target.closest("[data-table-download]")) this.download();
    else if (target.closest("[data-open]") && row) this.show(row);
    else if (row && target.closest("[data-edit]")) this.edit(target.closest<HTMLElement>("[data-edit]")!);
  }

  private show(row: HTMLElement): void {
    const bounds = row.dataset["bounds"]?.split(",").map(Number);
    if (bounds) this.page.flyTo(bounds);
    this.many.sort.open(row.dataset["id"]!);
  }

  private change(event: Event): void {
    const control = event.target as HTMLInputElement;
    if (control.matches("[data-choose-all]")) this.many.selection.set(this.rows.map((row) => row.dataset["id"]!), control.checked);
    else if (control.matches("[data-choose]")) this.many.selection.set([control.value], control.checked);
    else if (control.matches("[data-column]")) {
      this.showColumn(control.value, control.checked);
      this.keepColumns();
    } else if (control.closest("form[data-table-filters]")) this.filter();
  }

  private filter(): void {
    const form = this.box.querySelector<HTMLFormElement>("form[data-table-filters]")!;
    const asked = [...new FormData(form)].filter(([, value]) => value !== "") as [string, string][];
    this.query = new URLSearchParams(asked).toString();
    void this.load();
    if (!this.besideList) return;
    this.page.values["f"] = this.query;
    this.page.write();
    this.page.body.dispatchEvent(new CustomEvent("narrowed"));
  }

  /** The tab of the list is open: list, table and map have one filter. */
  private get besideList(): boolean {
    return !this.page.values["tab"] && this.page.values["mode"] !== "mapping";
  }

  private followList(): void {
    const asked = this.page.values["f"] ?? "";
    if (!this.open || !this.besideList || asked === this.query) return;
    this.query = asked;
    void this.load(true);
  }

  // --- sorting and columns -----------------------------------------------------------------------------------------

  private arrange(): void {
    const { column, down } = this.sorted;
    const value = (row: HTMLElement) => row.querySelector<HTMLElement>(`[data-col="${column}"]`)?.dataset["value"] ?? "";
    const order = (a: string, b: string) => {
      if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1; // what is missing comes last either way
      const numbers = !Number.isNaN(Number(a)) && !Number.isNaN(Number(b));
      return (numbers ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang, { numeric: true })) * (down ? -1 : 1);
    };
    const body = this.box.querySelector("tbody");
    body?.append(...this.rows.sort((a, b) => order(value(a), value(b))));
    for (const head of this.box.querySelectorAll<HTMLElement>("th[data-col]")) {
      head.setAttribute("aria-sort", head.dataset["col"] !== column ? "none" : down ? "descending" : "ascending");
    }
  }

  /** Where the columns left out are remembered. */
  private get hidden(): string {
    return `table.hidden.${this.many.sort.layer}`;
  }

  private hiddenColumns(): string[] {
    return (localStorage.getItem(this.hidden) ?? "").split(" ").filter(Boolean);
  }

  private showColumn(name: string, on: boolean): void {
    for (const cell of this.box.querySelectorAll<HTMLElement>(`[data-col="${name}"]`)) cell.hidden = !on;
    const box = this.box.querySelector<HTMLInputElement>(`[data-column][value="${name}"]`);
    if (box) box.checked = on;
  }

  private keepColumns(): void {
    const off = [...this.box.querySelectorAll<HTMLInputElement>("[data-column]:not(:checked)")].map((box) => box.value);
    localStorage.setItem(this.hidden, off.join(" "));
  }

  // --- writing in a cell -------------------------------------------------------------------------------------------

  private edit(button: HTMLElement): void {
    const name = button.dataset["edit"]!, cell = button.closest<HTMLElement>("td")!, row = cell.closest<HTMLElement>("tr")!;
    if (cell.querySelector("input, select")) return;
    const before = cell.dataset["value"] ?? "", number = "number" in cell.dataset;
    const field = this.choices(name, before) ?? document.createElement("input");
    if (field instanceof HTMLInputElement) {
      field.type = button.dataset["input"] ?? "text";
      field.value = number ? before.replace(".", decimalMark) : before;
      field.inputMode = number ? "decimal" : "text";
      field.maxLength = number ? 20 : 200;
    }
    field.className = "cell-field";
    field.setAttribute("aria-label", button.getAttribute("aria-label") ?? name);
    button.hidden = true;
    cell.append(field);
    field.focus();
    if (field instanceof HTMLInputElement) field.select();
    let over = false;
    const end = (save: boolean) => {
      if (over) return;
      over = true;
      const given = field.value.trim();
      field.remove();
      button.hidden = false;
      const value = number ? plain(given) : given;
      if (save && value !== before) void this.write(row, cell, name, value);
    };
    field.addEventListener("blur", () => end(true));
    if (field instanceof HTMLSelectElement) field.addEventListener("change", () => end(true));
    field.addEventListener("keydown", (event) => {
      const key = (event as KeyboardEvent).key;
      if (key === "Escape" || key === "Enter") {
        event.preventDefault();
        event.stopPropagation();
        end(key === "Enter");
        button.focus();
      } else if (key === "Tab") {
        const next = this.neighbour(button, (event as KeyboardEvent).shiftKey ? -1 : 1);
        if (!next) return;
        event.preventDefault();
        end(true);
        this.edit(next);
      }
    });
  }

  private neighbour(button: HTMLElement, step: 1 | -1): HTMLElement | undefined {
    const all = [...this.box.querySelectorAll<HTMLElement>("td:not([hidden]) [data-edit]")];
    return all[all.indexOf(button) + step];
  }

  /** Null for a field that is typed. */
  private choices(name: string, value: string): HTMLSelectElement | null {
    const select = this.box.querySelector<HTMLTemplateElement>(`template[data-choices="${name}"]`)?.content.querySelector("select")?.cloneNode(true) as HTMLSelectElement | undefined;
    if (select) select.value = value;
    return select ?? null;
  }

  private async write(row: HTMLElement, cell: HTMLElement, name: string, value: string): Promise<void> {
    const button = cell.querySelector<HTMLElement>("[data-edit]")!, shown = button.textContent;
    cell.classList.add("is-saving");
    if (cell.matches(".sheet-title")) button.textContent = value;
    const done = await this.many.write(row.dataset["id"]!, Number(row.dataset["version"]), this.many.sort.cell(name, value));
    cell.classList.remove("is-saving");
    if (!done) button.textContent = shown;
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || (event.target as Element).closest("details[open]")) return;
    event.stopPropagation();
    this.close();
  }

  // --- a copy for a spreadsheet ------------------------------------------------------------------------------------

  private download(): void {
    const heads = [...this.box.querySelectorAll<HTMLElement>("th[data-col]:not([hidden])")];
    const columns = heads.map((head) => head.dataset["col"]!);
    const lines = this.rows.map((row) => columns.map((name) => {
      const cell = row.querySelector<HTMLElement>(`[data-col="${name}"]`)!;
      return cell.dataset["number"] === undefined ? cell.innerText.trim() : (cell.dataset["value"] ?? "");
    }));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf([heads.map((head) => head.innerText.trim()), ...lines])], { type: "text/csv;charset=utf-8" }));
    link.download = this.many.sort.words.file(document.body.dataset["kelurahan"] ?? "");
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** A number as people here write it, as programs write it; empty stays empty. */
function plain(given: string): string {
  const thousands = decimalMark === "," ? "." : ",";
  return given.replace(/\s|Rp/gi, "").replaceAll(thousands, "").replace(decimalMark, ".");
}


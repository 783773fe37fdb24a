// The dialog that changes many proposals: a select for each field, first option "as it is".
// It knows nothing about sending; it answers with what was touched.
// Idea: "(different)" where they differ, the common value where they do not, as in every good bulk editor.
import { word } from "../page/words.ts";
import { sharedValue, type Stored, type Wish } from "./shared-values.ts";

export class BulkForm {
  private readonly dialog: HTMLDialogElement;

  constructor(html: string) {
    document.body.insertAdjacentHTML("beforeend", html);
    this.dialog = document.getElementById("bulk") as HTMLDialogElement;
  }

  async ask(all: readonly Stored[]): Promise<Wish | null> {
    this.dialog.querySelector("[data-bulk-title]")!.textContent = word("many.title", { n: all.length });
    for (const select of this.selects) this.prepare(select, all);
    this.dialog.returnValue = "";
    this.dialog.showModal();
    await new Promise((resolve) => this.dialog.addEventListener("close", resolve, { once: true }));
    const wish = new Map(this.selects.filter((select) => select.value !== "").map((select) => [select.name, select.value]));
    return this.dialog.returnValue === "ok" && wish.size > 0 ? wish : null;
  }

  private get selects(): HTMLSelectElement[] {
    return [...this.dialog.querySelectorAll("select")];
  }

  private prepare(select: HTMLSelectElement, all: readonly Stored[]): void {
    const shared = sharedValue(all, select.name);
    const known = [...select.options].find((option) => option.value !== "" && option.value === shared);
    select.options[0]!.textContent = shared === null ? word("many.different") : known ? word("many.same", { value: known.textContent!.trim() }) : word("many.keep");
    select.value = "";
    const kinds = new Set(all.map((one) => one.geometry_kind ?? ""));
    for (const option of select.options) {
      const fits = option.dataset["geometry"]?.split(" ");
      if (fits) option.disabled = option.hidden = ![...kinds].every((kind) => fits.includes(kind));
    }
  }
}

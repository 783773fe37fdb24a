// The dialog that changes many at once: a control for each field, empty or on its first option "as it is".
// It knows nothing about sending or of what there are many; it answers with what was touched.
// Idea: "(different)" where they differ, the common value where they do not, as in every good bulk editor.
import { language, word } from "../page/words.ts";
import { sharedValue, type Chosen, type ManySort, type Wish } from "./sort.ts";

type Control = HTMLSelectElement | HTMLInputElement;

export class BulkForm {
  private readonly dialog: HTMLDialogElement;

  constructor(html: string, private readonly sort: ManySort) {
    document.body.insertAdjacentHTML("beforeend", html);
    this.dialog = document.body.lastElementChild as HTMLDialogElement;
    this.dialog.querySelector("[data-bulk-cancel]")!.addEventListener("click", () => this.dialog.close(""));
  }

  async ask(all: readonly Chosen[]): Promise<Wish | null> {
    this.dialog.querySelector("[data-bulk-title]")!.textContent = this.sort.words.title(all.length);
    for (const control of this.controls) this.prepare(control, all);
    this.dialog.returnValue = "";
    this.dialog.showModal();
    await new Promise((resolve) => this.dialog.addEventListener("close", resolve, { once: true }));
    const wish = new Map(this.controls.map(({ name, value }) => [name, value.trim()] as const).filter(([, value]) => value !== ""));
    return this.dialog.returnValue === "ok" && wish.size > 0 ? wish : null;
  }

  private get controls(): Control[] {
    return [...this.dialog.querySelectorAll<Control>("select, input")];
  }

  private prepare(control: Control, all: readonly Chosen[]): void {
    const shared = sharedValue(all.map((one) => this.sort.valueOf(one, control.name)));
    control.value = "";
    if (control instanceof HTMLInputElement) {
      const value = shared && control.type === "date" ? new Date(shared).toLocaleDateString(language, { dateStyle: "medium" }) : shared;
      this.dialog.querySelector(`[data-now="${control.name}"]`)!.textContent = value === null ? word("many.different") : value ? word("many.same", { value }) : word("many.keep");
      return;
    }
    const known = [...control.options].find((option) => option.value !== "" && option.value === shared);
    control.options[0]!.textContent = shared === null ? word("many.different") : known ? word("many.same", { value: known.textContent!.trim() }) : word("many.keep");
    const kinds = new Set(all.map((one) => this.sort.shapeOf(one)));
    for (const option of control.options) {
      const fits = option.dataset["geometry"]?.split(" ");
      if (fits) option.disabled = option.hidden = ![...kinds].every((kind) => fits.includes(kind));
    }
  }
}

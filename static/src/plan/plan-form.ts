// The form of a plan: a work found by name, pairs added and removed, each choice undoable, all kept until a plan is made.
// It knows nothing about what the choices mean; the server reads them.
// Idea: what was typed lies on the device as the form would send it, so that the server shows it again as it was.
import type { MapPage } from "../page/map-page.ts";
import { hideToast, toast } from "../page/toast.ts";
import { word } from "../page/words.ts";

const FORM = "form[data-plan-draft]";

export class PlanForm {
  private readonly before = new WeakMap<HTMLSelectElement, string>();
  private readonly key = `plan ${document.body.dataset["kelurahan"]}`;

  constructor(private readonly page: MapPage) {
    const { body } = page;
    body.addEventListener("input", (event) => this.typed(event.target as HTMLElement));
    body.addEventListener("change", (event) => this.chosen(event.target as HTMLElement));
    body.addEventListener("click", (event) => this.pressed(event.target as Element));
  }

  /** Offer what was begun, unless it is what is shown. */
  shown(continued = false): void {
    const left = this.page.body.querySelector<HTMLElement>("[data-plan-left]");
    if (left) left.hidden = continued || this.draft === "";
  }

  get draft(): string {
    return sessionStorage.getItem(this.key) ?? "";
  }

  forget(): void {
    sessionStorage.removeItem(this.key);
    this.shown();
  }

  private keep(): void {
    const form = this.page.body.querySelector<HTMLFormElement>(FORM);
    if (!form) return;
    sessionStorage.setItem(this.key, String(new URLSearchParams([...new FormData(form)] as [string, string][])));
    this.shown(true);
  }

  private typed(field: HTMLElement): void {
    if (field.matches("[data-pin-search]")) this.find((field as HTMLInputElement).value);
    else if (field.closest(FORM)) this.keep();
  }

  private find(text: string): void {
    const wanted = text.trim().toLocaleLowerCase();
    for (const row of this.page.body.querySelectorAll<HTMLElement>(".pins li")) row.hidden = !row.querySelector("span")!.innerText.toLocaleLowerCase().includes(wanted);
  }

  private chosen(field: HTMLElement): void {
    if (!(field instanceof HTMLSelectElement) || !field.dataset["undoable"]) return;
    const old = this.before.get(field) ?? [...field.options].find((option) => option.defaultSelected)?.value ?? "";
    this.before.set(field, field.value);
    const back = () => {
      field.value = old;
      this.before.set(field, old);
      this.keep();
      field.focus();
    };
    toast(`${field.dataset["undoable"]}: ${field.selectedOptions[0]!.text}`, { label: word("action.undo"), run: back }, 8);
  }

  private pressed(target: Element): void {
    if (target.closest("[data-plan-forget]")) this.forget();
    if (target.closest("[data-tie-add]")) this.addPair();
    const row = target.closest("[data-tie-remove]")?.closest("li");
    if (row) this.removePair(row);
  }

  private addPair(): void {
    const box = this.page.body.querySelector("[data-plan-ties]")!;
    box.querySelector(".ties")!.append(box.querySelector("template")!.content.cloneNode(true));
    box.querySelector<HTMLElement>(".ties li:last-child select")?.focus();
  }

  private removePair(row: HTMLElement): void {
    const list = row.parentElement!, next = row.nextElementSibling;
    row.remove();
    this.keep();
    hideToast();
    const back = () => {
      list.insertBefore(row, next);
      this.keep();
    };
    toast(word("plan.pair_removed"), { label: word("action.undo"), run: back }, 8);
  }
}

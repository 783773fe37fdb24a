// What is judged in the drawer's form: sliders with number fields, an order, pairs; read and kept in step.
// It knows nothing about lists, addresses or the server.
import type { Judgements } from "../api/weight-sets.ts";
import { rebalanced } from "./points.ts";

const criterionOf = (element: Element) => element.closest<HTMLElement>("[data-criterion]");

function fields(form: HTMLFormElement, type: "range" | "number"): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[type=${type}]`)];
}

/** Points as they stood when a slider was taken, so that the others come back when it goes back. */
let base: number[] = [];

export function take(form: HTMLFormElement): void {
  base = fields(form, "number").map((one) => Number(one.value) || 0);
}

/** Slider and number of the criterion that was moved say the same; where 100 points are shared, the others give way. */
export function follow(form: HTMLFormElement, moved: HTMLInputElement): void {
  const numbers = fields(form, "number"), sliders = fields(form, "range");
  const k = (moved.type === "range" ? sliders : numbers).indexOf(moved);
  if (k < 0) return;
  const shared = form.dataset["wayShown"] === "direct";
  const points = shared ? rebalanced(base.length === numbers.length ? base : numbers.map((one) => Number(one.value)), k, Number(moved.value)) : [];
  numbers.forEach((one, i) => {
    const value = shared ? String(points[i]) : i === k ? moved.value : one.value;
    if (one.value !== value) one.value = value;
    sliders[i]!.value = value;
  });
}

/** One place up or down; the button keeps the focus. */
export function shift(button: HTMLButtonElement): void {
  const row = criterionOf(button)!, list = row.parentElement!;
  if ("up" in button.dataset) row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  [...list.children].forEach((one, i, all) => {
    one.querySelector(".order-place")!.textContent = String(i + 1);
    one.querySelector<HTMLInputElement>("input")!.value = String(i + 1);
    one.querySelector<HTMLButtonElement>("[data-up]")!.disabled = i === 0;
    one.querySelector<HTMLButtonElement>("[data-down]")!.disabled = i === all.length - 1;
  });
  if (button.disabled) row.querySelector<HTMLButtonElement>("button:enabled")?.focus();
  else button.focus();
}

/** What the form says, as the API takes it. */
export function judgements(form: HTMLFormElement): { method: string; judgements: Judgements } {
  const said = [...new FormData(form)].map(([name, value]) => [name, String(value)] as const);
  const of = (prefix: string) => said.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), Number(value)] as const);
  const method = form.dataset["wayShown"] ?? "";
  if (method === "roc") return { method, judgements: { ranks: Object.fromEntries(of("order.")) } };
  if (method !== "ahp") return { method, judgements: { points: Object.fromEntries(of("points.")) } };
  const pairs = of("pair.").map(([name, times]) => ({ a: name.split(".")[0]!, b: name.split(".")[1]!, times }));
  return { method, judgements: { pairs } };
}

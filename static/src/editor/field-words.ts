// A field and its value in words, as its own form names them: "Money by fund: BLM" and "Rp 3.500.000".
// It knows nothing about saving; it reads labels, units and options off the form the server made.
// Idea: the form's words are translated already, so no second list of fields, funds or papers stands here.
import { language, number, word } from "../page/words.ts";
import { isNothing } from "./merge.ts";

const text = (node: Element | null | undefined): string => node?.textContent?.trim() ?? "";

/** name: as inputs have it, such as title, funding.blm, readiness.land, or geometry. */
export function nameOf(name: string, form: HTMLFormElement | null): string {
  const [group, member] = name.split(".", 2);
  const section = word(`field.${group!}`);
  if (member === undefined) return section;
  const control = form?.elements.namedItem(name);
  const label = control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? text(control.labels?.[0]) : "";
  return `${section}: ${label || member}`;
}

export function valueOf(name: string, value: unknown, form: HTMLFormElement | null): string {
  const control = form?.elements.namedItem(name);
  if (control instanceof HTMLInputElement && control.type === "checkbox") return word(value === true ? "conflict.yes" : "conflict.no");
  if (control instanceof HTMLSelectElement) return text([...control.options].find((one) => one.value === (isNothing(value) ? "none" : value))) || String(value);
  if (isNothing(value)) return word(name === "volume" || name === "cost" ? "conflict.computed" : "conflict.empty");
  if (typeof value !== "number") return String(value);
  if (name === "cost" || name.startsWith("funding.")) return `Rp\u00a0${number(value)}`;
  const unit = control instanceof HTMLElement ? text(control.nextElementSibling) : "";
  return `${value.toLocaleString(language, { maximumFractionDigits: 2 })}\u00a0${unit}`.trim();
}

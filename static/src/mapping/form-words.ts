// A field of a form and its value in words, as the form itself names and shows them.
// It knows nothing about what the form is for.
import { unsaid } from "../editor/merge.ts";
import { language, word } from "../page/words.ts";

const text = (node: Element | null | undefined): string => node?.textContent?.trim() ?? "";

export function fieldName(form: HTMLFormElement, name: string): string {
  const control = form.elements.namedItem(name);
  if (control instanceof RadioNodeList) return text((control[0] as Element).closest("fieldset")?.querySelector("legend")) || name;
  return (control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? text(control.labels?.[0]) : "") || name;
}

export function fieldValue(form: HTMLFormElement, name: string, value: unknown): string {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement && control.type === "checkbox") return word(value === true ? "conflict.yes" : "conflict.no");
  if (control instanceof HTMLSelectElement) return text([...control.options].find((one) => one.value === (unsaid(value) ? "" : String(value)))) || String(value);
  if (unsaid(value)) return word("conflict.empty");
  if (control instanceof RadioNodeList) return text(([...control] as HTMLInputElement[]).find((one) => one.value === value)?.labels?.[0]) || String(value);
  if (typeof value !== "number") return String(value);
  const unit = control instanceof HTMLElement ? text(control.nextElementSibling) : "";
  return `${"year" in (control as HTMLElement).dataset ? value : value.toLocaleString(language, { maximumFractionDigits: 2 })}\u00a0${unit}`.trim();
}

// Puts the fields of a kept draft back into the form of a fact.
import type { FactFields } from "../api/facts.ts";
import { number } from "../page/words.ts";

/** base: of what these fields were made; what it says and they do not was emptied. */
export function fillFactForm(form: HTMLFormElement, fields: FactFields, base: FactFields = {}): void {
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement) || !control.name) continue;
    const value = fields[control.name] ?? (control.type !== "radio" && base[control.name] !== undefined ? "" : null);
    if (value === null) continue;
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value === true;
    else if (control instanceof HTMLInputElement && control.type === "radio") control.checked = control.value === String(value);
    else control.value = typeof value === "number" && control.inputMode === "decimal" ? number(value, Number.isInteger(value) ? 0 : 2) : String(value);
  }
}

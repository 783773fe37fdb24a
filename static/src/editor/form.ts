// Between the server-rendered form of a proposal and the JSON the API takes: reading, filling, showing errors.
// It knows nothing about shapes, saving or where the form came from.
// Idea: inputs are named as the API's properties (funding.blm, readiness.land), so no list of fields stands here.
import type { FieldError, Fields } from "../api/proposals.ts";
import { decimalMark, number } from "../page/words.ts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const SKIP = new Set(["transition_note", "csrf_token", "next"]);

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter((one): one is Control =>
    (one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement) && one.name !== "" && !SKIP.has(one.name));
}

/** "1.234,5" as 1234.5 in the page's language; null if it is no number. */
export function parseNumber(text: string, decimal = decimalMark): number | null {
  const plain = text.replace(/[^\d.,-]/g, "").replaceAll(decimal === "," ? "." : ",", "").replace(",", ".");
  const value = Number(plain);
  return plain === "" || Number.isNaN(value) ? null : value;
}

function isComputed(control: Control): boolean {
  return "computed" in control.dataset && !("typed" in control.dataset);
}

function valueOf(control: Control): string | number | boolean | null {
  if (control instanceof HTMLInputElement && control.type === "checkbox") return control.checked;
  const text = control.value.trim();
  if ("money" in control.dataset || control.name.startsWith("funding.") || control.name === "cost") {
    // What is no amount goes to the server as it stands, which refuses it at its field.
    if (!/^(rp)?[\d.,\s]*$/i.test(text)) return text;
    const digits = text.replace(/\D/g, "");
    return digits === "" ? null : Number(digits);
  }
  return "decimal" in control.dataset && /^[\d.,\s-]*$/.test(text) ? parseNumber(text) : text;
}

/** What the person set; computed fields that were not typed are left to the server. */
export function readForm(form: HTMLFormElement): Fields {
  const fields: Record<string, unknown> = {};
  const groups: Record<string, Record<string, unknown>> = {};
  for (const control of controls(form)) {
    if (isComputed(control) || (control instanceof HTMLInputElement && control.type === "radio" && !control.checked)) continue;
    const value = valueOf(control);
    const [group, name] = control.name.split(".", 2);
    if (name === undefined) {
      if (value !== null) fields[control.name] = value;
    } else {
      const members = (groups[group!] ??= {});
      if (value !== null && value !== "") members[name] = value;
    }
  }
  return { ...fields, ...groups } as Fields;
}

/** Put fields back into a form, as after a crash. */
export function fillForm(form: HTMLFormElement, fields: Fields): void {
  for (const control of controls(form)) {
    const [group, name] = control.name.split(".", 2);
    const top = (fields as Record<string, unknown>)[group!];
    const value = name === undefined ? top : top && ((top as Record<string, unknown>)[name] ?? ""); // one that was emptied comes back empty
    if (value === undefined || value === null || typeof value === "object") continue;
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value === true;
    else if (control instanceof HTMLInputElement && control.type === "radio") control.checked = control.value === String(value);
    else control.value = typeof value === "number" ? number(value, Number.isInteger(value) ? 0 : 2) : String(value);
    if ("computed" in control.dataset) control.dataset["typed"] = "";
  }
}

/** "/properties/funding/blm" as "funding.blm". */
export function fieldName(pointer: string): string {
  return pointer.replace(/^\/?(properties\/)?/, "").replaceAll("/", ".");
}

export function clearErrors(form: HTMLFormElement): void {
  form.querySelectorAll("[data-error-for]").forEach((place) => (place.textContent = ""));
  form.querySelectorAll("[data-form-errors]").forEach((place) => place.replaceChildren());
  form.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
}

/** Each error at its field, the rest in a summary on top; the first faulty field gets the focus. */
export function showErrors(form: HTMLFormElement, detail: string, errors: readonly FieldError[]): void {
  clearErrors(form);
  const loose: string[] = errors.length === 0 ? [detail] : [];
  let first: Control | null = null;
  for (const error of errors) {
    const name = fieldName(error.pointer);
    const control = controls(form).find((one) => one.name === name) ?? controls(form).find((one) => one.name.startsWith(`${name}.`));
    if (!control) {
      loose.push(error.message);
      continue;
    }
    const place = errorPlace(form, control, name);
    place.textContent = error.message;
    place.id ||= `error-${name.replace(".", "-")}`;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", place.id);
    if (!first || control.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING) first = control;
  }
  summary(form, loose);
  first?.closest("details")?.setAttribute("open", "");
  first?.focus();
}

function errorPlace(form: HTMLFormElement, control: Control, name: string): HTMLElement {
  const kept = form.querySelector<HTMLElement>(`[data-error-for="${name}"]`);
  if (kept) return kept;
  const made = document.createElement("p");
  made.className = "field-error";
  made.dataset["errorFor"] = name;
  (control.closest("label") ?? control).after(made);
  return made;
}

function summary(form: HTMLFormElement, lines: readonly string[]): void {
  let place = form.querySelector<HTMLElement>("[data-form-errors]");
  if (!place) {
    place = document.createElement("div");
    place.dataset["formErrors"] = "";
    place.setAttribute("role", "alert");
    form.prepend(place);
  }
  place.replaceChildren(...lines.map((line) => {
    const item = document.createElement("p");
    item.className = "field-error";
    item.textContent = line;
    return item;
  }));
}

/** What is being mended is not wrong any more, until the server says so again. */
function forgive(form: HTMLFormElement, control: HTMLElement): void {
  if (!control.matches("[aria-invalid]")) return;
  control.removeAttribute("aria-invalid");
  const place = document.getElementById(control.getAttribute("aria-describedby") ?? "");
  if (place && form.contains(place) && place.matches("[data-error-for]")) place.textContent = "";
}

/** What was typed or chosen while the script that listens was still on its way; a form that the device filled in has nothing of the kind. */
export function typedEarly(form: HTMLFormElement): readonly Element[] {
  return form.closest("[data-kept]") ? [] : controls(form).filter((control) => {
    if (control instanceof HTMLSelectElement) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((one) => one.defaultSelected));
    return control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type) ? control.checked !== control.defaultChecked : control.value !== control.defaultValue;
  });
}

/** As if it were typed now. */
export function sayAgain(typed: readonly Element[]): void {
  for (const control of typed) for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
}

/** Typing in a computed field makes it the person's own; money gets its separators when the field is left. */
export function watchForm(form: HTMLFormElement): void {
  form.addEventListener("input", (event) => {
    const control = event.target as HTMLElement;
    if ("computed" in control.dataset) control.dataset["typed"] = "";
    forgive(form, control);
  });
  form.addEventListener("focusout", (event) => {
    const control = event.target;
    if (!(control instanceof HTMLInputElement) || !("money" in control.dataset)) return;
    const digits = control.value.replace(/\D/g, "");
    if (digits) control.value = number(Number(digits));
  });
}

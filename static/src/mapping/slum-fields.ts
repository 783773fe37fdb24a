// The fields of a slum form: what its inputs say, by the names that the API has for them.
// It knows nothing about points or saving.
import { parseNumber } from "../editor/form.ts";
import type { FormFields } from "../api/slum-forms.ts";

export function readSlumForm(form: HTMLFormElement): FormFields {
  const groups: Record<string, Record<string, unknown>> = { volumes: {}, bases: {}, considerations: {}, legality: {}, doubt_reasons: {} };
  const rest: Record<string, unknown> = {};
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim(), [group, key] = name.split(".", 2);
    if (key === undefined) {
      if (text) rest[name] = text;
    } else if (group === "legality") groups[group]![key] = text === "" ? null : text === "true";
    else if (group === "doubt_reasons") {
      if (text) groups[group]![key] = text;
    } else if (text || group !== "considerations") groups[group!]![key] = text === "" ? null : /^-?[\d.,\s]+$/.test(text) ? (parseNumber(text) ?? text) : text;
  }
  return { ...rest, ...groups };
}

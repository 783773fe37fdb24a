// Why a slum area is deleted: the person's own words are asked for, since its forms go with it.
// It knows nothing about deleting.

/** The reason as typed; null, with the field in sight, where there is none yet. */
export function deleteReason(form: HTMLFormElement): string | null {
  const field = form.querySelector<HTMLInputElement>("[name=delete_reason]");
  const why = field?.value.trim() ?? "";
  if (why || !field) return why;
  field.closest("details")!.open = true;
  field.setAttribute("aria-invalid", "true");
  field.focus();
  return null;
}

// Words and a photo that were begun under a proposal and not sent: kept while the page is open, and put back.
// It knows nothing about sending.
// Idea: leaving a panel costs nothing and needs no question, for what was begun is there when the panel comes back.
interface Unsent { fields: Map<string, string>; file: File | null; input: number }

const kept = new Map<string, Unsent>();

const nameOf = (form: HTMLFormElement): string => form.getAttribute("action")!;
const fieldsOf = (form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] =>
  [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("textarea[name], input[name]:not([type]), select[name]")];
const filesOf = (form: HTMLFormElement): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("[type=file]")];

/** Remember what stands in a form. */
export function keep(form: HTMLFormElement): void {
  const fields = new Map(fieldsOf(form).map((one) => [one.name, one.value]));
  const input = filesOf(form).findIndex((one) => one.files?.length);
  const file = input < 0 ? null : filesOf(form)[input]!.files![0]!;
  const begun = file !== null || fieldsOf(form).some((one) => !(one instanceof HTMLSelectElement) && one.value !== one.defaultValue);
  if (begun) kept.set(nameOf(form), { fields, file, input });
  else kept.delete(nameOf(form));
}

/** It was sent. */
export function forget(form: HTMLFormElement): void {
  kept.delete(nameOf(form));
}

/** Put back what was begun; filled: the field of a photo that has it again. */
export function putBack(root: ParentNode, filled: (input: HTMLInputElement) => void): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("[data-talk-form]")) {
    const one = kept.get(nameOf(form));
    if (!one) continue;
    for (const field of fieldsOf(form)) field.value = one.fields.get(field.name) ?? field.value;
    form.closest("details")?.setAttribute("open", "");
    const input = filesOf(form)[one.input];
    if (!one.file || !input) continue;
    const carrier = new DataTransfer();
    carrier.items.add(one.file);
    input.files = carrier.files;
    filled(input);
  }
}

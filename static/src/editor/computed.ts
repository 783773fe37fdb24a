// What the server computed of a shape, in the fields and hints of its form; the reason is asked where a cost differs.
// It knows nothing about prices.
// Idea: a field that nobody typed in shows the computed figure, and one that is emptied is computed again.

/** rest: what the preview told, with a template for each place that is filled. */
export function fillComputed(rest: HTMLElement): void {
  for (const one of rest.querySelectorAll<HTMLTemplateElement>("template[data-fills]")) {
    const place = document.getElementById(one.dataset["fills"]!), text = one.content.textContent ?? "";
    if (place instanceof HTMLInputElement) fill(place, text);
    else if (place) place.textContent = text;
  }
  const reason = document.querySelector<HTMLElement>("[data-cost-reason]");
  if (reason) reason.hidden = rest.querySelector("[data-cost-differs]") === null;
}

function fill(field: HTMLInputElement, text: string): void {
  if (field === document.activeElement) return;
  if (field.value === "") {
    field.dataset["computed"] = "";
    delete field.dataset["typed"];
  }
  if ("computed" in field.dataset && !("typed" in field.dataset)) field.value = text;
}

// The form that takes data along: the live link follows the choice, and its button copies it; so do the buttons beside
// links and tokens that are shown once. It knows nothing about formats or layers. Without it the button of the form shows
// the link of the choice by loading the page anew, and the others are not there.

export function setUpTaking(): void {
  document.querySelectorAll<HTMLElement>("[data-copied]").forEach(offer);
  const form = document.querySelector<HTMLFormElement>("[data-take]");
  const link = form?.querySelector<HTMLInputElement>("[data-link]");
  const button = form?.querySelector<HTMLButtonElement>("[data-copy]");
  const state = form?.querySelector<HTMLSelectElement>("[name=state]");
  if (!form || !link || !button || !state) return;
  const follow = (): void => {
    state.disabled = new FormData(form).get("layer") !== "proposals";
    link.value = address(new FormData(form));
  };
  form.addEventListener("change", follow);
  follow();
  button.type = "button";
  offer(form);
}

/** Let the button inside copy the link inside. */
function offer(place: HTMLElement): void {
  const link = place.querySelector<HTMLInputElement>("[data-link]");
  const button = place.querySelector<HTMLButtonElement>("[data-copy]");
  if (!link || !button) return;
  button.hidden = false;
  button.textContent = button.dataset["copy"] ?? "";
  button.addEventListener("click", () => { void copy(link, button); });
}

/** The address of the chosen part as GeoJSON. */
function address(choice: FormData): string {
  const url = new URL(`/api/v1/export/${String(choice.get("layer"))}.geojson`, location.href);
  for (const name of ["kelurahan", "state"]) {
    const value = choice.get(name);
    if (value) url.searchParams.set(name, String(value));
  }
  return url.href;
}

async function copy(link: HTMLInputElement, button: HTMLButtonElement): Promise<void> {
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
  } catch {
    return; // the link stays selected, to be copied by hand
  }
  button.textContent = button.dataset["done"] ?? "";
  setTimeout(() => { button.textContent = button.dataset["copy"] ?? ""; }, 2000);
}

// The forms of a pane: sent, and the answer put in the place of the pane.
// It knows nothing about what they say; the server says what is wrong beside its field.
// Idea: loaded when the pane is first opened.
import { fetchFragment, FragmentFailed } from "./fragments.ts";
import type { MapPage } from "./map-page.ts";
import { toast } from "./toast.ts";

export function lookAfterForms(page: MapPage): void {
  page.body.classList.add("has-forms"); // until then their buttons take no press, which would leave the page
  page.body.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-pane-form]")) return;
    event.preventDefault();
    const sure = form.dataset["sure"];
    if (!sure || window.confirm(sure)) void send(page, form);
  });
}

async function send(page: MapPage, form: HTMLFormElement): Promise<void> {
  const { body } = page;
  body.setAttribute("aria-busy", "true");
  try {
    const fields = new URLSearchParams([...new FormData(form)] as [string, string][]);
    const headers = { "X-CSRF-Token": document.body.dataset["csrf"] ?? "" };
    body.innerHTML = await fetchFragment(page.resolve(form.getAttribute("action")!), { method: "POST", body: fields, headers });
    body.dispatchEvent(new CustomEvent("fragment", { bubbles: true }));
    if ("redraws" in form.dataset) page.view.refresh("proposals");
    const wrong = body.querySelector<HTMLElement>("[aria-invalid]");
    if (wrong) wrong.focus();
    else page.panel.scrollTop = body.parentElement!.scrollTop = 0;
  } catch (error) {
    if (!(error instanceof FragmentFailed)) throw error;
    toast(error.message, null, 8, "bad");
  } finally {
    body.removeAttribute("aria-busy");
  }
}

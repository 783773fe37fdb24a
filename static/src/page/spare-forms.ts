// The chooser of work types and the empty form of each, fetched while nothing else happens, for the hour without a network.
// It knows nothing about drawing; whoever asks for one of these fragments then gets it from here.
// Idea: they hold nothing about anybody and hardly change, and zipped together they are as small as one of them.
import { fetchFragment, haveSpare } from "./fragments.ts";

const LATER_MS = 4000;

export function keepForms(base: string): void {
  window.setTimeout(() => void fetchFragment(`${base}panel/new/forms`).then(keep, () => window.addEventListener("online", () => keepForms(base), { once: true })), LATER_MS);

  function keep(html: string): void {
    const made = document.createElement("template");
    made.innerHTML = html;
    const forms = new Map([...made.content.querySelectorAll<HTMLTemplateElement>("template[data-type]")].map((one) => [one.dataset["type"]!, one.innerHTML]));
    haveSpare((url) => {
      const { pathname, searchParams } = new URL(url, location.href);
      return pathname === `${base}panel/new` ? forms.get(searchParams.get("work_type") ?? "") : undefined;
    });
  }
}

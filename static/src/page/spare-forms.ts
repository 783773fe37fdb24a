// The chooser of work types and the empty form of each, fetched while nothing else happens, for the hour without a network.
// It knows nothing about drawing; whoever asks for one of these fragments then gets it from here.
// Idea: they hold nothing about anybody and hardly change, and zipped together they are as small as one of them.
import { fetchFragment, haveSpare } from "./fragments.ts";
import { keepPiece } from "./offline.ts";

/** Whoever asks meanwhile waits for them; without a network they come from what the device kept. */
export function keepForms(base: string, account: string): void {
  const url = `${base}panel/new/forms`, html = fetchFragment(url);
  const forms = html.then(read, () => new Map<string, string>());
  haveSpare(async (asked) => {
    const { pathname, searchParams } = new URL(asked, location.href);
    return pathname === `${base}panel/new` ? (await forms).get(searchParams.get("work_type") ?? "") : undefined;
  });
  void html.then((text) => keepPiece(account, url, text), () => window.addEventListener("online", () => keepForms(base, account), { once: true }));
}

/** By work type; under "" the chooser. */
function read(html: string): Map<string, string> {
  const made = document.createElement("template");
  made.innerHTML = html;
  return new Map([...made.content.querySelectorAll<HTMLTemplateElement>("template[data-type]")].map((one) => [one.dataset["type"]!, one.innerHTML]));
}

// The empty forms and what is saved here, fetched while nothing else happens, for the hour without a network.
// It knows nothing about drawing; whoever asks for one of these fragments then gets it from here.
// Idea: zipped together all forms are as small as one of them, and a saved thing's form is the empty one filled in.
import { fetchFragment, FragmentFailed, haveSpare } from "./fragments.ts";
import { slumPane } from "./kept-slum-forms.ts";
import { keepSaved } from "./kept.ts";
import type { MapPage } from "./map-page.ts";
import { keepPiece } from "./offline.ts";
import { savedPane } from "./saved-panes.ts";

type Panes = ReadonlyMap<string, DocumentFragment>;

/** Whoever asks meanwhile waits for them; without a network they come from what the device kept. */
export function keepForms(page: MapPage, account: string): void {
  const { base } = page.options;
  let panes = load(`${base}panel/new/forms`, account);
  void keepSaved(account);
  haveSpare(async (asked) => {
    const { pathname, searchParams } = new URL(asked, location.href), path = pathname.slice(base.length), found = (await panes)();
    const kind = searchParams.get("work_type") ?? searchParams.get("kind") ?? "";
    const blank = found.get(path.endsWith("/new") && kind ? `${path}?${kind}` : path);
    if (blank && path.endsWith("/new")) return text(blank);
    const family = found.get("saved household");
    if (family && path.startsWith("panel/households/")) return text(family);
    return await savedPane(found, path, kind) ?? slumPane(found.get("panel/slums"), path, searchParams.get("year") ?? "");
  });
  if (!navigator.onLine) page.body.querySelector<HTMLElement>(".empty[role=alert] .btn")?.click(); // it failed before this was here
  window.addEventListener("online", () => {
    void panes.then((found) => {
      if (found().size === 0) panes = load(`${base}panel/new/forms`, account);
    });
    renew(page);
  });
}

/** None where neither server nor device has them. They are read when first wanted: that holds the page for some frames. */
async function load(url: string, account: string): Promise<() => Panes> {
  try {
    const html = await fetchFragment(url);
    void keepPiece(account, url, html);
    let panes: Panes | null = null;
    return () => (panes ??= read(html));
  } catch (error) {
    if (!(error instanceof FragmentFailed)) throw error;
    return () => new Map();
  }
}

/** What the device showed of its own becomes what the server has, unless somebody is at work in it. */
function renew(page: MapPage): void {
  const pane = page.body.querySelector<HTMLElement>("[data-pane=kept], [data-kept]");
  if (!pane || document.body.matches(".is-drawing, .is-editing") || !document.querySelector("#save-state[data-state=saved]")) return;
  void page.load(pane.dataset["kept"] ?? page.options.home(), true);
}

/** By address below that of the kelurahan, and sort after a question mark. */
function read(html: string): Panes {
  const made = document.createElement("template");
  made.innerHTML = html;
  return new Map([...made.content.querySelectorAll<HTMLTemplateElement>("template[data-path]")].map((one) => [one.dataset["path"]!, one.content]));
}

function text(pane: DocumentFragment): string {
  const made = document.createElement("template");
  made.content.append(pane.cloneNode(true));
  return made.innerHTML;
}

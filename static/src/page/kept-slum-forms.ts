// Forms of RT profiles that were opened on this device, for the hour without a network.
// It knows nothing about what is typed into them, which waits beside (mapping/slum-form.ts).
// Idea: kept with the page for the one account that is signed in, and gone with it (decision 56); whoever goes into the field opens
// the forms there are to fill in beforehand.
import { fetchFragment, FragmentFailed } from "./fragments.ts";
import type { MapPage } from "./map-page.ts";
import { keepPiece, keptPieces } from "./offline.ts";
import { language } from "./words.ts";

interface KeptForm { area: string; year: string; name: string; html: string }

/** The form as the server has it now; html: as it just came. */
export async function keepForm(page: MapPage, area: string, year: string, html = ""): Promise<void> {
  const { account = "" } = document.body.dataset, url = page.resolve(`panel/slums/${encodeURIComponent(area)}/form?year=${year}`);
  try {
    await keepPiece(account, new URL(url, location.href).href, html || await fetchFragment(url));
  } catch (error) {
    if (!(error instanceof FragmentFailed)) throw error; // the one from before stays
  }
}

/** What stands for a path below that of the kelurahan: the form asked for, the newest of its RT, or the list of all. */
export async function slumPane(frame: DocumentFragment | undefined, path: string, year: string): Promise<string | undefined> {
  const [, code] = /^panel\/slums(?:\/([^/]+))?(?:\/form)?$/.exec(path) ?? [];
  if (!/^panel\/slums(\/|$)/.test(path) || !frame) return undefined;
  const kept = await forms(), area = decodeURIComponent(code ?? "");
  const found = kept.filter((one) => one.area === area && (!year || one.year === year)).sort((a, b) => b.year.localeCompare(a.year))[0];
  return found?.html ?? list(frame, path, kept);
}

async function forms(): Promise<KeptForm[]> {
  const { account = "", kelurahan = "" } = document.body.dataset;
  const pieces = await keptPieces(account, new RegExp(`/plan/${kelurahan.replaceAll(".", "\\.")}/panel/slums/[^/]+/form`));
  return pieces.flatMap((html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    const { area = "", year = "", name = "" } = made.content.querySelector<HTMLElement>("[data-slum-form]")?.dataset ?? {};
    return area ? [{ area, year, name, html }] : [];
  });
}

function list(frame: DocumentFragment, path: string, kept: readonly KeptForm[]): string {
  const pane = document.createElement("div");
  pane.append(frame.cloneNode(true));
  pane.querySelector<HTMLElement>("[data-pane]")!.dataset["kept"] = path;
  pane.querySelector<HTMLElement>(kept.length > 0 ? "[data-none]" : "[data-some]")!.remove();
  const row = pane.querySelector<HTMLTemplateElement>("template[data-row]")!.content;
  pane.querySelector("ul")!.append(...kept.toSorted((a, b) => a.name.localeCompare(b.name, language)).map(({ area, year, name }) => {
    const made = row.cloneNode(true) as DocumentFragment, button = made.querySelector("button")!;
    made.querySelector("[data-fill=name]")!.textContent = name;
    button.dataset["panel"] = `panel/slums/${encodeURIComponent(area)}/form?year=${year}`;
    return made;
  }));
  return pane.innerHTML;
}

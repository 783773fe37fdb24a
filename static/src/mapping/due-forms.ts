// RT forms that were saved without a network and left the panel: sent by themselves once there is one.
// It knows nothing about the form in the panel, which sends itself (slum-form.ts).
// Idea: a form says from which version it started; where another one is stored by now, the person decides in the form.
import { ApiProblem } from "../api/proposals.ts";
import { putForm, readForm, type StoredForm } from "../api/slum-forms.ts";
import { keepForm } from "../page/kept-slum-forms.ts";
import type { MapPage } from "../page/map-page.ts";
import { retryLater } from "../page/retry.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { unsentOf } from "../page/unsent.ts";
import { word } from "../page/words.ts";
import { arrived, upon } from "./slum-changes.ts";
import type { KeptForm } from "./slum-form.ts";

let sending = false;

export async function sendDueForms(page: MapPage): Promise<void> {
  if (sending) return;
  sending = true;
  const { account = "", kelurahan = "" } = document.body.dataset;
  try {
    for (const { kind, name, kept } of unsentOf(account, kelurahan).toReversed()) {
      if (kind === "forms" && kept["due"]) await send(page, name, kept as unknown as KeptForm);
    }
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    retryLater();
  } finally {
    sending = false;
    showSaveState("saved");
  }
}

/** slum.ACCOUNT.AREA.YEAR, where the area has dots of its own. */
export function formOf(name: string): { area: string; year: string } {
  const parts = name.split(".");
  return { area: parts.slice(2, -1).join("."), year: parts.at(-1) ?? "" };
}

/** Throws what passes by itself. */
async function send(page: MapPage, name: string, kept: KeptForm): Promise<void> {
  const { area, year } = formOf(name), said = word("unsent.form", { area, year });
  if (page.body.querySelector(`[data-slum-form][data-area="${area}"][data-year="${year}"]`)) return;
  try {
    const found = await stored(area, year);
    if (!found || !arrived(found.fields, kept.first, kept.now)) {
      if ((found?.version ?? null) !== kept.version) throw new ApiProblem(412, word("later.form_changed"));
      await putForm(area, year, kept.version, found ? upon(found.fields, kept.first, kept.now) : kept.now);
    }
    localStorage.removeItem(name);
    toast(word("draft.sent", { name: said }));
    page.view.refresh("slum-areas");
    void keepForm(page, area, year);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.passing) throw error;
    localStorage.setItem(name, JSON.stringify({ ...kept, due: false }));
    const open = () => void page.load(`panel/slums/${encodeURIComponent(area)}/form?year=${year}`);
    toast(word("draft.stays", { name: said, detail: error.message }), { label: word("draft.open"), run: open }, 20, "bad");
  }
}

async function stored(area: string, year: string): Promise<StoredForm | null> {
  try {
    return await readForm(area, year);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

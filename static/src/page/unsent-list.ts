// The list behind the saved state: what waits on this device, with the way back to each, sending and discarding.
// It knows nothing about how anything is kept or sent; editor and self-mapping do that.
// Idea: one place for all that the server does not have, reached from the words that say so; discarding can be taken back at once.
import type { KeptDraft } from "../editor/drafts.ts";
import type { Editor } from "../editor/editor.ts";
import type { Shape } from "../editor/shape.ts";
import { formOf } from "../mapping/due-forms.ts";
import type { KeptFact } from "../mapping/fact-drafts.ts";
import { laterOf, says, takeBack, type Later } from "./later.ts";
import type { MapPage } from "./map-page.ts";
import { showSaveState } from "./save-state.ts";
import { openLater } from "./send-later.ts";
import { unsentOf, type Unsent } from "./unsent.ts";
import { language, word } from "./words.ts";

export interface Around { setMode: (name: string) => Promise<void>; drawing: () => Promise<Editor | null> }

const draftOf = (one: Unsent) => one.kept as unknown as KeptDraft;
const stepOf = (one: Unsent): Later | null => ("deed" in one.kept ? (one.kept as unknown as Later) : null);
const sendable = (one: Unsent): boolean => one.kind === "proposals" && draftOf(one).geometry !== null && !draftOf(one).drawing && Boolean(draftOf(one).fields.title);

export function showUnsent(page: MapPage, around: Around): void {
  const dialog = document.getElementById("unsent") as HTMLDialogElement;
  const { account = "", kelurahan = "" } = document.body.dataset;
  const all = unsentOf(account, kelurahan), ready = all.filter(sendable);
  const send = (some: readonly Unsent[]): void => {
    dialog.close();
    void around.drawing().then((editor) => editor?.waiting.send(some.map(draftOf)));
  };
  dialog.querySelector<HTMLElement>("[data-unsent-none]")!.hidden = all.length > 0;
  dialog.querySelector<HTMLElement>("[data-unsent-some]")!.hidden = all.length === 0;
  const everything = dialog.querySelector<HTMLButtonElement>("[data-unsent-send]")!;
  everything.parentElement!.hidden = ready.length < 2;
  everything.onclick = () => send(ready);
  dialog.querySelector("ul")!.replaceChildren(...all.map((one) => rowOf(one, {
    ...(one.kind === "answers" ? {} : {
      open: () => {
        dialog.close();
        void open(page, one, around);
      },
    }),
    ...(sendable(one) ? { send: () => send([one]) } : {}),
    discard: () => void discard(one, around),
  })));
  if (!dialog.open) dialog.showModal();
}

async function open(page: MapPage, one: Unsent, { setMode, drawing }: Around): Promise<void> {
  const step = stepOf(one);
  page.sheet.open();
  if (step) await openLater(page, step, setMode);
  else if (one.kind === "proposals") {
    if (page.values["mode"] === "mapping") await setMode("proposals");
    await (await drawing())?.waiting.open(draftOf(one));
  } else if (one.kind === "forms") {
    const { area, year } = formOf(one.name);
    await page.load(`panel/slums/${encodeURIComponent(area)}/form?year=${year}`);
  } else {
    await setMode("mapping");
    await (await (await drawing())?.lend())?.resume(one.kept as unknown as KeptFact);
  }
}

async function discard(one: Unsent, { drawing }: Around): Promise<void> {
  localStorage.removeItem(one.name);
  showSaveState("saved");
  if (one.kind === "proposals") (await drawing())?.waiting.discard(draftOf(one));
}

function rowOf(one: Unsent, acts: { open?: () => void; send?: () => void; discard: () => void }): HTMLElement {
  const row = document.createElement("li"), said = document.createElement("span"), title = document.createElement("b"), more = document.createElement("small");
  const [name, state] = wordsOf(one), at = String(one.kept["at"] ?? "");
  title.textContent = name;
  more.textContent = [state, at && new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" })].filter(Boolean).join(" · ");
  said.append(title, more);
  const discarded = (): void => {
    const raw = localStorage.getItem(one.name)!;
    acts.discard();
    more.textContent = word("unsent.discarded");
    const back = button(word("action.undo"), () => {
      localStorage.setItem(one.name, raw);
      showSaveState("saved");
      row.replaceWith(rowOf(one, acts));
    });
    row.replaceChildren(said, back);
    back.focus();
  };
  const step = stepOf(one);
  if (step) {
    const back = button(word("later.take_back"), () => {
      takeBack(step.id);
      if (laterOf(step.id)) more.textContent = word("later.restore");
      else row.remove();
      back.remove();
    }, "btn-plain");
    back.setAttribute("aria-label", `${word("later.take_back")}: ${name}`);
    row.append(said, ...(step.deed === "restore" ? [] : [button(word("later.look"), acts.open!), back]));
    return row;
  }
  const drop = button(word("draw.drop_yes"), discarded, "btn-plain");
  drop.setAttribute("aria-label", `${word("draw.drop_yes")}: ${name}`);
  row.append(said, ...(acts.open ? [button(word("draft.open"), acts.open)] : []), ...(acts.send ? [button(word("unsent.send"), acts.send)] : []), drop);
  return row;
}

function button(words: string, run: () => void, look = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn btn-small ${look}`;
  made.textContent = words;
  made.addEventListener("click", run);
  return made;
}

/** What it is called, and how it stands. */
function wordsOf(one: Unsent): [string, string] {
  const step = stepOf(one);
  if (step) return [step.name, says(step)];
  if (one.kind === "forms") return [word("unsent.form", { ...formOf(one.name) }), one.kept["due"] ? word("unsent.new") : ""];
  if (one.kind === "answers") return [word("unsent.answers", { n: one.count }), ""];
  if (one.kind !== "proposals") {
    const { fields, drawing } = one.kept as unknown as KeptFact, name = fields["name"];
    return [typeof name === "string" ? name : word(one.kind === "households" ? "unsent.household" : "unsent.fact"), drawn(drawing)];
  }
  const draft = draftOf(one), name = draft.name || word("unsent.proposal");
  if (draft.drawing) return [name, drawn(draft.drawing)];
  if (draft.id) return [name, word("unsent.change")];
  if (!draft.geometry) return [name, word("unsent.no_shape")];
  return [name, draft.fields.title ? word("unsent.new") : word("unsent.no_title")];
}

const drawn = (drawing: Shape | null): string => (drawing ? word("unsent.drawing", { n: drawing.parts.flat().length }) : "");

// Many things at once: the bar that counts them and what can be done with all of them in one step of undo.
// It knows nothing about the table, which is one of the places where they are chosen, nor of what sort they are (sort.ts).
// Idea: ask the server for what they are now, send one batch, and keep its way back in the journal.
import { MOST, verdicts, type Deed } from "../api/batch.ts";
import { ApiProblem, moveOn } from "../api/proposals.ts";
import { confirmed } from "../page/dialogs.ts";
import { fetchFragment, FragmentFailed } from "../page/fragments.ts";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { BulkForm } from "./bulk-form.ts";
import { Selection } from "./selection.ts";
import type { Chosen, ManySort } from "./sort.ts";

/** So many take seconds, which is said. */
const LONG = 100;

export class Many {
  readonly selection = new Selection();
  private readonly bar = document.getElementById("many-bar")!;
  private readonly listeners: (() => void)[] = [];
  private readonly forms = new Map<ManySort, BulkForm>();

  /** now: the sort of thing that is edited at this moment. */
  constructor(private readonly page: MapPage, private readonly now: () => ManySort) {
    this.selection.changed((ids) => this.show(ids));
    this.bar.addEventListener("click", (event) => {
      const name = (event.target as Element).closest<HTMLElement>("[data-many]")?.dataset["many"];
      if (name) void this.run(name);
    });
    page.body.addEventListener("fragment", () => this.mark());
    page.body.addEventListener("mode", () => this.selection.clear());
    page.body.addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement;
      if (box.matches("[data-choose]")) this.selection.set([box.value], box.checked);
    });
  }

  /** Told after every change of many, also one undone. */
  changed(tell: () => void): void {
    this.listeners.push(tell);
  }

  get sort(): ManySort {
    return this.now();
  }

  /** One field of one thing, as the table writes it. False if it was refused. */
  async write(id: string, version: number, deed: Deed): Promise<boolean> {
    const [stored] = await this.sort.stored([id]);
    return stored !== undefined && this.together(word("op.fields"), [{ stored: { ...stored, version }, deed }], false);
  }

  private show(ids: readonly string[]): void {
    this.bar.hidden = ids.length === 0;
    this.bar.querySelector("[data-many-count]")!.textContent = word("many.count", { n: ids.length });
    this.page.view.gather(this.sort.layer, ids);
    this.mark();
  }

  private mark(): void {
    for (const box of this.page.body.querySelectorAll<HTMLInputElement>("[data-choose]")) box.checked = this.selection.has(box.value);
  }

  private async run(name: string): Promise<void> {
    try {
      if (name === "clear") this.selection.clear();
      else if (name === "edit") await this.edit();
      else if (name === "submit") await this.submit();
      else if (name === "delete") await this.remove();
    } catch (error) {
      if (!(error instanceof ApiProblem || error instanceof FragmentFailed)) throw error;
      toast(error.message, null, 8, "bad");
    }
  }

  /** Those that can be changed now; says how many cannot. */
  private async editable(): Promise<Chosen[]> {
    const all = await this.sort.stored(this.selection.ids), open = all.filter((one) => this.sort.isOpen(one));
    if (open.length < all.length) toast(open.length > 0 ? word("many.locked", { n: all.length - open.length }) : word("many.all_locked"), null, 8);
    return open;
  }

  /** Parts of a change could end half done, so there are none; says so before anything is filled in. */
  private isTooMuch({ length }: readonly Chosen[]): boolean {
    const most = MOST[this.sort.layer];
    if (length > most) toast(word("many.too_many", { n: length, most }), null, 12, "bad");
    return length > most;
  }

  private async edit(): Promise<void> {
    const { sort } = this, all = await this.editable();
    if (all.length === 0 || this.isTooMuch(all)) return;
    const form = this.forms.get(sort) ?? new BulkForm(await fetchFragment(this.page.resolve(sort.dialog)), sort);
    this.forms.set(sort, form);
    const wish = await form.ask(all);
    if (!wish) return;
    await this.together(sort.words.changed(all.length), all.map((stored) => ({ stored, deed: sort.forth(stored, wish) })));
  }

  private async remove(): Promise<void> {
    const { words } = this.sort, all = await this.editable();
    if (all.length === 0 || this.isTooMuch(all) || !(await confirmed(words.ask(all.length)))) return;
    const done = await this.together(words.deleted(all.length), all.map((stored) => ({ stored, deed: { action: "delete" as const } })));
    if (done) this.selection.clear();
  }

  /** Of proposals: steps of a life cannot be undone, so each goes alone and the rest is said. */
  private async submit(): Promise<void> {
    const all = await this.editable();
    if (all.length === 0 || !(await confirmed(word("many.submit", { n: all.length })))) return;
    const refused: string[] = [];
    for (const one of all) {
      const { id, version } = one;
      try {
        await moveOn(id, version, "submit", "");
        this.selection.set([id], false);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        refused.push(`${this.sort.nameOf(one)}: ${error.message}`);
      }
    }
    void this.refresh();
    const told = word("many.submitted", { n: all.length - refused.length });
    toast([told, ...refused.slice(0, 3)].join(" · "), null, refused.length ? 12 : 6, refused.length ? "bad" : "plain");
  }

  /** tell: say what was done, with the way back; a cell of the table shows it itself. */
  private async together(name: string, steps: readonly { stored: Chosen; deed: Deed }[], tell = true): Promise<boolean> {
    const { sort } = this;
    const pairs = steps.map(({ stored, deed }) => ({
      id: stored.id, version: stored.version, forth: deed,
      back: deed.action === "delete" ? { action: "restore" as const } : sort.back(stored, deed),
    }));
    if (pairs.length > LONG) toast(word("many.saving", { n: pairs.length }), null, 60);
    try {
      if (!(await sort.together(name, pairs, () => this.refresh(sort)))) return false;
      if (tell) toast(word("many.done", { name }), { label: word("action.undo"), run: () => sort.undo() }, 8);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const said = [...verdicts(error)].slice(0, 3).map(([at, message]) => (steps.length > 1 ? `${steps[at] ? sort.nameOf(steps[at].stored) : ""}: ${message}` : message));
      toast(said.length ? (steps.length > 1 ? [error.message, ...said] : said).join(" · ") : error.message, null, 12, "bad");
      return false;
    }
  }

  private async refresh(sort = this.sort): Promise<void> {
    const shown = sort.refresh();
    for (const tell of this.listeners) tell();
    await shown;
  }
}

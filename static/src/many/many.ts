// Many proposals at once: the bar that counts them and what can be done with all of them in one step of undo.
// It knows nothing about the table, which is one of the places where they are chosen.
// Idea: ask the server for what they are now, send one batch, and keep its way back in the journal.
import { readAll, verdicts, type Deed } from "../api/batch.ts";
import { ApiProblem, moveOn } from "../api/proposals.ts";
import type { Editor } from "../editor/editor.ts";
import { confirmed } from "../page/dialogs.ts";
import { fetchFragment, FragmentFailed } from "../page/fragments.ts";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { BulkForm } from "./bulk-form.ts";
import { Selection } from "./selection.ts";
import { back, forth, type Stored } from "./shared-values.ts";

export class Many {
  readonly selection = new Selection();
  private readonly bar = document.getElementById("many-bar")!;
  private readonly listeners: (() => void)[] = [];
  private form: BulkForm | null = null;

  constructor(private readonly page: MapPage, private readonly desk: () => Promise<Editor | null>) {
    this.selection.changed((ids) => this.show(ids));
    this.bar.addEventListener("click", (event) => {
      const name = (event.target as Element).closest<HTMLElement>("[data-many]")?.dataset["many"];
      if (name) void this.run(name);
    });
    page.body.addEventListener("fragment", () => this.mark());
    page.body.addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement;
      if (box.matches("[data-choose]")) this.selection.set([box.value], box.checked);
    });
  }

  /** Told after every change of many, also one undone. */
  changed(tell: () => void): void {
    this.listeners.push(tell);
  }

  /** One field of one proposal, as the table writes it. False if it was refused. */
  async write(id: string, version: number, deed: Deed): Promise<boolean> {
    const stored = (await this.stored([id]))[0];
    return stored !== undefined && this.together(word("op.fields"), [{ stored: { ...stored, version }, deed }]);
  }

  private show(ids: readonly string[]): void {
    this.bar.hidden = ids.length === 0;
    this.bar.querySelector("[data-many-count]")!.textContent = word("many.count", { n: ids.length });
    this.page.view.gather(ids);
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

  private async stored(ids: readonly string[]): Promise<Stored[]> {
    const all = new Map((await readAll(document.body.dataset["kelurahan"] ?? "")).map((one) => [one.properties.id, one.properties]));
    return ids.flatMap((id) => all.get(id) ?? []);
  }

  /** Those that can be changed now; says how many cannot. */
  private async editable(): Promise<Stored[]> {
    const all = await this.stored(this.selection.ids), open = all.filter((one) => one.editable);
    if (open.length < all.length) toast(word("many.locked", { n: all.length - open.length }), null, 8);
    return open;
  }

  private async edit(): Promise<void> {
    const all = await this.editable();
    if (all.length === 0) return;
    this.form ??= new BulkForm(await fetchFragment(this.page.resolve("panel/many")));
    const wish = await this.form.ask(all);
    if (!wish) return;
    await this.together(word("op.many", { n: all.length }), all.map((stored) => ({ stored, deed: forth(stored, wish) })));
  }

  private async remove(): Promise<void> {
    const all = await this.editable();
    if (all.length === 0 || !(await confirmed(word("many.delete", { n: all.length })))) return;
    const done = await this.together(word("op.delete_many", { n: all.length }), all.map((stored) => ({ stored, deed: { action: "delete" as const } })));
    if (done) this.selection.clear();
  }

  /** Steps of a life cannot be undone, so each goes alone and the rest is said. */
  private async submit(): Promise<void> {
    const all = await this.editable();
    if (all.length === 0 || !(await confirmed(word("many.submit", { n: all.length })))) return;
    const refused: string[] = [];
    for (const { id, version, title } of all) {
      try {
        await moveOn(id, version, "submit", "");
        this.selection.set([id], false);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        refused.push(`${title}: ${error.message}`);
      }
    }
    this.refresh();
    const told = word("many.submitted", { n: all.length - refused.length });
    toast([told, ...refused.slice(0, 3)].join(" · "), null, refused.length ? 12 : 6, refused.length ? "bad" : "plain");
  }

  private async together(name: string, steps: readonly { stored: Stored; deed: Deed }[]): Promise<boolean> {
    const desk = await this.desk();
    if (!desk) return false;
    const pairs = steps.map(({ stored, deed }) => ({
      id: stored.id, version: stored.version, forth: deed,
      back: deed.action === "delete" ? { action: "restore" as const } : back(stored, deed),
    }));
    try {
      if (!(await desk.together(name, pairs, () => this.refresh()))) return false;
      if (pairs.length > 1) toast(word("many.done", { name }), { label: word("action.undo"), run: () => void desk.undo("undo") }, 8);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const said = [...verdicts(error)].slice(0, 3).map(([at, message]) => (steps.length > 1 ? `${steps[at]?.stored.title ?? ""}: ${message}` : message));
      toast(said.length ? (steps.length > 1 ? [error.message, ...said] : said).join(" · ") : error.message, null, 12, "bad");
      return false;
    }
  }

  private refresh(): void {
    this.page.view.refresh("proposals");
    if (this.page.selected) void this.page.open(this.page.selected, false);
    else void this.page.load(this.page.options.home(), true);
    for (const tell of this.listeners) tell();
  }
}

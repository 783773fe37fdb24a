// The form of an RT profile: what is typed is judged by the server while one types, and saved by version.
// It knows nothing about points or grades; shares, points, total and grade come back as texts for their places.
// Idea: one source of truth (gis_core), so the form and the ranking can never disagree; without a network there are no figures rather
// than other ones, and what is typed waits on the device.
import { ApiProblem, call } from "../api/proposals.ts";
import type { FormFields } from "../api/slum-forms.ts";
import { clearErrors, showErrors } from "../editor/form.ts";
import type { Operation } from "../editor/history.ts";
import { signInAgain } from "../page/dialogs.ts";
import { keepForm } from "../page/kept-slum-forms.ts";
import type { MapPage } from "../page/map-page.ts";
import { retryLater, whenBack } from "../page/retry.ts";
import { showKept, showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { movedOf, type Moved } from "./moved.ts";
import { readSlumForm } from "./slum-fields.ts";
import { SlumSaving, type Begun } from "./slum-saving.ts";

interface Told {
  criteria: Record<string, { share: string; points: number; doubts: string[]; asked: boolean }>;
  aspects: Record<string, { mean: string; points: number }>;
  total: number;
  grade: string;
  grade_name: string;
  density_points: number | null;
  treatment: string;
}

/** What was typed and is not sent: the texts of the fields, what they say, and what they were typed upon. */
export interface KeptForm extends Begun {
  fields: Record<string, string>;
  now: FormFields;
  /** It was on its way to the server, which was not reached. */
  due: boolean;
  at: string;
}

const PAUSE_MS = 250;

/** record: puts a save into the journal of the session. */
export function fillIn(page: MapPage, form: HTMLFormElement, record: (operation: Operation) => void): void {
  new SlumForm(page, form, movedOf(page), record);
}

class SlumForm {
  private timer = 0;
  private asked = 0;
  private due: boolean;
  private readonly key: string;
  private readonly saving: SlumSaving;

  constructor(private readonly page: MapPage, private readonly form: HTMLFormElement, private readonly told: Moved, record: (operation: Operation) => void) {
    this.key = `slum.${document.body.dataset["account"] ?? ""}.${form.dataset["area"]}.${form.dataset["year"]}`;
    const kept = JSON.parse(localStorage.getItem(this.key) ?? "null") as KeptForm | null;
    this.saving = new SlumSaving(form, kept, form.dataset["name"] ?? "", record, () => void this.stored());
    this.due = kept?.due ?? false;
    if (kept) this.restore(kept);
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("click", (event) => this.take(event.target as Element));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    form.querySelector<HTMLSelectElement>("[data-year-choice]")!.addEventListener("change", (event) => {
      event.stopPropagation();
      void this.page.load(`${this.panel}/form?year=${(event.target as HTMLSelectElement).value}`);
    });
    whenBack(() => this.back());
    if (this.due) this.back();
    else void this.judge();
  }

  /** There may be a network again: what waits is sent, and the figures come. */
  private back(): void {
    if (!this.form.isConnected) return;
    if (this.due) void this.save();
    else void this.judge();
  }

  private get panel(): string {
    return `panel/slums/${encodeURIComponent(this.form.dataset["area"]!)}`;
  }

  private changed(): void {
    this.told.remember();
    this.keep();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.judge(), PAUSE_MS);
  }

  /** On the device, as long as something differs from what stood there. */
  private keep(): void {
    if (this.saving.touched.length === 0) {
      localStorage.removeItem(this.key);
      return showSaveState("saved");
    }
    const fields = Object.fromEntries(new FormData(this.form)) as Record<string, string>;
    const kept: KeptForm = { ...this.saving.begun, fields, now: readSlumForm(this.form), due: this.due, at: new Date().toISOString() };
    localStorage.setItem(this.key, JSON.stringify(kept));
    showKept();
  }

  /** What was typed on an earlier visit and never sent. */
  private restore({ fields }: KeptForm): void {
    for (const [name, value] of Object.entries(fields)) {
      const control = this.form.elements.namedItem(name);
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = value;
    }
    showKept();
  }

  /** Last year's value into this year's field. */
  private take(target: Element): void {
    const button = target.closest<HTMLElement>("[data-take]");
    if (!button) return;
    const field = this.form.elements.namedItem(`volumes.${button.dataset["take"]}`) as HTMLInputElement;
    field.value = button.dataset["value"] ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private async judge(): Promise<void> {
    const turn = ++this.asked;
    try {
      const answer = await call(this.page.resolve(`${this.panel}/preview?year=${this.form.dataset["year"]}`), "POST", {}, readSlumForm(this.form));
      if (this.shown(turn)) this.show((await answer.json()) as Told);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (this.shown(turn) && error.status === 422) this.name(error);
      if (this.shown(turn) && error.status === 0) this.withoutFigures();
    }
  }

  /** Those of what stood there first would be wrong as soon as something is typed. */
  private withoutFigures(): void {
    this.form.querySelector<HTMLElement>("[data-offline-note]")!.hidden = false;
    if (this.saving.touched.length === 0) return;
    for (const place of this.page.body.querySelectorAll("[data-share], [data-form-total]")) place.textContent = "–";
    for (const place of this.page.body.querySelectorAll("[data-points], [data-doubt], [data-aspect], [data-form-grade], [data-density], [data-treatment]")) place.replaceChildren();
  }

  /** The answer is the newest, and the form still stands there. */
  private shown(turn: number): boolean {
    return turn === this.asked && this.form.isConnected;
  }

  /** Faults at their fields while typing, without taking the focus away. */
  private name(problem: ApiProblem): void {
    clearErrors(this.form);
    for (const { pointer, message } of problem.errors) {
      const place = this.form.querySelector(`[data-error-for="${pointer.slice(1).replaceAll("/", ".")}"]`);
      if (place) place.textContent = message;
    }
  }

  private show(told: Told): void {
    clearErrors(this.form);
    this.form.querySelector<HTMLElement>("[data-offline-note]")!.hidden = true;
    const put = (selector: string, text: string) => {
      const place = this.page.body.querySelector(selector);
      if (place) place.textContent = text;
    };
    for (const [code, { share, points, doubts, asked }] of Object.entries(told.criteria)) {
      put(`[data-share="${code}"]`, share);
      put(`[data-points="${code}"]`, share === "–" ? "" : word("slum.points", { n: points }));
      put(`[data-doubt="${code}"]`, doubts.map((doubt) => `! ${doubt}`).join(" "));
      this.form.querySelector<HTMLElement>(`[data-reason-for="${code}"]`)!.hidden = !asked;
    }
    for (const [key, { mean, points }] of Object.entries(told.aspects)) put(`[data-aspect="${key}"]`, `${word("slum.points", { n: points })} · ${mean}`);
    put("[data-form-total]", String(told.total));
    const grade = this.page.body.querySelector("[data-form-grade]")!, swatch = document.createElement("i");
    grade.className = "grade";
    swatch.className = `swatch grade-${told.grade}`;
    grade.replaceChildren(swatch, told.grade_name);
    put("[data-density]", told.density_points === null ? "" : word("slum.density", { n: told.density_points }));
    this.form.querySelector("[data-treatment]")!.innerHTML = told.treatment;
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    clearErrors(this.form);
    showSaveState("saving");
    this.told.remember();
    try {
      await this.saving.save();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return this.failed(error);
    }
    localStorage.removeItem(this.key);
    this.due = false;
    showSaveState("saved");
    toast(word("save.done"), null, 3);
    void keepForm(this.page, this.form.dataset["area"]!, this.form.dataset["year"]!);
    await this.stored();
    await this.told.tell();
  }

  /** What the server has now, in the panel and on the map. */
  private async stored(): Promise<void> {
    this.page.view.refresh("slum-areas");
    await this.page.load(`${this.panel}?year=${this.form.dataset["year"]}`);
  }

  private async failed(problem: ApiProblem): Promise<void> {
    if (problem.passing) {
      this.due = true;
      this.keep();
      retryLater();
    }
    showSaveState(problem.status === 0 ? "offline" : problem.passing ? "failed" : "invalid");
    if (problem.status === 401) return (await signInAgain()) ? this.save() : undefined;
    if (problem.status === 422) {
      for (const { pointer } of problem.errors) this.form.querySelector<HTMLElement>(`[data-reason-for="${pointer.replace("/doubt_reasons/", "")}"]`)?.removeAttribute("hidden");
      return showErrors(this.form, problem.message, problem.errors);
    }
    toast(problem.kept, { label: word("action.retry"), run: () => void this.save() }, 12, "bad");
  }
}

// The plan tab: sends the form, watches the search, sums the budgets as they are typed, shows years and grades on the map.
// It knows nothing about how a plan is found or worded; the panel's fragments say it.
// Idea: loaded when the tab is first opened, so that drawing on a slow line does not wait for it.
import { fetchFragment, FragmentFailed } from "../page/fragments.ts";
import type { MapPage } from "../page/map-page.ts";
import { hideToast, toast } from "../page/toast.ts";
import { number } from "../page/words.ts";
import { isPhone } from "../page/sheet.ts";
import { PlanForm } from "./plan-form.ts";

const POLL_MS = 800;

export class PlanPanel {
  private timer = 0;
  private isForm = false;
  private readonly form: PlanForm;

  constructor(private readonly page: MapPage) {
    this.form = new PlanForm(page);
    page.body.addEventListener("fragment", () => this.shown());
    page.body.addEventListener("submit", (event) => this.submit(event));
    page.body.addEventListener("input", (event) => this.typed(event.target as HTMLInputElement));
    page.body.addEventListener("click", (event) => {
      const target = event.target as Element;
      const url = target.closest<HTMLElement>("[data-plan-send]")?.dataset["planSend"];
      if (url) void this.send(url);
      const left = target.closest<HTMLElement>("[data-plan-continue]")?.dataset["planContinue"];
      if (left) void this.send(left, new URLSearchParams(this.form.draft)).then(() => this.form.shown(true));
      const grade = target.closest<HTMLElement>("[data-plan-grade]");
      if (grade) this.showGrades(grade);
    });
    this.shown();
  }

  /** Something else is in the panel now: its years on the map, its sums, its search to watch. */
  private shown(): void {
    clearTimeout(this.timer);
    const { body, view, values } = this.page;
    const years = body.querySelector<HTMLElement>("[data-plan-years]")?.dataset["planYears"];
    if (years) view.setYears(new Map(Object.entries(JSON.parse(years) as Record<string, number>)));
    else if (values["tab"] !== "plan") view.setYears(new Map());
    if (!years) view.setGrades(new Map());
    body.querySelector("[data-plan-here]")?.scrollIntoView({ block: "center" });
    const poll = body.querySelector<HTMLElement>("[data-plan-poll]")?.dataset["planPoll"];
    if (poll) this.timer = window.setTimeout(() => void this.look(poll), POLL_MS);
    this.sum();
    this.form.shown();
    this.fit();
    view.map.invalidateSize(); // plans side by side make the panel wider
  }

  /** On a phone a form has the whole screen, and the plan made of it shares it with the map. */
  private fit(): void {
    const { body, sheet } = this.page;
    const isForm = body.querySelector("form[data-plan-draft]") !== null;
    if (isPhone() && isForm !== this.isForm && !body.querySelector("[data-plan-poll]")) sheet.set(isForm ? "full" : "half");
    this.isForm = isForm || (this.isForm && body.querySelector("[data-plan-poll]") !== null);
  }

  /** The slum grades of the RT as they are today (0) or with the plan (1), on the map. */
  private showGrades(pressed: HTMLElement): void {
    const { body, view } = this.page;
    for (const button of body.querySelectorAll("[data-plan-grade]")) button.setAttribute("aria-pressed", String(button === pressed));
    const grades = JSON.parse(body.querySelector<HTMLElement>("[data-plan-grades]")!.dataset["planGrades"]!) as Record<string, [string, string]>;
    const which = Number(pressed.dataset["planGrade"]);
    view.setGrades(new Map(Object.entries(grades).map(([code, pair]) => [code, pair[which]!])));
    const layer = document.querySelector<HTMLInputElement>("input[data-layer=slums]");
    if (layer && !layer.checked) layer.click();
  }

  private async look(url: string): Promise<void> {
    const box = this.page.body.querySelector("[data-plan-poll]");
    if (box && !(await this.page.load(url, true)) && this.page.body.contains(box)) this.timer = window.setTimeout(() => void this.look(url), 4 * POLL_MS);
  }

  private submit(event: Event): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-plan-form]")) return;
    event.preventDefault();
    hideToast();
    const fields = new URLSearchParams([...new FormData(form)] as [string, string][]);
    const isAsked = "planDraft" in form.dataset;
    void this.send(form.getAttribute("action")!, fields).then(() => {
      if (!isAsked) return;
      // The plan is on its way once the form is gone; until then it says what is wrong with it.
      if (this.page.body.querySelector("form[data-plan-draft]")) this.form.shown(true);
      else this.form.forget();
    });
  }

  private async send(url: string, body = new URLSearchParams()): Promise<void> {
    const { body: panel } = this.page;
    panel.setAttribute("aria-busy", "true");
    try {
      const headers = { "X-CSRF-Token": document.body.dataset["csrf"] ?? "" };
      panel.innerHTML = await fetchFragment(this.page.resolve(url), { method: "POST", body, headers });
      panel.dispatchEvent(new CustomEvent("fragment", { bubbles: true }));
      panel.querySelector<HTMLElement>("[aria-invalid]")?.focus();
      if (!panel.querySelector("[aria-invalid]")) this.page.panel.scrollTop = panel.parentElement!.scrollTop = 0;
    } catch (error) {
      if (!(error instanceof FragmentFailed)) throw error;
      toast(error.message, null, 8, "bad");
    } finally {
      panel.removeAttribute("aria-busy");
    }
  }

  /** Amounts are grouped as they are typed; the caret stays behind the same digit. */
  private typed(input: HTMLInputElement): void {
    if (!input.matches("[data-plan-form] [data-money]") || !/^[\d.,\s]*$/.test(input.value)) return;
    const behind = input.value.slice(input.selectionStart ?? 0).replace(/\D/g, "").length;
    const digits = input.value.replace(/\D/g, "");
    input.value = digits && number(Number(digits));
    let at = input.value.length;
    for (let left = behind; left > 0; at--) if (/\d/.test(input.value[at - 1]!)) left--;
    input.setSelectionRange(at, at);
    this.sum();
  }

  private sum(): void {
    for (const cell of this.page.body.querySelectorAll<HTMLElement>("[data-sum]")) {
      const inputs = this.page.body.querySelectorAll<HTMLInputElement>(`[data-money][name$=".${cell.dataset["sum"]}"]`);
      const total = [...inputs].reduce((sum, input) => sum + Number(input.value.replace(/\D/g, "")), 0);
      cell.textContent = total ? number(total) : "–";
    }
  }
}

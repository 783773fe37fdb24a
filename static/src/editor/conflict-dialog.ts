// The dialog of a conflict: one group of choices for each question, what merged by itself, one button.
// It knows nothing about proposals; it shows words and answers which option was taken of each question.
// Idea: it lies over the panel, not over the map, and does not close before every question has an answer.
import { word } from "../page/words.ts";

/** line: how the shape of this option is drawn on the map. */
export interface Option { value: "mine" | "theirs" | "both"; name: string; says: string; line?: "mine" | "theirs" }
export interface Question { name: string; title: string; base: string | null; options: Option[] }
/** A field that needed no question: its value, and whose it is. */
export interface Merged { title: string; says: string; whose: string }
export interface Asked { title: string; about: string; locked: boolean; version: string; questions: Question[]; merged: Merged[] }
export type Answers = Map<string, string>;

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

function optionOf(question: string, { value, name, says, line }: Option): HTMLElement {
  const input = element("input", "");
  Object.assign(input, { type: "radio", name: `choice.${question}`, value, required: true });
  const title = element("b", "", ...(line ? [element("i", `conflict-line is-${line}`)] : []), name);
  return element("label", "option", input, element("span", "", title, element("span", "option-says", says)));
}

function groupOf({ name, title, base, options }: Question): HTMLElement {
  const group = element("fieldset", "choice", element("legend", "", title), ...options.map((one) => optionOf(name, one)));
  group.dataset["field"] = name;
  if (base !== null) group.append(element("p", "hint", word("conflict.base", { value: base })));
  return group;
}

function show(dialog: HTMLDialogElement, asked: Asked): void {
  const part = (name: string) => dialog.querySelector<HTMLElement>(`[data-conflict="${name}"]`)!;
  part("title").textContent = asked.title;
  part("about").textContent = asked.about;
  part("questions").replaceChildren(...asked.questions.map(groupOf));
  part("merged").hidden = asked.merged.length === 0;
  part("merged").querySelector("ul")!.replaceChildren(...asked.merged.map(({ title, says, whose }) => element("li", "", element("b", "", title), ` ${says} `, element("span", "hint", whose))));
  part("all").hidden = asked.questions.length < 2;
  part("theirs").textContent = word("conflict.all", { version: asked.version });
  part("missing").textContent = "";
}

function answersOf(form: HTMLFormElement, questions: readonly Question[]): Answers {
  const given = new FormData(form);
  return new Map(questions.flatMap(({ name }) => (given.has(`choice.${name}`) ? [[name, String(given.get(`choice.${name}`))] as const] : [])));
}

/** Resolves once every question has an answer; there is no other way out. */
export async function ask(asked: Asked): Promise<Answers> {
  const dialog = document.getElementById("conflict") as HTMLDialogElement;
  const form = dialog.querySelector("form")!;
  show(dialog, asked);
  const covered = ["panel", "toolbar", "search"].map((id) => document.getElementById(id)).filter((one) => one !== null);
  for (const one of covered) one.inert = true;
  dialog.show();
  dialog.scrollTop = 0;
  const answers = await new Promise<Answers>((resolve) => {
    form.onclick = (event) => {
      const side = (event.target as Element).closest<HTMLElement>("button[data-conflict]")?.dataset["conflict"];
      if (side) form.querySelectorAll<HTMLInputElement>(`input[value=${side}]`).forEach((one) => (one.checked = true));
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      const given = answersOf(form, asked.questions);
      const open = asked.questions.filter(({ name }) => !given.has(name));
      if (open.length === 0) return resolve(given);
      dialog.querySelector(`[data-conflict="missing"]`)!.textContent = word("conflict.missing", { fields: open.map((one) => one.title).join(", ") });
      const first = form.querySelector<HTMLElement>(`[data-field="${open[0]!.name}"]`)!;
      first.querySelector("input")!.focus({ preventScroll: true });
      first.scrollIntoView({ block: "start" });
    };
  });
  dialog.close();
  for (const one of covered) one.inert = false;
  return answers;
}

// Volume and cost as the shape shows them before the server has answered, and the strip of figures over the bar of a phone.
// It knows nothing about previews beyond where their figures stand.
// Idea: the hand sees at once what it does; what needs the city's data follows, and replaces the guess.
import { number, word } from "../page/words.ts";
import { measure, type Shape } from "./shape.ts";

const STRIP = ["volume", "cost", "served", "rank"] as const;
const SPACE = "\u00a0";
const MONEY = [[1e12, "money.trillion"], [1e9, "money.billion"], [1e6, "money.million"]] as const;

/** Rp 96,3 juta, as the server writes it. */
function shortMoney(rupiah: number): string {
  for (const [size, name] of MONEY) {
    if (rupiah < size * 0.99995) continue;
    const amount = Math.round(rupiah / size * 10) / 10;
    return `Rp${SPACE}${number(amount, Number.isInteger(amount) || amount >= 100 ? 0 : 1)}${SPACE}${word(name)}`;
  }
  return `Rp${SPACE}${number(rupiah)}`;
}

/** The volume in the unit of the work type, by the rule of planning/proposals/drafts.py. */
function volumeOf(shape: Shape, unit: string): number {
  const { length_m, area_m2 } = measure(shape);
  if (unit === "m" || unit === "m2") return Math.max(Math.round((unit === "m" ? length_m : area_m2) * 10) / 10, 0.1);
  return shape.kind === "point" ? shape.parts.length : 1;
}

/** Only what follows from the shape: a figure that was typed stays. */
export function guessFigures(form: HTMLFormElement, place: HTMLElement, shape: Shape): void {
  const { unit = "", unitCost = "" } = form.dataset;
  const volume = computed(form, "volume"), cost = computed(form, "cost");
  if (!volume) return;
  const amount = volumeOf(shape, unit), rupiah = Math.max(Math.round(amount * Number(unitCost)), 1);
  const figure = number(amount, (unit === "m" || unit === "m2") && amount < 100 && !Number.isInteger(amount) ? 1 : 0);
  put(place, "volume", `${figure}${SPACE}${form.querySelector(".with-unit span")?.textContent ?? ""}`);
  if (volume.value !== "") volume.value = number(amount, Number.isInteger(amount) ? 0 : 1);
  if (!cost) return;
  put(place, "cost", shortMoney(rupiah));
  if (cost.value !== "") cost.value = number(rupiah);
}

/** A field that the person did not fill in. */
function computed(form: HTMLFormElement, name: string): HTMLInputElement | null {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement && "computed" in field.dataset && !("typed" in field.dataset) ? field : null;
}

function put(place: HTMLElement, name: string, words: string): void {
  const figure = place.querySelector(`[data-figure=${name}] b`);
  if (figure) figure.textContent = words;
}

/** What stands in the panel stands over the bar, too, where the panel has made room for the map. */
export function mirrorFigures(place: HTMLElement | null): void {
  const strip = document.getElementById("draw-figures");
  if (!strip || !place) return;
  const refusal = place.querySelector("[data-refuses] span")?.firstChild?.textContent?.trim() ?? "";
  strip.hidden = !document.body.matches(".is-drawing, .is-editing") || (refusal === "" && !place.querySelector("[data-figure]"));
  strip.classList.toggle("is-stale", place.classList.contains("is-stale"));
  strip.querySelector("p")!.textContent = refusal;
  for (const name of STRIP) strip.querySelector(`[data-strip=${name}]`)!.textContent = document.querySelector(`#panel-body [data-figure=${name}] b`)?.textContent ?? "–";
}

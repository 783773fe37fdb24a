// Entry of the review pages and of the form of city programmes: the map beside queue and checklist, J and K, number keys, marks kept until the decision.
// It knows nothing about rights or reasons; both pages read and decide without it.
// Idea: the page is a plain form; the script only saves the hand from leaving the keyboard.
import type { Map as LeafletMap } from "leaflet";
import { MapPage } from "./page/map-page.ts";
import { setUpLetterSwitch } from "./page/letters.ts";
import { setUpMenus } from "./page/menus.ts";

const queue = document.body.dataset["page"] === "review-queue";
const form = document.getElementById("decision");

// A phone shows the queue as cards without a map, so nothing of it is loaded there.
const map = document.getElementById("map")!.offsetHeight > 0 ? openMap() : null;
if (!map) setUpMenus();
if (form instanceof HTMLFormElement) keep(form);
const compare = document.getElementById("compare");
if (compare instanceof HTMLFormElement) {
  document.addEventListener("change", () => offerCompare(compare));
  window.addEventListener("pageshow", () => offerCompare(compare));
}
document.addEventListener("keydown", press);
setUpLetterSwitch();
const steps = document.querySelector<HTMLElement>("[data-steps]");
const suggest = document.querySelector<HTMLElement>("[data-suggest]");
const place = document.querySelector<HTMLElement>("[data-draw-place]");
const visit = document.querySelector<HTMLElement>("[data-site-visit]");
// What comes late makes the page longer: only then it is known where the wanted field lies.
void Promise.allSettled([
  steps && import("./page/review-steps.ts").then(({ setUpSteps }) => setUpSteps(steps)),
  map && document.querySelector("[data-site-list]") && import("./community/talk.ts").then(({ lookAfterTalk }) => lookAfterTalk(document.getElementById("panel-body")!, map)),
  map && suggest && import("./visit/suggest.ts").then(({ SuggestShape }) => void new SuggestShape(suggest, map)),
  map && place && import("./visit/draw-place.ts").then(({ DrawPlace }) => void new DrawPlace(place, map)),
  visit && import("./visit/site-visit.ts").then(({ SiteVisit }) => void new SiteVisit(visit, map)),
]).then(pointAtRefusal);
document.querySelector("form.filters")?.addEventListener("change", (event) => (event.currentTarget as HTMLFormElement).requestSubmit());

function openMap(): LeafletMap {
  const page = new MapPage({ base: "/", focus: null, layers: "review", free: () => queue, card: () => "", home: () => "", go: open });
  const shown = document.querySelector<HTMLElement>("[data-proposal-id]");
  if (!shown) return page.view.map;
  page.view.select({ layer: "proposals", key: "id", value: shown.dataset["proposalId"]! });
  const [w, s, e, n] = shown.dataset["bounds"]!.split(",").map(Number);
  page.view.map.fitBounds([[s!, w!], [n!, e!]], { maxZoom: 18, padding: [48, 48] });
  return page.view.map;
}

/** The page of a work of the queue; other works of the map have none. */
function open(id: string): void {
  const href = document.querySelector<HTMLElement>(`[data-href][data-proposal="${CSS.escape(id)}"]`)?.dataset["href"];
  if (href) location.assign(href);
}

/** Two to four works can be compared; the page says so to those without scripts. */
function offerCompare(form: HTMLFormElement): void {
  const count = new FormData(form).getAll("work").length;
  form.querySelector("button")!.disabled = count < 2 || count > 4;
}

/** The field that is wanted, clear of the fixed buttons; the message where the checklist is what is wanted. */
function pointAtRefusal(): void {
  const wanted = document.querySelector<HTMLElement>(".reason [aria-invalid]") ?? document.querySelector<HTMLElement>("[data-refused]");
  wanted?.focus({ preventScroll: true });
  wanted?.scrollIntoView({ block: "center" });
}

function press(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("letters") === "off" || document.querySelector("dialog[open]")) return;
  if (target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") turn(key);
  else if (key === "?") document.querySelector<HTMLElement>("[data-dialog=keys]")?.click();
  else if (/^[1-9]$/.test(key)) answer(key);
  else return;
  event.preventDefault();
}

/** To the next or previous work; in the queue the focus moves, so that Enter opens. */
function turn(key: "j" | "k"): void {
  document.querySelector<HTMLElement>(`[data-turn=${key}]`)?.click();
  if (!queue) return;
  const links = [...document.querySelectorAll<HTMLElement>(".queue-title")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0)]?.focus();
}

/** The next answer of an item: yes, no, not needed, and round again. */
function answer(item: string): void {
  const choices = [...document.querySelectorAll<HTMLInputElement>(`[data-item="${item}"] input[type=radio]`)];
  const next = choices[(choices.findIndex((choice) => choice.checked) + 1) % choices.length];
  next?.click();
  next?.focus();
}

/** Answers and notes stay in this window while somebody looks at other works, until the proposal changes. */
function keep(form: HTMLFormElement): void {
  const key = `review.${form.dataset["keep"]}`;
  const before = sessionStorage.getItem(key);
  if (before && !("sent" in form.dataset)) {
    const kept = new URLSearchParams(before);
    for (const field of form.elements) {
      if (field instanceof HTMLInputElement && field.type === "radio") field.checked = kept.get(field.name) === field.value;
      else if (isTyped(field)) field.value = kept.get(field.name) ?? "";
    }
  }
  document.addEventListener("change", () => {
    const typed = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && /^(answer|note|usual)\b/.test(pair[0]));
    sessionStorage.setItem(key, new URLSearchParams(typed).toString());
  });
}

function isTyped(field: Element): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (field instanceof HTMLInputElement && field.type !== "hidden") || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
}

// A small list of what lies under one press, to choose from by finger, pointer or keys; the same press again goes on to the next.
// It knows nothing about what is done with the choice.
// Idea: each row bears the sign that the map has for it and lights its thing, so that one sees what one takes.
import type * as L from "leaflet";
import { call } from "../api/proposals.ts";
import type { MapView } from "../map/map-view.ts";
import type { Hit } from "../map/query.ts";
import { language, word } from "./words.ts";

interface Named { key: string; name: string }
interface Names { work_types: Named[]; asset_kinds: Named[]; states: Named[] }

const WIDTH = 300, SIGN = 28;
/** Symbols of points are so large (px) on the map. */
const SYMBOL = 8;
let names: Promise<Names | null> | null = null;
let last = { ids: "", at: -1 };
let close = (): void => undefined;

/** The clearly nearest one, or the one that is chosen from a list; null if none is. */
export async function oneOf(view: MapView, hits: readonly Hit[], at: L.LatLng, touch: boolean): Promise<Hit | null> {
  const reach = (hit: Hit) => Math.max(0, hit.distance - (hit.kind === 1 ? SYMBOL : 0));
  const most = Math.min(...hits.map(reach)) + (touch ? 14 : 5);
  const rivals = hits.filter((hit) => reach(hit) <= most);
  return rivals.length > 1 ? choose(view, rivals, at) : rivals[0]!;
}

async function choose(view: MapView, hits: readonly Hit[], at: L.LatLng): Promise<Hit | null> {
  const ids = hits.map(({ id }) => id).join();
  close();
  if (last.ids === ids) {
    last.at = (last.at + 1) % hits.length;
    return hits[last.at]!;
  }
  last = { ids, at: -1 };
  const list = listOf(view, hits);
  place(list, view.map.latLngToContainerPoint(at), view.map.getSize());
  void nameKinds(list, hits);
  list.querySelector("button")!.focus({ preventScroll: true });
  return new Promise((resolve) => {
    const leave = new AbortController();
    close = () => done(null);
    const done = (hit: Hit | null) => {
      leave.abort();
      view.map.off("movestart", close);
      close = () => undefined;
      view.hover(null);
      if (list.contains(document.activeElement)) view.map.getContainer().focus({ preventScroll: true });
      list.remove();
      resolve(hit);
    };
    const light = (event: Event) => {
      const hit = hits[indexOf(list, event.target)];
      if (hit) view.hover({ layer: hit.layer, key: "id", value: hit.id });
    };
    const { signal } = leave;
    for (const type of ["pointerover", "focusin"]) list.addEventListener(type, light, { signal });
    list.addEventListener("click", (event) => {
      const i = indexOf(list, event.target);
      if (i < 0) return;
      last.at = i;
      done(hits[i]!);
    }, { signal });
    list.addEventListener("keydown", (event) => {
      if (event.key === "Escape") last = { ids: "", at: -1 };
      if (event.key === "Escape" || event.key === "Tab") done(null);
      else if (!step(list, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    }, { signal });
    document.addEventListener("pointerdown", (event) => !list.contains(event.target as Node) && close(), { capture: true, signal });
    view.map.on("movestart", close);
    light({ target: list.querySelector("button") } as unknown as Event);
  });
}

function listOf(view: MapView, hits: readonly Hit[]): HTMLElement {
  const list = document.createElement("div");
  list.className = "float here";
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", word("here.title", { n: hits.length }));
  list.append(...hits.map((hit) => rowOf(view, hit)));
  document.getElementById("map-page")!.append(list);
  return list;
}

function rowOf(view: MapView, hit: Hit): HTMLElement {
  const row = document.createElement("button"), title = document.createElement("b"), kind = document.createElement("small"), words = document.createElement("span");
  row.type = "button";
  title.textContent = nameOf(hit);
  words.append(title, kind);
  row.append(signOf(view, hit), words);
  return row;
}

const text = (hit: Hit, name: string): string => String(hit.properties[name] ?? "");

function nameOf(hit: Hit): string {
  if (hit.layer === "households") return word("here.household", { n: text(hit, "members") });
  return text(hit, "title") || text(hit, "name") || word(hit.layer === "assets" ? "here.asset" : "here.unnamed");
}

/** As it stands on the map. */
function signOf(view: MapView, hit: Hit): HTMLElement {
  if (hit.layer !== "proposals" && hit.layer !== "assets") {
    const swatch = document.createElement("i");
    swatch.className = hit.layer === "households" ? "swatch here-household" : `swatch grade-${text(hit, "grade") || "none"}`;
    return swatch;
  }
  const canvas = document.createElement("canvas"), ctx = canvas.getContext("2d")!;
  canvas.width = canvas.height = SIGN * devicePixelRatio;
  canvas.setAttribute("aria-hidden", "true");
  ctx.scale(devicePixelRatio, devicePixelRatio);
  view.sign(ctx, hit, SIGN / 2);
  return canvas;
}

/** What each one is: names of kinds come from the server once, and the list does not wait for them. */
async function nameKinds(list: HTMLElement, hits: readonly Hit[]): Promise<void> {
  names ??= call(`/api/v1/catalogue?lang=${language}`, "GET").then((answer) => answer.json() as Promise<Names>).catch(() => (names = null));
  const known = await names;
  const named = (all: readonly Named[] | undefined, key: string) => all?.find((one) => one.key === key)?.name ?? "";
  [...list.children].forEach((row, i) => {
    const hit = hits[i]!;
    const kind = hit.layer === "proposals" ? [named(known?.work_types, text(hit, "work_type")), named(known?.states, text(hit, "state"))]
      : hit.layer === "assets" ? [named(known?.asset_kinds, text(hit, "kind")), word(`condition.${text(hit, "condition") || "unknown"}`)]
      : hit.layer === "slum-areas" ? [word(`here.${text(hit, "level") || "rt"}`), text(hit, "total") && word("here.total", { n: text(hit, "total") })] : [];
    row.querySelector("small")!.textContent = kind.filter(Boolean).join(" · ");
  });
}

/** Beside the press, wholly on the map. */
function place(list: HTMLElement, { x, y }: L.Point, size: L.Point): void {
  const high = list.offsetHeight, width = Math.min(WIDTH, size.x - 16);
  list.style.width = `${width}px`;
  list.style.left = `${Math.max(8, Math.min(x + 14, size.x - width - 8))}px`;
  list.style.top = `${Math.max(8, Math.min(y + 14, size.y - high - 8))}px`;
}

function indexOf(list: HTMLElement, target: EventTarget | null): number {
  return [...list.children].findIndex((row) => row.contains(target as Node));
}

/** Arrows, Home and End; false for another key. */
function step(list: HTMLElement, key: string): boolean {
  const rows = [...list.querySelectorAll("button")], now = rows.indexOf(document.activeElement as HTMLButtonElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key];
  if (next === undefined) return false;
  rows.at(next % rows.length)!.focus();
  return true;
}

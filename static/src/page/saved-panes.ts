// Without a network: the lists of what is saved, and the form of one of them, made of frames of the server and what the device kept.
// It knows nothing about saving; what these forms become in the hand is what it would be with a network.
// Idea: a saved thing's form is the empty form of its sort with its fields, so no second form is kept for each.
import type { Feature, Geometry } from "geojson";
import { factFields } from "../api/facts.ts";
import { fieldsOf } from "../api/fields.ts";
import { fillForm } from "../editor/form.ts";
import { boundsOf, fromGeometry } from "../editor/shape.ts";
import { fillFactForm } from "../mapping/fill.ts";
import { keptAssets, keptProposals } from "./kept.ts";
import { language, number } from "./words.ts";

type Panes = ReadonlyMap<string, DocumentFragment>;

/** The pane of a path below that of the kelurahan; kind: of the assets asked for. Nothing if the device does not have it. */
export async function savedPane(panes: Panes, path: string, kind: string): Promise<string | undefined> {
  const [, noun, id] = /^panel\/(proposals|assets|mapping)(?:\/([\w-]+))?$/.exec(path) ?? [];
  if (noun === "proposals") return id ? proposal(panes, id) : proposalList(panes);
  if (noun === "mapping") return kindList(panes);
  return noun === "assets" ? (id ? asset(panes, id) : assetList(panes, kind)) : undefined;
}

// --- proposals ---------------------------------------------------------------------------------------------------------

async function proposalList(panes: Panes): Promise<string | undefined> {
  const { things, at } = await keptProposals(), pane = copyOf(panes, "panel/proposals", at);
  if (!pane || !at) return undefined;
  pane.querySelector("ul")!.append(...[...things.values()].flatMap(({ properties }) => {
    const row = pane.querySelector<HTMLTemplateElement>(`template[data-row="${properties.state}"]`)?.content.cloneNode(true) as DocumentFragment | undefined;
    if (!row) return [];
    fill(row, "name", properties.title);
    fill(row, "kind", titleOf(panes, `panel/new?${properties.work_type}`));
    row.querySelector("li")!.dataset["proposal"] = properties.id;
    return [row];
  }));
  return html(pane);
}

async function proposal(panes: Panes, id: string): Promise<string | undefined> {
  const { things, at } = await keptProposals(), found = things.get(id), pane = copyOf(panes, "saved proposal", at);
  const form = found && copyOf(panes, `panel/new?${found.properties.work_type}`, at)?.querySelector("form");
  if (!found || !pane || !form) return undefined;
  const { properties } = found, article = pane.querySelector("article")!;
  frame(pane, article, found, properties.title, titleOf(panes, `panel/new?${properties.work_type}`));
  Object.assign(article.dataset, { proposalId: id, kept: `panel/proposals/${id}` });
  for (const pill of pane.querySelectorAll<HTMLElement>("[data-row]")) if (pill.dataset["row"] !== properties.state) pill.remove();
  Object.assign(form.dataset, { id, version: String(properties.version), state: properties.state });
  form.querySelector("[data-preview-rest]")!.before(pane.querySelector(".actions")!);
  form.querySelector("[data-action=cancel]")!.replaceWith(...pane.querySelectorAll("[data-kept-foot] > *"));
  pane.querySelector("[data-kept-foot]")!.remove();
  for (const name of ["volume", "cost"] as const) {
    const value = properties[name];
    if (typeof value === "number") form.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = number(value, Number.isInteger(value) ? 0 : 2);
  }
  fillForm(form, fieldsOf(properties));
  article.append(form);
  return html(pane);
}

// --- assets ------------------------------------------------------------------------------------------------------------

async function kindList(panes: Panes): Promise<string | undefined> {
  const { things, at } = await keptAssets(), pane = copyOf(panes, "panel/mapping", at);
  if (!pane || !at) return undefined;
  const kinds = [...things.values()].map(({ properties }) => properties.kind);
  for (const row of pane.querySelectorAll<HTMLElement>("li[data-row]")) {
    const count = kinds.filter((kind) => kind === row.dataset["row"]).length;
    if (count > 0) fill(row, "count", number(count));
    else row.remove();
  }
  return html(pane);
}

async function assetList(panes: Panes, kind: string): Promise<string | undefined> {
  const { things, at } = await keptAssets(), pane = copyOf(panes, "panel/assets", at);
  if (!pane || !at) return undefined;
  const title = titleOf(panes, `panel/assets/new?${kind}`);
  fill(pane, "kind", title);
  pane.querySelector("ul")!.append(...[...things].flatMap(([id, { properties }]) => {
    if (kind && properties.kind !== kind) return [];
    const row = pane.querySelector<HTMLTemplateElement>(`template[data-row="${properties.condition ?? "unknown"}"]`)!.content.cloneNode(true) as DocumentFragment;
    fill(row, "name", properties.name ?? titleOf(panes, `panel/assets/new?${properties.kind ?? ""}`));
    row.querySelector("li")!.dataset["asset"] = id;
    row.querySelector("button")!.dataset["panel"] = `panel/assets/${id}`;
    return [row];
  }));
  return html(pane);
}

async function asset(panes: Panes, id: string): Promise<string | undefined> {
  const { things, at } = await keptAssets(), found = things.get(id), pane = copyOf(panes, "saved asset", at);
  const kind = found?.properties.kind ?? "", form = copyOf(panes, `panel/assets/new?${kind}`, at)?.querySelector("form");
  if (!found || !pane || !form) return undefined;
  const { properties } = found, article = pane.querySelector("article")!, title = titleOf(panes, `panel/assets/new?${kind}`);
  frame(pane, article, found, properties.name ?? title, title);
  pane.querySelector<HTMLElement>(".back")!.dataset["panel"] = `panel/assets?kind=${kind}`;
  article.dataset["kept"] = `panel/assets/${id}`;
  Object.assign(form.dataset, { id, version: String(properties.version) });
  form.querySelector<HTMLInputElement>("[name=surveyed_on]")!.value = ""; // today stands in the form of a new one
  fillFactForm(form, factFields("assets", properties));
  form.querySelector(".foot")!.prepend(...pane.querySelectorAll("[data-kept-foot] > *"));
  pane.querySelector("[data-kept-foot]")!.remove();
  const photos = pane.querySelector<HTMLElement>("[data-asset-photos]")!;
  photos.dataset["assetPhotos"] = id;
  article.append(form, photos);
  return html(pane);
}

// --- what all have in common -------------------------------------------------------------------------------------------

/** A copy of a frame; at: when its content was loaded, as HTTP writes it. */
function copyOf(panes: Panes, name: string, at: string): HTMLElement | null {
  const found = panes.get(name);
  if (!found) return null;
  const pane = document.createElement("div");
  pane.append(found.cloneNode(true));
  fill(pane, "at", at && new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }));
  return pane;
}

function frame(pane: HTMLElement, article: HTMLElement, { geometry }: Feature<Geometry>, name: string, kind: string): void {
  fill(pane, "name", name);
  fill(pane, "kind", kind);
  article.dataset["bounds"] = boundsOf(fromGeometry(geometry))?.join() ?? "";
}

function fill(pane: ParentNode, name: string, text: string): void {
  for (const place of pane.querySelectorAll(`[data-fill=${name}]`)) place.textContent = text;
}

/** What a sort is called: the heading of its empty form. */
function titleOf(panes: Panes, name: string): string {
  return panes.get(name)?.querySelector("h2")?.textContent ?? "";
}

/** As text, with what stands in the fields. */
function html(pane: HTMLElement): string {
  for (const control of pane.querySelectorAll<HTMLInputElement>("input")) {
    if (/^(checkbox|radio)$/.test(control.type)) control.toggleAttribute("checked", control.checked);
    else control.setAttribute("value", control.value);
  }
  for (const area of pane.querySelectorAll("textarea")) area.textContent = area.value;
  for (const option of pane.querySelectorAll("option")) option.toggleAttribute("selected", option.selected);
  return pane.innerHTML;
}

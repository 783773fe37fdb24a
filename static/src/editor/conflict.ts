// Somebody else changed the proposal meanwhile: merge what does not clash, ask about the rest.
// It knows nothing about the form; it answers with what to send, or what to drop.
// Idea: both shapes on the map in two line styles, never "last one wins" without a person's word.
import type { Geometry } from "geojson";
import { readProposal, fieldsOf, type Draft, type Proposal } from "../api/proposals.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { describeField } from "./form.ts";
import { merge } from "./merge.ts";
import { fromGeometry } from "./shape.ts";
import type { Sketch } from "./sketch.ts";

export type Resolution = { choice: "send"; draft: Draft; version: number } | { choice: "theirs"; proposal: Proposal } | { choice: "later" };

const same = (a: Geometry, b: Geometry): boolean => JSON.stringify(a) === JSON.stringify(b);

export async function resolveConflict(id: string, detail: string, base: Draft | null, mine: Draft, sketch: Sketch): Promise<Resolution> {
  const proposal = await readProposal(id);
  const theirs: Draft = { geometry: proposal.geometry, fields: fieldsOf(proposal.properties) };
  const version = proposal.properties.version;
  const start = base ?? theirs;
  const { merged, taken, clashes } = merge(start.fields, mine.fields, theirs.fields);
  const shapeClash = !same(start.geometry, mine.geometry) && !same(start.geometry, theirs.geometry) && !same(mine.geometry, theirs.geometry);
  const geometry = same(start.geometry, mine.geometry) ? theirs.geometry : mine.geometry;
  if (base && clashes.length === 0 && !shapeClash) {
    const names = taken.map(describeField).join(", ") || describeField("geometry");
    toast(word("conflict.merged", { fields: names }));
    return { choice: "send", draft: { geometry, fields: merged }, version };
  }
  sketch.show(fromGeometry(mine.geometry), false);
  sketch.beside(fromGeometry(theirs.geometry));
  const answer = await ask(detail, [...clashes.map(describeField), ...(shapeClash ? [describeField("geometry")] : [])]);
  sketch.clear();
  if (answer === "theirs") return { choice: "theirs", proposal };
  if (answer === "mine") return { choice: "send", draft: { geometry: mine.geometry, fields: merged }, version };
  return { choice: "later" };
}

async function ask(detail: string, names: readonly string[]): Promise<string> {
  const dialog = document.getElementById("conflict");
  if (!(dialog instanceof HTMLDialogElement)) return "later";
  const text = document.createElement("p");
  text.textContent = detail;
  const list = document.createElement("p");
  list.textContent = word("conflict.fields", { fields: names.join(", ") });
  const legend = document.createElement("p");
  legend.className = "conflict-legend";
  for (const [tone, key] of [["mine", "conflict.mine"], ["theirs", "conflict.theirs"]] as const) {
    const line = document.createElement("i");
    line.className = `conflict-line is-${tone}`;
    legend.append(line, word(key), " ");
  }
  dialog.querySelector("[data-conflict-body]")?.replaceChildren(text, list, legend);
  return new Promise((resolve) => {
    let choice = "later";
    const press = (event: Event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-conflict]");
      if (!button) return;
      choice = button.dataset["conflict"] ?? "later";
      dialog.close();
    };
    dialog.addEventListener("click", press);
    dialog.addEventListener("close", () => {
      dialog.removeEventListener("click", press);
      resolve(choice);
    }, { once: true });
    dialog.show();
  });
}

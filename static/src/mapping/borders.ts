// Borders that neighbours share: what an edit of one outline does to those beside it, shown while dragging and saved together.
// It knows nothing about handles; the corner tool says what the outline became.
// Idea: a gap between two RT belongs to nobody, so corners that two have are one, and all outlines are saved in one request.
import * as L from "leaflet";
import type { FactFeature } from "../api/facts.ts";
import { ApiProblem, call } from "../api/proposals.ts";
import { showErrors } from "../editor/form.ts";
import type { Journal } from "../editor/history.ts";
import { fromGeometry, toGeometry, type Shape } from "../editor/shape.ts";
import { confirmed } from "../page/dialogs.ts";
import type { MapPage } from "../page/map-page.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { Fact } from "./fact.ts";
import type { FactTarget } from "./fact-operations.ts";
import { editsBetween, follow } from "./shared-edges.ts";

interface Outline { id: string; name: string; version: number; before: Shape; now: Shape }

export class Borders {
  private readonly drawn = L.layerGroup();
  private readonly renderer = L.svg({ pane: "sketch", padding: 0.4 });
  private shape: Shape;

  private constructor(private readonly page: MapPage, private readonly fact: Fact, private readonly beside: Outline[]) {
    this.shape = fact.shape!;
    this.drawn.addTo(page.view.map);
  }

  /** The outline in hand with all RW and RT that touch it. */
  static async around(page: MapPage, fact: Fact): Promise<Borders> {
    const answer = await call(`/api/v1/regions/${encodeURIComponent(fact.id!)}/neighbours`, "GET");
    const { features } = (await answer.json()) as { features: FactFeature[] };
    return new Borders(page, fact, features.map(({ id, geometry, properties }) => {
      const shape = fromGeometry(geometry);
      return { id, name: fullName(id, properties.name ?? id), version: properties.version, before: shape, now: shape };
    }));
  }

  get changed(): boolean {
    return JSON.stringify(toGeometry(this.shape)) !== JSON.stringify(this.fact.base?.geometry);
  }

  private get moved(): Outline[] {
    return this.beside.filter((one) => JSON.stringify(one.now.parts) !== JSON.stringify(one.before.parts));
  }

  /** While a corner is being dragged. */
  preview(shape: Shape): void {
    this.draw(this.beside.map((one) => ({ ...one, now: after(one.now, this.shape, shape) })));
  }

  /** A corner was let go, put in, taken out, or a step was undone. */
  follow(shape: Shape): void {
    for (const one of this.beside) one.now = after(one.now, this.shape, shape);
    this.shape = shape;
    this.draw(this.beside);
    const names = this.moved.map(({ name }) => name), place = this.page.body.querySelector("[data-border-says]");
    if (place) place.textContent = names.length > 0 ? word("border.moves", { names: names.join(", ") }) : "";
  }

  stop(): void {
    this.drawn.remove();
  }

  /** All outlines in one request; null if it was refused. */
  async save(fact: Fact, journal: Journal, show: (target: FactTarget) => void): Promise<{ id: string } | null> {
    const outlines: Outline[] = [{ id: fact.id!, name: "", version: fact.version, before: fromGeometry(fact.base!.geometry), now: this.shape }, ...this.moved];
    showSaveState("saving");
    try {
      await send(outlines.map((one) => ({ ...one, properties: one.id === fact.id ? fact.fields() : {} })), "now");
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return this.refused(error, fact);
    }
    this.stop();
    const versions = outlines.map((one) => ({ ...one, version: one.version + 1 }));
    const step = async (to: "before" | "now") => {
      await send(versions, to);
      for (const one of versions) one.version += 1;
      show({ noun: "regions", id: fact.id!, version: 0, alive: true });
    };
    journal.record({ name: word("op.border"), undo: () => step("before"), redo: () => step("now") });
    return { id: fact.id! };
  }

  private async refused(problem: ApiProblem, fact: Fact): Promise<null> {
    showSaveState(problem.passing ? "failed" : "invalid");
    if (problem.status === 422 || problem.status === 409) showErrors(fact.form, problem.message, problem.errors.map(({ message }) => ({ pointer: "/geometry", message })));
    else toast(problem.message, null, 10, "bad");
    if (problem.status === 412 && await confirmed(word("border.stale"))) void this.page.load(`panel/borders/${encodeURIComponent(fact.id!)}`);
    return null;
  }

  private draw(outlines: readonly Outline[]): void {
    this.drawn.clearLayers();
    for (const { before, now } of outlines) {
      if (now === before) continue;
      const rings = now.parts.map((ring) => ring.map(([lng, lat]) => L.latLng(lat, lng)));
      this.drawn.addLayer(L.polygon(rings, { renderer: this.renderer, pane: "sketch", interactive: false, className: "sketch-line sketch-area is-theirs" }));
    }
  }
}

/** RT of several RW have the same number, so its RW is told with it. */
function fullName(code: string, name: string): string {
  const rw = /-RW(\d+)-RT/.exec(code)?.[1];
  return rw ? `${name} RW ${String(Number(rw)).padStart(2, "0")}` : name;
}

function after(neighbour: Shape, before: Shape, now: Shape): Shape {
  return editsBetween(before, now).reduce(follow, neighbour);
}

async function send(outlines: readonly (Outline & { properties?: unknown })[], which: "before" | "now"): Promise<void> {
  const features = outlines.map(({ id, version, properties, [which]: shape }) => ({ type: "Feature", id, version, geometry: toGeometry(shape), properties: properties ?? {} }));
  await call("/api/v1/regions/redraw", "POST", {}, { features });
}

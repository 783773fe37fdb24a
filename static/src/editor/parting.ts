// Splitting the line in hand at a place or the area by a line, and joining two lines: what shows before the press, and doing it.
// It knows nothing about how lines and money are parted (parts) or stored (operations).
// Idea: both start from what the server has now, and each is one step of undo.
import * as L from "leaflet";
import { ApiProblem, readProposal, type Proposal } from "../api/proposals.ts";
import { length, type Position } from "../geometry/geodesy.ts";
import type { MapPage } from "../page/map-page.ts";
import { number, word } from "../page/words.ts";
import { toast } from "../page/toast.ts";
import { prefersHair } from "./crosshair.ts";
import { cutRing } from "./cut-area.ts";
import type { Hand } from "./hand.ts";
import type { Operations } from "./operations.ts";
import { cutLine, joinedDraft, joinLines, lineOf, ringOf, splitArea, splitLine, type Split } from "./parts.ts";
import { shapeOf } from "./shape.ts";
import type { Tools } from "./tools.ts";

/** A press counts so near (px) to the line. */
const NEAR = 24;

export class Parting {
  constructor(private readonly page: MapPage, private readonly tools: Tools, private readonly hand: Hand,
    private readonly operations: Operations, private readonly failed: (error: unknown, id: string) => void,
    private readonly changed: () => void) {}

  /** Ask for the place where the line in hand is split, or the line that splits the area. */
  async startSplitting(): Promise<void> {
    const proposal = await this.saved();
    if (!proposal) return;
    const line = lineOf(proposal), ring = ringOf(proposal);
    if (line) this.askForPlace(proposal, line);
    else if (ring) this.askForKnife(proposal, ring);
    else this.say("split.one_part");
  }

  private askForPlace(proposal: Proposal, line: readonly Position[]): void {
    this.tools.startPicking("split", word("split.press"), {
      look: (at) => this.showCut(line, at),
      press: (at) => {
        const cut = this.cutAt(line, at);
        if (cut) void this.split(proposal, splitLine(proposal, cut));
        else this.say("split.too_far");
      },
      left: () => this.tools.sketch.clear(),
    });
    this.hint(line, "split.hint");
  }

  private askForKnife(proposal: Proposal, ring: readonly Position[]): void {
    this.tools.startDrawing("line", "split", {
      changed: () => undefined, steps: this.changed,
      finished: (shape) => {
        const sides = cutRing(ring, shape.parts[0]!);
        if (sides) void this.split(proposal, splitArea(proposal, sides));
        else this.say("split.across");
      },
    });
    this.say("split.hint_area");
  }

  /** Ask for the line that the one in hand is joined with. */
  async startJoining(): Promise<void> {
    const proposal = await this.saved();
    if (!proposal) return;
    if (!lineOf(proposal)) return void this.say("edit.select_line");
    this.tools.startPicking("join", word("join.press"), {
      look: (at) => this.page.view.hover(this.lit(this.partner(at, proposal))),
      press: (at) => void this.join(proposal, this.partner(at, proposal)),
      left: () => {
        this.page.view.hover(null);
        this.tools.sketch.clear();
      },
    });
    this.hint(lineOf(proposal)!, "join.hint");
  }

  private hint(line: readonly Position[], key: "split.hint" | "join.hint"): void {
    this.tools.sketch.show(shapeOf("line", line), false);
    this.tools.sketch.say("", word(key), prefersHair() ? null : this.point(line[0]!));
  }

  /** What is in hand as the server has it, or null and a word why not. */
  private async saved(): Promise<Proposal | null> {
    const id = this.hand.work?.id;
    const refusal = !id ? "edit.select_saved" : !this.hand.editable ? "edit.not_allowed" : "";
    if (!id || refusal) return this.say(refusal);
    if (!(await this.hand.flush())) return null;
    try {
      return await readProposal(id);
    } catch (error) {
      this.failed(error, id);
      return null;
    }
  }

  private say(key: string): null {
    toast(word(key));
    return null;
  }

  private point([lng, lat]: Position): L.Point {
    return this.page.view.map.latLngToContainerPoint([lat, lng]);
  }

  private cutAt(line: readonly Position[], at: L.LatLng): ReturnType<typeof cutLine> {
    const cut = cutLine(line, [at.lng, at.lat]);
    const far = !cut || this.point(cut.at).distanceTo(this.point([at.lng, at.lat])) > NEAR;
    return far ? null : cut;
  }

  private showCut(line: readonly Position[], at: L.LatLng): void {
    const cut = this.cutAt(line, at), { sketch } = this.tools;
    sketch.show(shapeOf("line", line), false);
    if (cut) sketch.beside(shapeOf("line", length(cut.first) < length(cut.second) ? cut.first : cut.second));
    const metres = (part: readonly Position[]) => `${number(length(part), 1)} m`;
    const beside = prefersHair() ? null : this.point([at.lng, at.lat]);
    sketch.say(cut ? `${metres(cut.first)} + ${metres(cut.second)}` : "", cut ? word("split.parts") : word("split.hint"), beside);
  }

  private async split(proposal: Proposal, { larger, smaller }: Split): Promise<void> {
    const { title, description = "" } = proposal.properties;
    const part = word("split.title", { title: title.slice(0, 180) });
    const told = (text: string, more: string) => [text, more].filter(Boolean).join("\n").slice(0, 4000);
    await this.carryOut(proposal.properties.id, "split.done", () => this.operations.split(
      proposal,
      { ...larger, fields: { ...larger.fields, description: told(description, word("split.gave", { title: part })) } },
      { ...smaller, fields: { ...smaller.fields, title: part, description: told(description, word("split.from", { title })) } },
    ));
  }

  /** Another line proposal under the pointer. */
  private partner(at: L.LatLng, proposal: Proposal): string | null {
    const own = proposal.properties.id;
    return this.page.view.hits(at, prefersHair(), ["proposals"]).find((hit) => hit.kind === 2 && hit.id !== own)?.id ?? null;
  }

  private lit(id: string | null): { layer: "proposals"; key: "id"; value: string } | null {
    return id === null ? null : { layer: "proposals", key: "id", value: id };
  }

  private async join(proposal: Proposal, id: string | null): Promise<void> {
    if (id === null) return void this.say("join.none");
    try {
      const other = await readProposal(id);
      const one = lineOf(proposal)!, line = lineOf(other), joined = line && joinLines(one, line);
      if (other.properties.editable === false) return void this.say("join.not_allowed");
      if (other.properties.work_type !== proposal.properties.work_type) return void this.say("join.other_type");
      if (!line || !joined) return void this.say("join.apart");
      const [kept, gone] = length(one) >= length(line) ? [proposal, other] : [other, proposal];
      const draft = joinedDraft(kept, gone, joined);
      const description = [kept.properties.description, gone.properties.description, word("join.from", { title: gone.properties.title })].filter(Boolean).join("\n").slice(0, 4000);
      await this.carryOut(kept.properties.id, "join.done", () => this.operations.join(kept, { ...draft, fields: { ...draft.fields, description } }, gone));
    } catch (error) {
      this.failed(error, id);
    }
  }

  private async carryOut(id: string, told: string, run: () => Promise<void>): Promise<void> {
    this.tools.release();
    try {
      await run();
      toast(word(told), null, 8);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.failed(error, id);
    }
  }
}

// What splitting and joining mean for assets: both parts say the same of themselves, and what an asset serves is shared by size.
// It knows nothing about the map or the press that says where (editor/parting.ts).
import { factFields, readFact, type FactFeature, type FactFields } from "../api/facts.ts";
import { nextTitle } from "../editor/next-title.ts";
import { bySize, type Sides } from "../editor/parts.ts";
import type { Sort } from "../editor/parting.ts";
import { shapeOf, toGeometry } from "../editor/shape.ts";
import type { Position } from "../geometry/geodesy.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { FactHand } from "./fact-hand.ts";
import type { FactOperations } from "./fact-operations.ts";

export class FactParts implements Sort<FactFeature> {
  readonly layer = "assets";

  constructor(private readonly hand: FactHand, private readonly operations: FactOperations,
    private readonly flush: () => Promise<boolean>, readonly failed: (error: unknown, id: string) => void) {}

  read(id: string): Promise<FactFeature> {
    return readFact("assets", id);
  }

  idOf(asset: FactFeature): string {
    return asset.id;
  }

  async saved(): Promise<FactFeature | null> {
    const { fact } = this.hand;
    if (fact?.noun !== "assets" || !fact.id) {
      toast(word("fact.select_saved"));
      return null;
    }
    const { id } = fact;
    if (!(await this.flush())) return null;
    try {
      return await this.read(id);
    } catch (error) {
      this.failed(error, id);
      return null;
    }
  }

  unlike(one: FactFeature, other: FactFeature): string {
    return one.properties.kind === other.properties.kind ? "" : "join.other_kind";
  }

  async split(asset: FactFeature, kind: "line" | "polygon", sides: Sides): Promise<void> {
    const { larger, smaller, share } = bySize(kind, sides), fields = factFields("assets", asset.properties);
    const { rest, part } = shared(fields, share);
    const name = typeof fields["name"] === "string" ? { name: nextTitle(fields["name"]) } : {};
    await this.operations.split("assets", asset, { geometry: larger, fields: rest }, { geometry: smaller, fields: { ...part, ...name } });
  }

  async join(kept: FactFeature, gone: FactFeature, line: readonly Position[]): Promise<void> {
    const fields = factFields("assets", kept.properties), served = [fields["capacity"], gone.properties["capacity"]];
    const capacity = served.filter((one) => typeof one === "number").reduce((sum, one) => sum + one, 0);
    const joined = { geometry: toGeometry(shapeOf("line", line)), fields: capacity > 0 ? { ...fields, capacity } : fields };
    await this.operations.join("assets", kept, joined, gone);
  }
}

/** The capacity in two that add up: whole households stay whole. */
function shared(fields: FactFields, share: number): { rest: FactFields; part: FactFields } {
  const { capacity } = fields;
  if (typeof capacity !== "number") return { rest: fields, part: fields };
  const step = Number.isInteger(capacity) ? 1 : 100, part = Math.round(capacity * share * step) / step;
  return { rest: { ...fields, capacity: Math.round((capacity - part) * step) / step }, part: { ...fields, capacity: part } };
}

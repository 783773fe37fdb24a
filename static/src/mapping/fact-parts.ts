// What splitting and joining mean for assets, and splitting for a kawasan: both parts say the same of themselves, and what an asset
// serves is shared by size.
// It knows nothing about the map or the press that says where (editor/parting.ts).
import { factFields, readFact, type FactFeature, type FactFields, type Noun } from "../api/facts.ts";
import { ApiProblem } from "../api/proposals.ts";
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

  /** Of assets, since only lines are joined. */
  read(id: string): Promise<FactFeature> {
    return readFact("assets", id);
  }

  idOf(asset: FactFeature): string {
    return asset.id;
  }

  async saved(): Promise<FactFeature | null> {
    const fact = await this.hand.ready();
    if (!fact?.id || (fact.noun !== "assets" && fact.noun !== "slum-areas")) {
      toast(word("fact.select_saved"));
      return null;
    }
    if (fact.noun === "slum-areas" && fact.base?.fields["level"] !== "kawasan") {
      toast(word("split.rt"), null, 8);
      return null;
    }
    const { id, noun } = fact;
    if (!(await this.flush())) return null;
    try {
      return await readFact(noun, id);
    } catch (error) {
      this.failed(error, id);
      return null;
    }
  }

  unlike(one: FactFeature, other: FactFeature): string {
    return one.properties.kind === other.properties.kind ? "" : "join.other_kind";
  }

  async split(thing: FactFeature, sides: Sides): Promise<void> {
    const noun: Noun = "level" in thing.properties ? "slum-areas" : "assets";
    const { larger, smaller, share } = bySize(sides), fields = factFields(noun, thing.properties);
    const { rest, part } = shared(fields, share);
    const name = typeof fields["name"] === "string" ? { name: nextTitle(fields["name"]) } : {};
    const code = noun === "slum-areas" ? { code: await freeCode(String(fields["code"])) } : {};
    await this.operations.split(noun, thing, { geometry: larger, fields: rest }, { geometry: smaller, fields: { ...part, ...name, ...code } });
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

/** The first code with a number behind it that no slum area has. */
async function freeCode(code: string): Promise<string> {
  for (let n = 2; ; n++) {
    try {
      await readFact("slum-areas", `${code}-${n}`);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return `${code}-${n}`;
      throw error;
    }
  }
}

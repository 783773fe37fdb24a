// Typed client of the weight sets' API: keep one.
// It knows nothing about forms or lists.
import { call } from "./proposals.ts";

export type Judgements =
  | { points: Record<string, number> }
  | { ranks: Record<string, number> }
  | { pairs: { a: string; b: string; times: number }[] };

/** participant null: agreed by the meeting. */
export interface WeightSet {
  kelurahan: string;
  name: string;
  method: string;
  judgements: Judgements;
  participant: string | null;
  met_on: string | null;
  place: string;
  men: number;
  women: number;
}

export async function keepWeightSet(body: WeightSet, key: string): Promise<{ id: string }> {
  return (await call("/api/v1/weight-sets", "POST", { "Idempotency-Key": key }, body)).json() as Promise<{ id: string }>;
}

// Which properties of a proposal a person may set.
// It knows nothing about requests or the page.
// Idea: what the server computes is never sent back, so that it stays computed.
import type { Fields, Properties } from "./proposals.ts";

const WRITABLE = ["title", "description", "work_type", "volume", "cost", "cost_reason", "is_paket", "funding", "readiness"] as const;

/** Of what the server tells, what a person may set; computed volume and cost stay computed. */
export function fieldsOf(properties: Properties & { volume_typed?: boolean; cost_typed?: boolean }): Fields {
  const kept: Record<string, unknown> = {};
  for (const name of WRITABLE) {
    if (name === "volume" && properties.volume_typed === false) continue;
    if (name === "cost" && properties.cost_typed === false) continue;
    if (properties[name] !== undefined && properties[name] !== null) kept[name] = properties[name];
  }
  return kept as Fields;
}

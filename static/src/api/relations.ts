// What is said of how two proposals hang together, as far as the editor says it by itself.
// It knows nothing about rules or forms.
import { ApiProblem, call } from "./proposals.ts";

/** Two of which a rule may think that they are the same are not; where it does not think so there is nothing to say. */
export async function notTwins(id: string, other: string, reason: string): Promise<void> {
  try {
    await call(`/api/v1/proposals/${id}/relations/${other}/duplicate`, "PUT", {}, { outcome: "dismissed", reason, version: 0 });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error; // nothing depends on it: the warning then stays until somebody answers it
  }
}

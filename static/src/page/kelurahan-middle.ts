// The middle of the kelurahan that the page is about: in its zone metres without one are meant.
// It knows nothing about coordinates as people write them.
import type { Position } from "../geometry/geodesy.ts";

/** null where the page has no bounds. */
export function kelurahanMiddle(): Position | null {
  const [west, south, east, north] = (document.body.dataset["kelurahanBounds"] ?? "").split(",").map(Number);
  return north === undefined ? null : [(west! + east!) / 2, (south! + north) / 2];
}

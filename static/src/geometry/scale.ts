// How many metres of ground a pixel of the web map shows.
// It stands apart from the rest of geodesy since it alone is needed before anything is drawn.

/** Metres on the ground for one CSS pixel of a web map. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (Math.cos((lat * Math.PI) / 180) * 40075016.686) / (256 * 2 ** zoom);
}

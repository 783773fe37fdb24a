// Place, zoom and selected object in the address after the #, so that a sent link opens the same view.
// It knows nothing about maps or panels.
// Idea: #zoom/lat/lng as OpenStreetMap writes it, further values after &.

export interface UrlState { zoom: number | null; lat: number; lng: number; values: Readonly<Record<string, string>> }

export function parseState(hash: string): UrlState {
  const [place = "", ...rest] = hash.replace(/^#/, "").split("&");
  const match = /^(\d{1,2})\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/.exec(place);
  const pairs = (match ? rest : [place, ...rest]).filter((part) => part.includes("="));
  const values = Object.fromEntries(pairs.map((part) => part.split("=", 2).map(decodeURIComponent) as [string, string]));
  if (!match) return { zoom: null, lat: 0, lng: 0, values };
  return { zoom: Number(match[1]), lat: Number(match[2]), lng: Number(match[3]), values };
}

export function writeState(zoom: number, lat: number, lng: number, values: Readonly<Record<string, string>>): string {
  const digits = Math.max(3, Math.min(6, Math.ceil(zoom / 3)));
  const tail = Object.entries(values).filter(([, value]) => value !== "").map(([key, value]) => `&${key}=${encodeURIComponent(value)}`);
  return `#${zoom}/${lat.toFixed(digits)}/${lng.toFixed(digits)}${tail.join("")}`;
}

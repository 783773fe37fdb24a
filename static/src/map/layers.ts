// Names, zoom limits and switches of the map's tile layers.
// It knows nothing about drawing or fetching; the order of drawing is the cartographer's, in painters.ts.
// Idea: one table for what the contract calls layers, so that switches, tiles and hit tests use the same words.

export const LAYERS = [
  "places", "buildings", "spatial-plan", "poverty", "slum-areas", "hazards", "waterways", "roads",
  "kelurahan", "rw", "rt", "city-programmes", "assets", "households", "proposals",
] as const;
export type LayerName = (typeof LAYERS)[number];

/** Base maps under all that is ours: the city's own file, and OpenStreetMap where there is internet. */
export type Ground = "file" | "osm";
export type SwitchName = "slums" | "proposals" | "assets" | "poverty" | "households" | "roads" | "buildings" | "water" | "zones" | "hazards" | "programmes" | "boundaries" | Ground;

export interface ZoomRange { min: number; max: number }

/** Zoom levels of the tiles (a map of 512 px tiles stands one level above). */
export const ZOOMS: Record<LayerName, ZoomRange> = {
  places: { min: 10, max: 17 }, buildings: { min: 15, max: 17 }, poverty: { min: 10, max: 17 }, "slum-areas": { min: 10, max: 17 },
  "spatial-plan": { min: 12, max: 17 }, hazards: { min: 12, max: 17 }, "city-programmes": { min: 12, max: 17 },
  waterways: { min: 10, max: 17 }, roads: { min: 10, max: 17 }, kelurahan: { min: 9, max: 17 }, rw: { min: 12, max: 17 },
  rt: { min: 15, max: 17 }, assets: { min: 14, max: 17 }, households: { min: 14, max: 17 }, proposals: { min: 10, max: 17 },
};

const SWITCHES: Record<Exclude<SwitchName, Ground>, readonly LayerName[]> = {
  slums: ["slum-areas"], proposals: ["proposals"], assets: ["assets"], poverty: ["poverty"], households: ["households"],
  roads: ["roads"], buildings: ["buildings"], water: ["waterways"], zones: ["spatial-plan"], hazards: ["hazards"], programmes: ["city-programmes"], boundaries: ["kelurahan", "rw", "rt"],
};

export function layersOf(name: SwitchName): readonly LayerName[] {
  return isGround(name) ? [] : SWITCHES[name];
}

export function isSwitch(name: string): name is SwitchName {
  return isGround(name) || name in SWITCHES;
}

export function isGround(name: string): name is Ground {
  return name === "osm" || name === "file";
}

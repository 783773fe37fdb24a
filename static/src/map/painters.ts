// The order in which layers are drawn over each other, fixed by the cartographer.
// It knows nothing about tiles, zooms or switches.
// Idea: land, homes, zones of the spatial plan, slum colour, floods, then water and roads over the colour (as in the mock), borders, at last the planning data.
import { paintAssetPoints } from "./asset-points.ts";
import type { Frame } from "./frame.ts";
import type { LayerName } from "./layers.ts";
import { paintBuildings, paintPlaces, paintRoads, paintWater } from "./style-base.ts";
import { paintKelurahan, paintRt, paintRw } from "./style-borders.ts";
import { paintAssets, paintHazards, paintHouseholds, paintKawasan, paintPoverty, paintProgrammes, paintProposals, paintSlums, paintZones } from "./style-planning.ts";

export const PAINTERS: readonly (readonly [LayerName, (frame: Frame) => void])[] = [
  ["places", paintPlaces], ["buildings", paintBuildings], ["spatial-plan", paintZones], ["poverty", paintPoverty], ["slum-areas", paintSlums], ["hazards", paintHazards],
  ["waterways", paintWater], ["roads", paintRoads], ["kelurahan", paintKelurahan], ["rw", paintRw], ["rt", paintRt], ["slum-areas", paintKawasan],
  ["city-programmes", paintProgrammes], ["assets", paintAssets], ["households", paintHouseholds], ["proposals", paintProposals], ["assets", paintAssetPoints],
];

// How the ground looks: greens, buildings by use, water, roads and alleys at their true width, rail.
// It knows nothing about proposals, slums or any data of planning.
// Idea: a quiet paper map in the manner of the mock, so that the planning data carries all the colour.
import { byZoom, fill, groupBy, numeric, stroke, strokePath, text, trace, trueWidth, type Frame } from "./frame.ts";
import type { TileFeature } from "./tile.ts";

const GREEN = new Set(["park", "field", "cemetery", "forest", "ricefield"]);

export function paintPlaces(frame: Frame): void {
  const areas = frame.tile.features.filter((feature) => feature.type === 3);
  const { tokens } = frame;
  fill(frame, areas.filter((feature) => GREEN.has(text(feature, "kind"))), tokens.green);
  fill(frame, areas.filter((feature) => !GREEN.has(text(feature, "kind"))), tokens.paper, 0.7);
}

export function paintBuildings(frame: Frame): void {
  const { tokens } = frame;
  const homes: TileFeature[] = [], others: TileFeature[] = [];
  for (const feature of frame.tile.features) (text(feature, "use") === "house" ? homes : others).push(feature);
  const edge = byZoom(frame.zoom, [[15, 0], [16, 0.4], [18, 0.8]]);
  fill(frame, homes, tokens.building);
  fill(frame, others, tokens["building-edge"]);
  if (edge > 0) {
    stroke(frame, homes, { colour: tokens["building-edge"], width: edge });
    stroke(frame, others, { colour: tokens["road-edge"], width: edge });
  }
}

export function paintWater(frame: Frame): void {
  const { tokens } = frame;
  fill(frame, frame.tile.features.filter((feature) => feature.type === 3), tokens.water);
  for (const feature of frame.tile.features) {
    if (feature.type !== 2) continue;
    const least = text(feature, "kind") === "drain" ? byZoom(frame.zoom, [[14, 0.4], [18, 1.4]]) : byZoom(frame.zoom, [[12, 1], [18, 3]]);
    stroke(frame, [feature], { colour: tokens.water, width: trueWidth(frame, numeric(feature, "width_m"), least) });
  }
}

interface RoadStyle { least: readonly (readonly [number, number])[]; usual_m: number; casing: boolean; from: number }

const ROADS: Readonly<Record<string, RoadStyle>> = {
  path: { least: [[15, 0.5], [18, 1.5]], usual_m: 1, casing: false, from: 16 },
  gang: { least: [[15, 0.7], [17, 2.2], [18, 3]], usual_m: 1.5, casing: false, from: 15 },
  local: { least: [[13, 0.6], [15, 2], [17, 5]], usual_m: 4, casing: true, from: 13 },
  collector: { least: [[11, 0.7], [14, 2.6], [17, 9]], usual_m: 8, casing: true, from: 11 },
  main: { least: [[10, 0.9], [14, 3.6], [17, 11]], usual_m: 12, casing: true, from: 9 },
};

function widths(frame: Frame, features: readonly TileFeature[], style: RoadStyle): Map<number, TileFeature[]> {
  const groups = new Map<number, TileFeature[]>();
  const least = byZoom(frame.zoom, style.least);
  for (const feature of features) {
    const width = Math.round(trueWidth(frame, numeric(feature, "width_m") ?? style.usual_m, least) * 2) / 2;
    groups.set(width, [...(groups.get(width) ?? []), feature]);
  }
  return groups;
}

export function paintRoads(frame: Frame): void {
  const { tokens } = frame;
  const classes = groupBy(frame.tile.features, "class");
  const drawn = Object.entries(ROADS).filter(([, style]) => frame.zoom >= style.from)
    .map(([name, style]) => ({ style, groups: widths(frame, classes.get(name) ?? [], style) }));
  for (const { style, groups } of drawn) {
    if (!style.casing && frame.zoom < 17) continue;
    for (const [width, features] of groups) stroke(frame, features, { colour: tokens["road-edge"], width: width + (style.casing ? 2.4 : 1.2) });
  }
  for (const { groups } of drawn) for (const [width, features] of groups) stroke(frame, features, { colour: tokens.road, width });
  paintRail(frame, classes.get("rail") ?? []);
}

function paintRail(frame: Frame, features: readonly TileFeature[]): void {
  if (features.length === 0) return;
  const { tokens, ctx } = frame;
  const width = byZoom(frame.zoom, [[11, 1.2], [15, 3], [18, 5]]);
  trace(frame, features);
  strokePath(ctx, { colour: tokens["ink-3"], width, alpha: 0.55 });
  if (frame.zoom >= 14) strokePath(ctx, { colour: tokens.paper, width: width - 1.6, dash: [8, 8] });
}

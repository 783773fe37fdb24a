// How the data of planning looks in the tiles: zones, slum grades, poverty, assets, households, proposals.
// It knows nothing about the symbols and names above the tiles (overlay.ts draws those once for the whole view).
// Idea: class by colour and by pattern together, so that print, photocopies and colour-blind eyes keep it.
import { byZoom, fill, groupBy, hatch, numeric, stroke, strokePath, text, type Frame } from "./frame.ts";
import { alongLine, lineLength } from "../geometry/plane.ts";
import { CONDITION, POVERTY, ZONES, type TokenName, type Tokens } from "./tokens.ts";
import type { TileFeature } from "./tile.ts";

const GRADES: readonly (readonly [string, TokenName, string])[] = [
  ["none", "grade-0", "#b5bfbb"], ["light", "grade-1", "#c59a3f"], ["medium", "grade-2", "#a8683a"], ["heavy", "grade-3", "#7d2720"],
];

const FLOOD = "#1f6fb2";
const KAWASAN = "kawasan";

export function paintSlums(frame: Frame): void {
  const groups = groupBy(frame.tile.features, (feature) => (text(feature, "level") === KAWASAN ? KAWASAN : frame.grades.get(text(feature, "code")) ?? text(feature, "grade")));
  for (const [grade, token] of GRADES) {
    const features = groups.get(grade) ?? [];
    if (grade === "none") continue;
    const colour = grade === "heavy" ? hatch(frame.ctx, "#8f2f28", frame.tokens[token]) : frame.tokens[token];
    fill(frame, features, colour, grade === "heavy" ? 0.74 : 0.62);
  }
  for (const [grade, , edge] of GRADES) {
    const width = grade === "none" ? 0.8 : byZoom(frame.zoom, [[12, 0.4], [15, 1.1], [17, 1.5]]);
    stroke(frame, groups.get(grade) ?? [], { colour: edge, width, alpha: grade === "none" ? 0.35 : 0.6 });
  }
}

/** A kawasan is told by its outline only, above roads and borders: its RT carry the colours. */
export function paintKawasan(frame: Frame): void {
  const kawasan = frame.tile.features.filter((feature) => text(feature, "level") === KAWASAN), around = byZoom(frame.zoom, [[12, 1.6], [16, 3]]);
  stroke(frame, kawasan, { colour: frame.tokens.paper, width: around + 2, alpha: 0.8 });
  stroke(frame, kawasan, { colour: "#7d2720", width: around, dash: [10, 5] });
}

export function paintPoverty(frame: Frame): void {
  for (const feature of frame.tile.features) {
    const step = numeric(feature, "class");
    if (step === null) {
      fill(frame, [feature], frame.tokens["grade-0"], 0.6);
      stroke(frame, [feature], { colour: frame.tokens["ink-3"], width: 1, dash: [1.5, 3.5], alpha: 0.8 });
      continue;
    }
    fill(frame, [feature], POVERTY[Math.max(0, Math.min(4, step))]!, 0.55);
    stroke(frame, [feature], { colour: frame.tokens.paper, width: 1, alpha: 0.8 });
  }
}

export function paintZones(frame: Frame): void {
  for (const [look, features] of groupBy(frame.tile.features, "look")) {
    const colour = ZONES[look];
    // Hatched, not filled: the yellow of housing would pass for the lightest slum grade.
    fill(frame, features, hatch(frame.ctx, colour ?? frame.tokens["ink-3"], null, 8, colour ? 3 : 1.2), 0.75);
    stroke(frame, features, { colour: colour ?? frame.tokens["ink-3"], width: 2 });
  }
}

/** Hatched in the blue of floods, so that the slum grade below is still read. */
export function paintHazards(frame: Frame): void {
  fill(frame, frame.tile.features, hatch(frame.ctx, FLOOD, null, 8, 1.5), 0.8);
  stroke(frame, frame.tile.features, { colour: FLOOD, width: 1.2 });
}

const PROGRAMME = "#6b3fa0";

/** Works of the city: dashed in a colour of their own, a point as a ring. */
export function paintProgrammes(frame: Frame): void {
  const { ctx, k, dx, dy, tile: { features } } = frame;
  stroke(frame, features, { colour: frame.tokens.paper, width: 6, alpha: 0.8 });
  stroke(frame, features, { colour: PROGRAMME, width: 3, dash: [9, 5] });
  ctx.beginPath();
  for (const { type, parts } of features) {
    for (const [x = 0, y = 0] of type === 1 ? parts : []) {
      ctx.moveTo(x * k + dx + 7, y * k + dy);
      ctx.arc(x * k + dx, y * k + dy, 7, 0, 2 * Math.PI);
    }
  }
  strokePath(ctx, { colour: PROGRAMME, width: 3 });
}

const LINED = new Set([2, 3]);

export function paintAssets(frame: Frame): void {
  const features = frame.tile.features.filter((feature) => LINED.has(feature.type));
  const width = byZoom(frame.zoom, [[14, 0.7], [16, 1.6], [18, 3]]);
  const alpha = byZoom(frame.zoom, [[14, 0.4], [17, 1]]);
  for (const [condition, group] of groupBy(features, "condition")) {
    const colour = CONDITION[condition]?.colour ?? frame.tokens["ink-3"];
    const lines = group.filter((feature) => feature.type === 2);
    fill(frame, group.filter((feature) => feature.type === 3), colour, 0.14);
    stroke(frame, group.filter((feature) => feature.type === 3), { colour, width: 1.2, alpha });
    stroke(frame, lines, { colour: frame.tokens.paper, width: width + 1.6, alpha: 0.7 * alpha });
    const dash = condition === "broken" ? [5, 4] : condition === "heavy_damage" ? [9, 3] : undefined;
    stroke(frame, lines, { colour, width, alpha, ...(dash ? { dash } : {}) });
    if (frame.zoom >= 16) for (const line of lines) if (text(line, "kind").startsWith("drain")) paintFlow(frame, line, colour);
  }
}

/** Arrow heads in the direction of the vertices: downstream is last. */
function paintFlow(frame: Frame, feature: TileFeature, colour: string): void {
  const { ctx, k, dx, dy, size } = frame;
  ctx.fillStyle = colour;
  for (const part of feature.parts) {
    const total = lineLength(part) * k;
    const count = Math.floor(total / 90) || (total > 26 ? 1 : 0);
    for (let i = 0; i < count; i++) {
      const at = alongLine(part, (total * (i + 0.5)) / count / k);
      const x = at.x * k + dx, y = at.y * k + dy;
      if (x < 0 || y < 0 || x > size || y > size) continue;
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(at.angle);
      ctx.beginPath();
      ctx.moveTo(5, 0);
      ctx.lineTo(-3.5, -4);
      ctx.lineTo(-3.5, 4);
      ctx.closePath();
      ctx.fill();
      ctx.restore();
    }
  }
}

export function paintHouseholds(frame: Frame): void {
  const { ctx, k, dx, dy, tokens } = frame;
  const radius = byZoom(frame.zoom, [[14, 1], [17, 1.8], [18, 2.6], [20, 4]]);
  for (const poor of [false, true]) {
    ctx.fillStyle = poor ? "#6d2f7f" : tokens["ink-3"];
    ctx.globalAlpha = poor ? 0.9 : 0.45;
    ctx.beginPath();
    for (const feature of frame.tile.features) {
      if (isPoor(feature) !== poor) continue;
      for (const part of feature.parts) {
        const x = part[0]! * k + dx, y = part[1]! * k + dy;
        ctx.moveTo(x + radius, y);
        ctx.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

function isPoor(feature: TileFeature): boolean {
  const decile = numeric(feature, "decile");
  return decile !== null && decile <= 4;
}

const PILLARS: Readonly<Record<string, TokenName>> = { environment: "daya-env", social: "daya-soc", economic: "daya-eco" };

function pillarColour(pillar: string, tokens: Tokens): string {
  return tokens[PILLARS[pillar] ?? "ink-2"];
}

export function colourOf(style: StateStyle, pillar: string, tokens: Tokens): string {
  return style.colour ?? (style.grey ? tokens["ink-3"] : pillarColour(pillar, tokens));
}

export interface StateStyle { dash?: readonly number[]; double?: boolean; filled: boolean; grey?: boolean; faded?: boolean; glyph: string; colour?: string; ink?: string }

/** Lightness steps of the accent for the years of a plan; the numeral stands in the symbol. */
const YEARS: readonly (readonly [string, string])[] = [["#085750", "#fff"], ["#1f8a7e", "#fff"], ["#8fd3c8", "#0b2f2b"]];

/** How much of a work is left to see that the shown plan does not decide on: under way, done, or of other kelurahan. */
export const FADED = 0.45;

/** The look of a proposal: by state, or while a plan is shown by its year (0: the plan leaves it out); others fade. */
export function lookOf(feature: Pick<TileFeature, "properties">, years: ReadonlyMap<string, number>): StateStyle {
  const state = stateStyle(text(feature, "state"));
  if (years.size === 0) return state;
  const year = years.get(text(feature, "id"));
  if (year === undefined) return { ...state, faded: true };
  if (!year) return { filled: false, grey: true, glyph: "" };
  const [colour, ink] = YEARS[(year - 1) % YEARS.length]!;
  return { filled: true, glyph: String(year), colour, ink };
}

/** Outline and glyph by state: never colour alone. */
function stateStyle(state: string): StateStyle {
  const styles: Readonly<Record<string, StateStyle>> = {
    draft: { dash: [2, 5], filled: false, glyph: "" },
    submitted: { dash: [8, 5], filled: false, glyph: "" },
    verified: { dash: [14, 4], filled: false, glyph: "✓" },
    under_review: { dash: [14, 4], filled: false, glyph: "?" },
    returned: { dash: [8, 5], filled: false, glyph: "!" },
    approved: { filled: true, glyph: "" },
    funded: { filled: true, glyph: "Rp" },
    under_construction: { double: true, filled: true, glyph: "" },
    completed: { filled: true, glyph: "✓" },
    rejected: { dash: [3, 4], filled: false, grey: true, glyph: "✕" },
    withdrawn: { dash: [3, 4], filled: false, grey: true, glyph: "✕" },
  };
  return styles[state] ?? styles["draft"]!;
}

export function paintProposals(frame: Frame): void {
  const width = byZoom(frame.zoom, [[12, 2], [15, 3.2], [18, 5]]);
  const { tokens } = frame;
  for (const feature of frame.tile.features) {
    if (feature.type === 1 || frame.hidden.has(text(feature, "id"))) continue;
    const style = lookOf(feature, frame.years);
    const colour = colourOf(style, text(feature, "pillar"), tokens);
    const alpha = style.faded ? FADED : 1;
    if (feature.type === 3) fill(frame, [feature], style.filled ? colour : hatch(frame.ctx, colour, null, 8, 1), alpha * (style.filled ? 0.3 : 0.5));
    else stroke(frame, [feature], { colour: tokens.paper, width: width + 3.2, alpha: 0.9 });
    const line = feature.type === 3 ? Math.max(1.6, width * 0.55) : width;
    stroke(frame, [feature], { colour, alpha, width: line, ...(style.dash ? { dash: style.dash, cap: style.dash[0]! <= 2 ? "round" : "butt" } : {}) });
    if (style.double) stroke(frame, [feature], { colour: tokens.paper, width: line * 0.4 });
  }
}

// The page's colours as the map needs them, read from CSS custom properties.
// It knows nothing about what is drawn with them.
// Idea: one palette for page and canvas, so that dark mode and print change both at once.

const NAMES = [
  "ink", "ink-2", "ink-3", "line", "paper", "ground", "accent", "accent-ink", "warn", "bad",
  "grade-0", "grade-1", "grade-2", "grade-3", "daya-env", "daya-soc", "daya-eco",
  "water", "road", "road-edge", "building", "building-edge", "block", "green",
] as const;
export type TokenName = (typeof NAMES)[number];
export type Tokens = Readonly<Record<TokenName, string>> & { readonly font: string; readonly dark: boolean };

/** Condition good, light damage, heavy damage, broken: a scale that survives colour blindness. */
export const CONDITION: Readonly<Record<string, { colour: string; glyph: string }>> = {
  good: { colour: "#2166ac", glyph: "✓" },
  light_damage: { colour: "#67a9cf", glyph: "–" },
  heavy_damage: { colour: "#dfb57e", glyph: "!" },
  broken: { colour: "#8c510a", glyph: "✕" },
};

/** Five steps of cividis, light (few) to dark (many). */
export const POVERTY: readonly string[] = ["#fde737", "#c6b866", "#8b8b78", "#58626f", "#1d3a6c"];

/** Zones of the spatial plan, in the colours that plans have (yellow housing, red trade, green, cyan banks); else hatched. */
export const ZONES: Readonly<Record<string, string>> = {
  housing: "#f2cf3a", trade: "#e4636b", service: "#b98a5a",
  green: "#5aa843", farm: "#bcd35f", protected: "#16b3b3",
  industry: "#8f7cc0", transport: "#98a09c", water: "#7db7d8",
};

export function readTokens(root: Element): Tokens {
  const style = getComputedStyle(root);
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || "#888"] as const);
  const paper = style.getPropertyValue("--paper").trim();
  return {
    ...(Object.fromEntries(entries) as Record<TokenName, string>),
    font: style.getPropertyValue("--font").trim() || "system-ui, sans-serif",
    dark: luminance(paper) < 0.4,
  };
}

/** Rough lightness 0…1 of a #rrggbb or #rgb colour. */
export function luminance(colour: string): number {
  const hex = colour.replace("#", "");
  const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  const value = Number.parseInt(full.slice(0, 6), 16);
  if (Number.isNaN(value)) return 1;
  return (0.3 * (value >> 16) + 0.59 * ((value >> 8) & 255) + 0.11 * (value & 255)) / 255;
}

/** Call back when the theme changes: by the system or by the page's switch (data-theme on <html>). */
export function onThemeChange(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
}

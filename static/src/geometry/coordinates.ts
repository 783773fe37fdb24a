// Coordinates as people type and paste them, read as a place in Indonesia: decimal degrees, degrees-minutes-seconds, UTM.
// It knows nothing about fields, the map or words; it says which fault it found.
// Idea: letters decide which number is which; without letters only one order lies in Indonesia, and what lies nowhere there
// is refused, since a swapped or signless pair would otherwise become a place in the sea.
import { fromUtm, utm, type Position } from "./geodesy.ts";

export type PlaceFault = "format" | "minutes" | "pair" | "zone" | "outside";
export type Read = { place: Position; swapped: boolean } | { fault: PlaceFault };

const WEST = 94, EAST = 142, SOUTH = -12, NORTH = 7;
/** Utara, selatan, timur, barat; LU, LS, BT, BB as in atlases; N, S, E, W. */
const SIGNS: Readonly<Record<string, { axis: "lat" | "lng"; sign: 1 | -1 }>> = {
  N: { axis: "lat", sign: 1 }, U: { axis: "lat", sign: 1 }, LU: { axis: "lat", sign: 1 }, S: { axis: "lat", sign: -1 }, LS: { axis: "lat", sign: -1 },
  E: { axis: "lng", sign: 1 }, T: { axis: "lng", sign: 1 }, BT: { axis: "lng", sign: 1 }, W: { axis: "lng", sign: -1 }, B: { axis: "lng", sign: -1 }, BB: { axis: "lng", sign: -1 },
};
const LETTERS = "L[US]|B[TB]|[NSEWUTB]";
const NUMBER = "\\d+(?:[.,]\\d+)?";
const SIZE = `([-+]?)(${NUMBER})\\s*°?(?:\\s*(${NUMBER})\\s*')?(?:\\s*(${NUMBER})\\s*")?`;
const BETWEEN = `(?:\\s*[;,]\\s*|\\s+|(?<=[A-Z°'"]))`;
const LETTER_FIRST = new RegExp(`^(${LETTERS})\\s*${SIZE}${BETWEEN}(${LETTERS})\\s*${SIZE}$`);
const LETTER_LAST = new RegExp(`^${SIZE}(?:\\s*(${LETTERS}))?${BETWEEN}${SIZE}(?:\\s*(${LETTERS}))?$`);
const METRES = "\\d{1,3}(?:[.,]\\d{3})+(?:[.,]\\d{1,2})?|\\d{5,8}(?:[.,]\\d+)?";
const PAIR = `(${METRES})\\s*M?\\s*([EN])?[\\s,;]+(${METRES})\\s*M?\\s*([EN])?$`;
const UTM = new RegExp(`^(?:UTM\\s*)?(?:ZON[AE]\\s*)?(\\d{1,2})\\s*([A-Z])?[\\s,;:]+${PAIR}`);
const UTM_HERE = new RegExp(`^(?:UTM\\s*)?${PAIR}`);

interface Angle { value: number; axis: "lat" | "lng" | null }

/** Does this look like coordinates at all, or like a name? */
export function looksLikePlace(text: string): boolean {
  return !/[a-z]{3,}/i.test(text.replace(/utm|zon[ae]/i, "")) && (text.match(/\d+/g) ?? []).length > 1 && /[.,;°\s]/.test(text.trim()) && !/^rw|^rt/i.test(text.trim());
}

/** near: where metres without a zone are meant; without it they are not understood. */
export function readPlace(text: string, near: Position | null = null): Read {
  const clean = text.trim().toUpperCase().replace(/[º˚]/g, "°").replace(/[′’‘´`]/g, "'").replace(/[″”“]|''/g, '"').replace(/[−–]/g, "-")
    .replace(/^[([{]|[)\]}]$/g, "").trim();
  const read = readUtm(clean) ?? readAngles(clean);
  if (near && !(read && "place" in read)) return readUtmNear(clean, near) ?? read ?? { fault: "format" };
  return read ?? { fault: "format" };
}

function readUtm(text: string): Read | null {
  const found = UTM.exec(text);
  if (!found) return null;
  const zone = Number(found[1]), band = found[2] ?? "";
  if (zone < 46 || zone > 54 || !/^[C-HJ-NP-X]$/.test(band)) return { fault: "zone" };
  // S stands for south, as on Indonesian sheets; as a band letter it would lie in the Mediterranean.
  const south = band === "S" || band < "N";
  return readMetres(found.slice(3), { zone, south });
}

/** Eastings and northings as sheets of one city have them, in the zone of that city. */
function readUtmNear(text: string, [lng, lat]: Position): Read | null {
  const found = UTM_HERE.exec(text);
  return found && readMetres(found.slice(1), { zone: utm(lng, lat).zone, south: lat < 0 });
}

function readMetres([one, oneSide, other, otherSide]: (string | undefined)[], grid: { zone: number; south: boolean }): Read {
  const values = [metres(one!), metres(other!)];
  const swapped = oneSide === "N" || otherSide === "E" || (!oneSide && !otherSide && values[0]! > 1e6 && values[1]! < 1e6);
  const [easting, northing] = swapped ? [values[1]!, values[0]!] : [values[0]!, values[1]!];
  if (easting < 1e5 || easting > 9e5 || northing > 1e7) return { fault: "outside" };
  return inside(fromUtm({ ...grid, easting, northing }), swapped);
}

/** "702.178,12", "702,178" and "702178.5" in metres. */
function metres(text: string): number {
  const grouped = /^(\d{1,3}(?:[.,]\d{3})+)([.,]\d{1,2})?$/.exec(text);
  if (!grouped) return Number(text.replace(",", "."));
  return Number(grouped[1]!.replace(/[.,]/g, "") + (grouped[2] ?? "").replace(",", "."));
}

function readAngles(text: string): Read | null {
  const first = LETTER_FIRST.exec(text), last = first ? null : LETTER_LAST.exec(text);
  if (!first && !last) return null;
  const [one, other] = first ? [angle(first.slice(2, 6), first[1]), angle(first.slice(7, 11), first[6])]
    : [angle(last!.slice(1, 5), last![5]), angle(last!.slice(6, 10), last![10])];
  if (!one || !other) return { fault: "minutes" };
  if (one.axis && one.axis === other.axis) return { fault: "pair" };
  if (one.axis || other.axis) {
    const swapped = one.axis === "lng" || other.axis === "lat";
    return inside(swapped ? [one.value, other.value] : [other.value, one.value], swapped);
  }
  const named = inside([other.value, one.value], false);
  return "place" in named ? named : inside([one.value, other.value], true);
}

/** Degrees with their sign; null if 60 minutes or seconds are written. */
function angle([sign, degrees, minutes, seconds]: (string | undefined)[], letter: string | undefined): Angle | null {
  const [deg, min, sec] = [degrees, minutes, seconds].map((one) => Number((one ?? "0").replace(",", ".")));
  const side = SIGNS[letter ?? ""];
  if (min! >= 60 || sec! >= 60) return null;
  const size = deg! + min! / 60 + sec! / 3600;
  return { value: size * (side ? side.sign : sign === "-" ? -1 : 1), axis: side?.axis ?? null };
}

function inside(place: Position, swapped: boolean): Read {
  const [lng, lat] = place;
  return lng >= WEST && lng <= EAST && lat >= SOUTH && lat <= NORTH ? { place, swapped } : { fault: "outside" };
}

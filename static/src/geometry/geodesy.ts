// Lengths, areas and coordinate notations of places on the earth, for live labels while drawing.
// It knows nothing about screens; the server's figures (UTM, exact) replace these as soon as they arrive.
// Idea: haversine and Chamberlain-Duquette area on the authalic sphere (within 0.5 %), Krueger series for UTM.

export type Position = readonly [lng: number, lat: number];

const R = 6371008.8;
const rad = Math.PI / 180;

export function distance(a: Position, b: Position): number {
  const dLat = (b[1] - a[1]) * rad, dLng = (b[0] - a[0]) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(dLng / 2) ** 2;
  return 2 * R * Math.asin(Math.min(1, Math.sqrt(h)));
}

export function length(line: readonly Position[]): number {
  return line.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(line[i - 1]!, point)), 0);
}

/** Compass bearing in degrees (0…360, clockwise from north) of the way from a to b, at a. */
export function bearing(a: Position, b: Position): number {
  const dLng = (b[0] - a[0]) * rad, from = a[1] * rad, to = b[1] * rad;
  const east = Math.sin(dLng) * Math.cos(to), north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(dLng);
  return (Math.atan2(east, north) / rad + 360) % 360;
}

/** The place so many metres away in that direction (degrees clockwise from north). */
export function destination(from: Position, degrees: number, metres: number): Position {
  const way = metres / R, turn = degrees * rad, lat = from[1] * rad;
  const to = Math.asin(Math.sin(lat) * Math.cos(way) + Math.cos(lat) * Math.sin(way) * Math.cos(turn));
  const east = Math.atan2(Math.sin(turn) * Math.sin(way) * Math.cos(lat), Math.cos(way) - Math.sin(lat) * Math.sin(to));
  return [from[0] + east / rad, to / rad];
}

/** Of the four directions at right angles to one, that nearest to another (degrees). */
export function squared(along: number, towards: number): number {
  return (((along + Math.round((towards - along) / 90) * 90) % 360) + 360) % 360;
}

/** Area in square metres of a ring (closed or not). */
export function area(ring: readonly Position[]): number {
  if (ring.length < 3) return 0;
  let sum = 0;
  ring.forEach((point, i) => {
    const next = ring[(i + 1) % ring.length]!;
    sum += (next[0] - point[0]) * rad * (2 + Math.sin(point[1] * rad) + Math.sin(next[1] * rad));
  });
  return Math.abs((sum * R * R) / 2);
}

export interface Utm { zone: number; south: boolean; easting: number; northing: number }

const a = 6378137, f = 1 / 298.257223563, n = f / (2 - f);
const A = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const e = (2 * Math.sqrt(n)) / (1 + n);
const K0 = 0.9996;

/** UTM of a place on WGS 84 (series to n^3: below a millimetre within a zone). */
export function utm(lng: number, lat: number): Utm {
  const zone = Math.min(60, Math.max(1, Math.floor((lng + 180) / 6) + 1));
  const alpha = [n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16, (13 * n ** 2) / 48 - (3 * n ** 3) / 5, (61 * n ** 3) / 240];
  const phi = lat * rad, lambda = (lng - (zone * 6 - 183)) * rad;
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + t * t));
  let x = eta, y = xi;
  alpha.forEach((value, i) => {
    const j = 2 * (i + 1);
    x += value * Math.cos(j * xi) * Math.sinh(j * eta);
    y += value * Math.sin(j * xi) * Math.cosh(j * eta);
  });
  const south = lat < 0;
  return { zone, south, easting: 500000 + K0 * A * x, northing: (south ? 10000000 : 0) + K0 * A * y };
}

/** The place of UTM coordinates (Karney 2011, eq. 11-21; the series to n^3, the latitude by Newton's steps). */
export function fromUtm({ zone, south, easting, northing }: Utm): Position {
  const beta = [n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96, n ** 2 / 48 + n ** 3 / 15, (17 * n ** 3) / 480];
  const x = (easting - 500000) / (K0 * A), y = (northing - (south ? 10000000 : 0)) / (K0 * A);
  let eta = x, xi = y;
  beta.forEach((value, i) => {
    const j = 2 * (i + 1);
    xi -= value * Math.sin(j * y) * Math.cosh(j * x);
    eta -= value * Math.cos(j * y) * Math.sinh(j * x);
  });
  const conformal = Math.sin(xi) / Math.hypot(Math.sinh(eta), Math.cos(xi));
  let tan = conformal;
  for (let i = 0; i < 5; i++) {
    const sigma = Math.sinh(e * Math.atanh((e * tan) / Math.hypot(1, tan)));
    const now = tan * Math.hypot(1, sigma) - sigma * Math.hypot(1, tan);
    tan += ((conformal - now) / Math.hypot(1, now)) * ((1 + (1 - e * e) * tan * tan) / ((1 - e * e) * Math.hypot(1, tan)));
  }
  return [zone * 6 - 183 + Math.atan2(Math.sinh(eta), Math.cos(xi)) / rad, Math.atan(tan) / rad];
}

/** 6°55′12,4″ S in the page's decimal mark. */
export function degreesMinutesSeconds(value: number, positive: string, negative: string, decimal = ","): string {
  const tenths = Math.round(Math.abs(value) * 36000);
  const degrees = Math.floor(tenths / 36000), minutes = Math.floor((tenths % 36000) / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, "0").replace(".", decimal);
  return `${degrees}°${String(minutes).padStart(2, "0")}′${seconds}″ ${value < 0 ? negative : positive}`;
}

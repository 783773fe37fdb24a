// The city's own base map out of one PMTiles file, for places without internet: pictures as they are, vector tiles drawn.
// It knows nothing about the switch that asks for it.
// Idea: the file is read in pieces by HTTP ranges, so no tile server is needed; vector tiles of the two usual schemas
// (Protomaps, OpenMapTiles) are given our own names and drawn by the painters of our own ground.
import * as L from "leaflet";
import { PMTiles, TileType, type Header } from "pmtiles";
import { metresPerPixel } from "../geometry/scale.ts";
import type { Frame } from "./frame.ts";
import { paintBuildings, paintPlaces, paintRoads, paintWater } from "./style-base.ts";
import { decodeTile } from "./tile-decode.ts";
import { Tile, type DecodedTile, type Properties } from "./tile.ts";
import { onThemeChange, readTokens } from "./tokens.ts";

const FILE = "/tiles/basemap.pmtiles";
const KEPT = 64;
const PICTURES: Partial<Record<TileType, string>> = { [TileType.Png]: "image/png", [TileType.Jpeg]: "image/jpeg", [TileType.Webp]: "image/webp", [TileType.Avif]: "image/avif" };

/** Rejects where the file is no PMTiles of version 3, or holds tiles that nobody here can draw. */
export async function fileLayer(): Promise<L.GridLayer> {
  const file = new PMTiles(FILE), header = await file.getHeader();
  const said = ((await file.getMetadata()) as { attribution?: string }).attribution ?? "";
  const attribution = new DOMParser().parseFromString(said, "text/html").body.textContent.replaceAll("<", "");
  const bounds = L.latLngBounds([header.minLat, header.minLon], [header.maxLat, header.maxLon]);
  const options: L.GridLayerOptions = { zIndex: 0, className: "base-file", attribution, bounds, maxZoom: 20 };
  const type = PICTURES[header.tileType];
  if (type) return new Pictures(file, type, { ...options, minNativeZoom: header.minZoom, maxNativeZoom: header.maxZoom });
  if (header.tileType === TileType.Mvt) return new Drawing(file, header, { ...options, tileSize: 512 });
  throw new Error(`tiles of type ${header.tileType}`);
}

class Pictures extends L.GridLayer {
  constructor(private readonly file: PMTiles, private readonly type: string, options: L.GridLayerOptions) {
    super(options);
  }

  protected override createTile({ z, x, y }: L.Coords, done: L.DoneCallback): HTMLElement {
    const picture = document.createElement("img");
    picture.alt = "";
    const over = (error?: unknown) => {
      URL.revokeObjectURL(picture.src);
      done(error instanceof Error ? error : undefined, picture);
    };
    picture.addEventListener("load", () => over());
    picture.addEventListener("error", () => over(new Error("picture")));
    this.file.getZxy(z, x, y).then((found) => {
      if (found) picture.src = URL.createObjectURL(new Blob([found.data], { type: this.type }));
      else over();
    }, over);
    return picture;
  }
}

class Drawing extends L.GridLayer {
  private readonly kept = new Map<string, Promise<Ground | null>>();

  constructor(private readonly file: PMTiles, private readonly header: Header, options: L.GridLayerOptions) {
    super(options);
    onThemeChange(() => this.redraw());
  }

  /** A map zoom stands one level above its tiles of 512 px; beyond the deepest one its part is drawn larger. */
  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas"), z = coords.z - 1;
    const levels = Math.max(0, z - this.header.maxZoom), mask = 2 ** levels - 1;
    this.ground(z - levels, coords.x >> levels, coords.y >> levels).then((ground) => {
      if (ground) paint(canvas, ground, coords, levels, [coords.x & mask, coords.y & mask]);
      done(undefined, canvas);
    }, (error: Error) => done(error, canvas));
    return canvas;
  }

  private ground(z: number, x: number, y: number): Promise<Ground | null> {
    const key = `${z}/${x}/${y}`;
    const found = this.kept.get(key) ?? this.file.getZxy(z, x, y).then((tile) => tile ? groundOf(tile.data) : null);
    this.kept.delete(key);
    this.kept.set(key, found);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    found.catch(() => this.kept.delete(key));
    return found;
  }
}

/** The ground by painter, with the words of our own tiles. */
type Ground = Readonly<Record<"places" | "water" | "buildings" | "roads", readonly DecodedTile[]>>;

const ROADS: Readonly<Record<string, string>> = {
  highway: "main", major_road: "main", motorway: "main", trunk: "main", primary: "main", medium_road: "collector", secondary: "collector",
  tertiary: "collector", minor_road: "local", minor: "local", service: "gang", track: "path", path: "path", other: "path", rail: "rail", transit: "rail",
};
const GREEN = /park|forest|wood|grass|garden|cemetery|farm|scrub|meadow|orchard|golf|pitch|nature|wetland/;

function groundOf(bytes: ArrayBuffer): Ground {
  const layers = (names: readonly string[], named: (kind: string) => Properties | null): DecodedTile[] => names.map((name) => new Tile(0, decodeTile(bytes, name))).map(({ extent, features }) => ({
    extent,
    features: features.flatMap((feature) => {
      const properties = named(String(feature.properties["kind"] ?? feature.properties["class"] ?? ""));
      return properties ? [{ type: feature.type, parts: feature.parts, properties }] : [];
    }),
  }));
  return {
    places: layers(["landcover", "landuse"], (kind) => GREEN.test(kind) ? { kind: "park" } : null),
    water: layers(["water", "waterway"], () => ({ kind: "river" })),
    buildings: layers(["buildings", "building"], () => ({ use: "house" })),
    roads: layers(["roads", "transportation"], (kind) => ROADS[kind] ? { class: ROADS[kind] } : null),
  };
}

function paint(canvas: HTMLCanvasElement, ground: Ground, coords: L.Coords, levels: number, [column, row]: readonly [number, number]): void {
  const size = 512, dpr = Math.min(3, window.devicePixelRatio || 1), side = size * 2 ** levels;
  canvas.width = canvas.height = size * dpr;
  const ctx = canvas.getContext("2d")!;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * (coords.y + 0.5) / 2 ** (coords.z - 1)))) * 180) / Math.PI;
  const common = {
    ctx, size, zoom: coords.z, mpp: metresPerPixel(lat, coords.z), tokens: readTokens(document.documentElement), dx: -column * size, dy: -row * size,
    focus: null, hidden: new Set<string>(), years: new Map<string, number>(), grades: new Map<string, string>(), borders: new Set<string>(),
  };
  const each = (tiles: readonly DecodedTile[], painter: (frame: Frame) => void) => tiles.forEach((tile) => painter({ ...common, tile, k: side / tile.extent }));
  each(ground.places, paintPlaces);
  each(ground.water, paintWater);
  each(ground.buildings, paintBuildings);
  each(ground.roads, paintRoads);
}

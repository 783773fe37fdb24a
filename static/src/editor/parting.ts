// Splitting the line in hand at a place, the area by a line, a shape of several parts into two, and joining two lines: what shows before the press, and doing it.
// It knows nothing about what is parted (a proposal, an asset) beyond its shape, nor how that is stored.
// Idea: both start from what the server has now, and each is one step of undo.
import type { Geometry } from "geojson";
import * as L from "leaflet";
import { ApiProblem } from "../api/proposals.ts";
import { length, type Position } from "../geometry/geodesy.ts";
import { alongLine, distanceToLine, lineLength } from "../geometry/plane.ts";
import type { LayerName } from "../map/layers.ts";
import type { MapPage } from "../page/map-page.ts";
import { number, word } from "../page/words.ts";
import { toast } from "../page/toast.ts";
import { crossHairPlace, prefersHair } from "./crosshair.ts";
import { cutArea } from "./cut-area.ts";
import { cutLine, joinLines, lineOf, type Sides } from "./parts.ts";
import { areaAt, areaOf, piecesOf, takeOut } from "./pieces.ts";
import { boundsOf, fromGeometry, shapeOf, type Shape } from "./shape.ts";
import type { Tools } from "./tools.ts";

/** A press counts so near (px) to the line. */
const NEAR = 24;

/** What splitting and joining mean for one sort of thing. */
export interface Sort<T extends { geometry: Geometry }> {
  readonly layer: LayerName;
  /** What is in hand as the server has it, or null after a word why not. */
  saved: () => Promise<T | null>;
  idOf: (thing: T) => string;
  read: (id: string) => Promise<T>;
  /** The key of a word that says why the two can never be one; empty if they can. */
  unlike: (one: T, other: T) => string;
  split: (thing: T, sides: Sides) => Promise<void>;
  join: (kept: T, gone: T, line: readonly Position[]) => Promise<void>;
  failed: (error: unknown, id: string) => void;
}

export class Parting<T extends { geometry: Geometry }> {
  constructor(private readonly page: MapPage, private readonly tools: Tools, private readonly sort: Sort<T>, private readonly changed: () => void) {}

  /** Ask for the place where the line in hand is split, the line that splits the area, or which of several parts is to stand alone. */
  async startSplitting(): Promise<void> {
    const thing = await this.sort.saved();
    if (!thing) return;
    const line = lineOf(thing), shape = fromGeometry(thing.geometry), pieces = piecesOf(shape);
    if (pieces.length > 1) this.askForPiece(thing, shape, pieces);
    else if (line) this.askForPlace(thing, line);
    else if (shape.kind === "polygon") this.askForKnife(thing, shape);
    else this.say("split.one_point");
  }

  private askForPlace(thing: T, line: readonly Position[]): void {
    this.tools.startPicking("split", word("split.press"), {
      look: (at) => this.showCut(line, at),
      press: (at) => {
        const cut = this.cutAt(line, at);
        if (cut) void this.split(thing, [shapeOf("line", cut.first), shapeOf("line", cut.second)]);
        else this.say("split.too_far");
      },
      left: () => this.tools.sketch.clear(),
    });
    if (prefersHair()) this.bringUnderHair(line);
    this.hint(line, "split.hint");
  }

  /** Its middle, where the cross-hair stands beside it. */
  private bringUnderHair(line: readonly Position[]): void {
    const { map } = this.page.view, hair = crossHairPlace(map);
    if (this.cutAt(line, hair)) return;
    const flat = line.flat(), { x, y } = alongLine(flat, lineLength(flat) / 2);
    map.panBy(this.point([x, y]).subtract(map.latLngToContainerPoint(hair)), { animate: false });
  }

  private askForKnife(thing: T, whole: Shape): void {
    this.tools.startDrawing("line", "split", {
      changed: () => undefined, steps: this.changed,
      finished: (shape) => {
        const sides = cutArea(whole.parts, shape.parts[0]!);
        if (sides) void this.split(thing, [areaOf(sides[0]), areaOf(sides[1])]);
        else this.say("split.across");
      },
    });
    if (prefersHair()) this.page.flyTo(boundsOf(whole)!, 19, { animate: false });
    this.say("split.hint_area");
  }

  private askForPiece(thing: T, shape: Shape, pieces: readonly Shape[]): void {
    const { sketch } = this.tools;
    this.tools.startPicking("split", word("split.press_piece"), {
      look: (at) => {
        const piece = pieces[this.pieceAt(shape, pieces, at)];
        sketch.show(shape, false);
        if (piece) sketch.beside(piece);
      },
      press: (at) => {
        const number = this.pieceAt(shape, pieces, at);
        if (number < 0) this.say("split.hint_piece");
        else void this.split(thing, takeOut(shape, number));
      },
      left: () => sketch.clear(),
    });
    sketch.show(shape, false);
    if (prefersHair()) this.page.flyTo(boundsOf(shape)!, 19, { animate: false });
    this.say("split.hint_piece");
  }

  /** The area under the pointer, or the line or point that is near enough; -1: none. */
  private pieceAt(shape: Shape, pieces: readonly Shape[], at: L.LatLng): number {
    if (shape.kind === "polygon") return areaAt(shape, [at.lng, at.lat]);
    const to = this.point([at.lng, at.lat]);
    const far = pieces.map(({ parts }) => distanceToLine(to.x, to.y, parts[0]!.flatMap((place) => [this.point(place).x, this.point(place).y])));
    const nearest = far.indexOf(Math.min(...far));
    return far[nearest]! <= NEAR ? nearest : -1;
  }

  /** Ask for the line that the one in hand is joined with. */
  async startJoining(): Promise<void> {
    const thing = await this.sort.saved();
    if (!thing) return;
    const line = lineOf(thing);
    if (!line) return this.say("edit.select_line");
    this.tools.startPicking("join", word("join.press"), {
      look: (at) => this.page.view.hover(this.lit(this.partners(at, thing)[0])),
      press: (at) => void this.join(thing, line, this.partners(at, thing)),
      left: () => {
        this.page.view.hover(null);
        this.tools.sketch.clear();
      },
    });
    this.hint(line, "join.hint");
  }

  private hint(line: readonly Position[], key: "split.hint" | "join.hint"): void {
    this.tools.sketch.show(shapeOf("line", line), false);
    this.tools.sketch.say("", word(key), prefersHair() ? null : this.point(line[0]!));
  }

  private say(key: string): void {
    toast(word(key));
  }

  private point([lng, lat]: Position): L.Point {
    return this.page.view.map.latLngToContainerPoint([lat, lng]);
  }

  private cutAt(line: readonly Position[], at: L.LatLng): ReturnType<typeof cutLine> {
    const cut = cutLine(line, [at.lng, at.lat]);
    const far = !cut || this.point(cut.at).distanceTo(this.point([at.lng, at.lat])) > NEAR;
    return far ? null : cut;
  }

  private showCut(line: readonly Position[], at: L.LatLng): void {
    const cut = this.cutAt(line, at), { sketch } = this.tools;
    sketch.show(shapeOf("line", line), false);
    if (cut) sketch.beside(shapeOf("line", length(cut.first) < length(cut.second) ? cut.first : cut.second));
    const metres = (part: readonly Position[]) => `${number(length(part), 1)} m`;
    const beside = prefersHair() ? null : this.point([at.lng, at.lat]);
    sketch.say(cut ? `${metres(cut.first)} + ${metres(cut.second)}` : "", cut ? word("split.parts") : word("split.hint"), beside);
  }

  private split(thing: T, sides: Sides): Promise<void> {
    return this.carryOut(this.sort.idOf(thing), "split.done", () => this.sort.split(thing, sides));
  }

  /** Other lines of the same layer under the pointer, the nearest first. */
  private partners(at: L.LatLng, thing: T): string[] {
    const own = this.sort.idOf(thing);
    return this.page.view.hits(at, prefersHair(), [this.sort.layer]).filter((hit) => hit.kind === 2 && hit.id !== own).map((hit) => hit.id);
  }

  private lit(id: string | undefined): { layer: LayerName; key: "id"; value: string } | null {
    return id === undefined ? null : { layer: this.sort.layer, key: "id", value: id };
  }

  /** Join with the nearest line pressed that can be one with this; where none can, say why the nearest cannot. */
  private async join(thing: T, line: readonly Position[], ids: readonly string[]): Promise<void> {
    let why = "";
    for (const id of ids) {
      try {
        const other = await this.sort.read(id), added = lineOf(other), joined = added && joinLines(line, added);
        const unlike = this.sort.unlike(thing, other);
        if (unlike || !added || !joined) {
          why ||= unlike || "join.apart";
          continue;
        }
        const [kept, gone] = length(line) >= length(added) ? [thing, other] : [other, thing];
        return await this.carryOut(this.sort.idOf(kept), "join.done", () => this.sort.join(kept, gone, joined));
      } catch (error) {
        return this.sort.failed(error, id);
      }
    }
    this.say(why || "join.none");
  }

  private async carryOut(id: string, told: string, run: () => Promise<void>): Promise<void> {
    this.tools.release();
    try {
      await run();
      toast(word(told), null, 8);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.sort.failed(error, id);
    }
  }
}

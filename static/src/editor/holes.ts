// Cutting a hole into the area in hand and filling one again: what shows before the press, and what becomes of the shape.
// It knows nothing about what has the shape (a proposal, an asset, a slum area) nor how that is stored.
// Idea: a hole is drawn like an area; one that cannot be is said at once, and the drawing stays to be mended.
import type * as L from "leaflet";
import type { MapPage } from "../page/map-page.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { prefersHair } from "./crosshair.ts";
import { cutHole, fill, holeAt, holesOf } from "./pieces.ts";
import { boundsOf, shapeOf, type Shape } from "./shape.ts";
import type { Tools } from "./tools.ts";

/** Whose shape it is: as it stands now (null after a word why not), and another one for it. */
export interface Holder { shape: () => Promise<Shape | null>; reshape: (shape: Shape) => Promise<void> }

export class Holes {
  constructor(private readonly page: MapPage, private readonly tools: Tools, private readonly holder: Holder, private readonly changed: () => void) {}

  async start(tool: "hole" | "fill"): Promise<void> {
    const shape = await this.holder.shape();
    if (!shape) return;
    if (shape.kind !== "polygon") return toast(word("hole.select_area"));
    if (tool === "hole") this.askForRing(shape);
    else this.askForHole(shape, holesOf(shape));
  }

  private askForRing(shape: Shape): void {
    this.tools.startDrawing("polygon", "hole", {
      changed: () => undefined, steps: this.changed,
      finished: (ring) => {
        const cut = cutHole(shape, ring.parts[0]!);
        if (cut) void this.become(cut, "hole.done");
        else toast(word("hole.inside"));
      },
    });
    this.underHair(shape);
    toast(word("hole.hint"));
  }

  private askForHole(shape: Shape, holes: readonly number[]): void {
    if (holes.length === 0) return toast(word("hole.none"));
    if (holes.length === 1) return void this.become(fill(shape, holes[0]!), "hole.filled");
    const { sketch } = this.tools, under = (at: L.LatLng) => holeAt(shape, [at.lng, at.lat]);
    this.tools.startPicking("fill", word("hole.press"), {
      look: (at) => {
        const hole = under(at);
        sketch.show(hole < 0 ? null : shapeOf("polygon", shape.parts[hole]!), false);
      },
      press: (at) => {
        const hole = under(at);
        if (hole < 0) toast(word("hole.press_inside"));
        else void this.become(fill(shape, hole), "hole.filled");
      },
      left: () => sketch.clear(),
    });
    this.underHair(shape);
    toast(word("hole.press_inside"));
  }

  /** With a fixed cross-hair the area comes under it, since the sheet that was there left the map elsewhere. */
  private underHair(shape: Shape): void {
    if (prefersHair()) this.page.flyTo(boundsOf(shape)!, 19, { animate: false });
  }

  private async become(shape: Shape, told: "hole.done" | "hole.filled"): Promise<void> {
    this.tools.release();
    await this.holder.reshape(shape);
    toast(word(told), null, 8);
  }
}

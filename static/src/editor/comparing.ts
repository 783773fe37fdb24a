// Both shapes of a conflict on the map while its questions lie over the panel.
// It knows nothing about the questions.
// Idea: tools are put down and the stored shape is hidden, so that only the two versions are seen.
import type { MapPage } from "../page/map-page.ts";
import { isPhone } from "../page/sheet.ts";
import type { Stage } from "./conflict.ts";
import { boundsOf, type Shape } from "./shape.ts";
import type { Sketch } from "./sketch.ts";
import type { Work } from "./work.ts";

export class Comparing implements Stage {
  constructor(private readonly page: MapPage, private readonly sketch: Sketch, private readonly putDown: () => void) {}

  compare(work: Work, mine: Shape, theirs: Shape | null): void {
    this.putDown();
    this.page.view.hide(work.id!, true);
    this.sketch.show(mine, false);
    if (theirs) this.sketch.beside(theirs);
    if (isPhone()) this.page.sheet.set("half");
    const bounds = boundsOf({ ...mine, parts: [...mine.parts, ...(theirs?.parts ?? [])] });
    if (bounds) this.page.flyTo(bounds);
  }

  compared(work: Work): void {
    this.sketch.clear();
    this.page.view.hide(work.id!, false);
  }
}

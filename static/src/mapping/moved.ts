// Which proposals' scores a change of the facts moved: asked before the change, told after it.
// It knows nothing about what was changed; the server compares and words it.
import { call } from "../api/proposals.ts";
import type { MapPage } from "../page/map-page.ts";

let shared: Moved | null = null;

/** One for the page: facts and slum forms ask alike. */
export function movedOf(page: MapPage): Moved {
  return (shared ??= new Moved(page));
}

export class Moved {
  private before: Promise<unknown> | null = null;

  constructor(private readonly page: MapPage) {
    page.body.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-proposal-link]")?.dataset["proposalLink"];
      if (!id) return;
      event.preventDefault();
      page.body.dispatchEvent(new CustomEvent("open-proposal", { detail: id }));
    });
  }

  /** Scores as they are now, once until they are told. */
  remember(): void {
    this.before ??= call(this.page.resolve("panel/scores"), "GET").then((answer) => answer.json() as Promise<unknown>).catch(() => null);
  }

  /** Into the place for it in the panel, if that is still there. */
  async tell(): Promise<void> {
    const before = await this.before;
    this.before = null;
    const place = this.page.body.querySelector<HTMLElement>("[data-moved]");
    if (!before || !place) return;
    try {
      place.innerHTML = await (await call(this.page.resolve("panel/moved"), "POST", { Accept: "text/html" }, before)).text();
    } catch {
      place.replaceChildren(); // it is beside the point of the save, which was told already
    }
  }
}

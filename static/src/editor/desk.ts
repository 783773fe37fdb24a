// What the page asks of whoever has the tools: the desk of proposals, or that of self-mapping.
// It knows nothing about either.
import type { Tools } from "./tools.ts";

export interface Desk {
  readonly tools: Tools;
  /** A tool or command by the name it has in the tool bar, the panel and the table of keys. */
  use: (name: string) => Promise<void>;
  /** A button of the bar under a drawing. */
  drawBar: (action: string) => void;
  finish: () => void;
  /** One step out; false if there was nothing to leave. */
  escape: () => Promise<boolean>;
  /** A button of the panel. */
  action: (name: string, button: HTMLElement) => Promise<void>;
  save: () => Promise<void>;
  zoom: () => void;
  /** May the work in hand be left? Asks where something would be lost. */
  mayLeave: () => Promise<boolean>;
}

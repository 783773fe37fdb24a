// The options of drawing beside its bar: tracing, right angles, and the field for lengths, bearings, coordinates and GeoJSON.
// It knows nothing about the map; the drawing tool takes what is read.
// Idea: digits typed over the map land in the field, so that a surveyor reads off a tape and types without looking.
import { kelurahanMiddle } from "../page/kelurahan-middle.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { DrawTool } from "./draw-tool.ts";
import { readTyped } from "./typed.ts";

export type Option = "trace" | "right";

export class DrawEntry {
  private readonly form = document.querySelector<HTMLFormElement>("[data-draw-entry]");
  private readonly input = this.form?.querySelector("input") ?? null;
  private readonly error = this.form?.querySelector<HTMLElement>("[role=alert]") ?? null;

  constructor(private readonly tool: () => DrawTool | null, private readonly toMap: () => void) {
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.take();
    });
    this.input?.addEventListener("input", () => this.preview());
    this.input?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.clear();
      this.toMap();
    });
    document.addEventListener("paste", (event) => this.paste(event));
  }

  /** The next key lands in the field. */
  focus(): boolean {
    if (!this.tool() || !this.input) return false;
    this.input.focus();
    return true;
  }

  /** Fit for the tool just taken. */
  show(tool: DrawTool | null): void {
    this.clear();
    for (const button of document.querySelectorAll<HTMLButtonElement>("#drawbar [data-draw-option]")) {
      button.hidden = tool === null || tool.kind === "point";
      button.setAttribute("aria-pressed", String(tool?.aim[button.dataset["drawOption"] as Option] ?? false));
    }
  }

  private clear(): void {
    if (this.input) this.input.value = "";
    this.say("");
    this.tool()?.hold(null);
  }

  private say(words: string): void {
    if (this.error) this.error.textContent = words;
    this.input?.setAttribute("aria-invalid", String(words !== ""));
  }

  /** A length or bearing shows while it is typed. */
  private preview(): void {
    const tool = this.tool();
    this.say("");
    const typed = tool && this.input ? readTyped(this.input.value, tool.kind, kelurahanMiddle()) : null;
    tool?.hold(typed?.what === "segment" ? typed.held : null);
  }

  private paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!this.input || !this.tool() || text.trim() === "" || (event.target as Element).closest?.("input, textarea, [contenteditable]")) return;
    event.preventDefault();
    this.input.value = text.trim();
    this.take();
  }

  private take(): void {
    const tool = this.tool(), typed = tool && this.input ? readTyped(this.input.value, tool.kind, kelurahanMiddle()) : null;
    if (!tool || !typed) return this.toMap();
    if (typed.what === "fault") {
      this.say(word(typed.key, typed.values));
      this.input?.focus();
      return;
    }
    if (typed.what === "segment") {
      const refusal = tool.segment(typed.held);
      if (refusal) return this.say(word(refusal));
      if (typed.held.length === null) return this.toMap(); // the bearing holds until the next press
    } else if (typed.what === "place") tool.place(typed.place);
    else if (!tool.replace(typed.shape)) toast(word("geojson.taken"));
    if (this.tool() === tool) this.clear();
    this.toMap();
  }
}

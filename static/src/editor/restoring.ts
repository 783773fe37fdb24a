// Work of an earlier visit that is still on this device: offering it, and putting it back into a work and its form.
// It knows nothing about the map or the panel.
// Idea: after a crash or an empty battery the person presses one button and goes on.
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import type { Drafts, KeptDraft } from "./drafts.ts";
import { fillForm } from "./form.ts";
import { fromGeometry } from "./shape.ts";
import { kindsOf, Work } from "./work.ts";

export class Restoring {
  private pending: KeptDraft | null = null;

  constructor(private readonly drafts: Drafts) {}

  offer(open: (draft: KeptDraft) => void): void {
    const kept = this.drafts.all();
    const newest = kept[0];
    if (!newest) return;
    const look = () => document.getElementById("save-state")?.click();
    toast(word("draft.found", { n: kept.length }), kept.length > 1 ? { label: word("draft.look"), run: look } : { label: word("draft.open"), run: () => open(newest) }, 30);
  }

  /** Into the hand; its form gets what was typed. */
  bring(draft: KeptDraft): Work {
    this.pending = draft;
    return this.work(draft);
  }

  work(draft: KeptDraft): Work {
    const work = new Work(draft.id, draft.version, draft.workType, kindsOf(draft.geometryKinds));
    work.base = draft.base;
    work.key = draft.key;
    work.due = draft.due;
    work.left = draft.fields;
    work.shape = draft.geometry ? fromGeometry(draft.geometry) : null;
    work.drawing = draft.drawing;
    if (draft.touched) work.touch();
    return work;
  }

  /** The draft that belongs into this form, once. */
  fill(form: HTMLFormElement): KeptDraft | null {
    const draft = this.pending;
    if (!draft || draft.workType !== form.dataset["workType"]) return null;
    this.pending = null;
    fillForm(form, draft.fields);
    return draft;
  }
}

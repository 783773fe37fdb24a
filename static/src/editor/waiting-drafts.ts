// Drafts that wait on this device, at the desk: offered, sent, opened, discarded; what only lacked a network goes by itself.
// It knows nothing about how a draft is kept or what its form looks like.
// Idea: a draft keeps the key of its first attempt, so that one the server has already is never made twice.
import { laterOf } from "../page/later.ts";
import type { MapPage } from "../page/map-page.ts";
import { whenBack } from "../page/retry.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { prefersHair } from "./crosshair.ts";
import type { Drafts, KeptDraft } from "./drafts.ts";
import type { Hand } from "./hand.ts";
import type { Restoring } from "./restoring.ts";
import type { Saving } from "./saving.ts";
import type { Shaping } from "./shaping.ts";
import type { Sketch } from "./sketch.ts";
import type { Work } from "./work.ts";

export class WaitingDrafts {
  constructor(private readonly page: MapPage, private readonly drafts: Drafts, private readonly restoring: Restoring, private readonly hand: Hand,
    private readonly saving: Saving, private readonly shaping: Shaping, private readonly sketch: Sketch, private readonly save: () => Promise<void>) {
    whenBack(() => this.sendDue());
  }

  /** What is left of an earlier visit: sent if it was on its way, else offered. */
  async takeUp(): Promise<void> {
    await this.sendDue();
    this.restoring.offer((draft) => void this.open(draft));
  }

  /** What an earlier visit saved and could not send, or what is to be moved on. What this visit could not, its saving sends. */
  private async sendDue(): Promise<void> {
    if (navigator.onLine) await this.send(this.drafts.all().filter((draft) => (draft.due || (draft.id && laterOf(draft.id))) && !this.isMine(draft) && !this.saving.holds(draft)));
  }

  /** A new proposal left the hand and waits: how to come back to it. */
  tell(work: Work): void {
    if (work.id || work.blank || this.saving.unsafe) return;
    const kept = this.drafts.all().find((draft) => draft.key === work.key);
    if (kept) toast(word("draft.waits", { name: kept.name }), { label: word("draft.open"), run: () => void this.open(kept) }, 8);
  }

  /** What waits goes to the server without coming into the hand, but for what is there already. */
  async send(drafts: readonly KeptDraft[]): Promise<void> {
    for (const draft of drafts) {
      const mine = this.isMine(draft);
      if (!mine) this.saving.handOver(draft);
      if (mine) await this.save();
      else if (await this.saving.save(this.restoring.work(draft), 0) === "saved" && draft.id) toast(word("draft.sent", { name: draft.name }));
    }
  }

  /** It is gone from the device; if it is in hand, from there, too. */
  discard(draft: KeptDraft): void {
    const { work } = this.hand;
    this.saving.handOver(draft);
    if (!work || !this.isMine(draft)) return;
    this.hand.forget(work);
    this.shaping.release();
    this.sketch.clear();
    this.page.close();
  }

  async open(draft: KeptDraft): Promise<void> {
    const { page } = this;
    this.shaping.release();
    this.hand.stop();
    this.sketch.clear();
    this.saving.handOver(draft);
    this.saving.takeUp(this.hand.work = this.restoring.bring(draft));
    page.mark(draft.id ?? "");
    page.sheet.open();
    if (!(await page.load(draft.id ? page.options.card(draft.id) : `panel/new?work_type=${encodeURIComponent(draft.workType)}`))) return;
    if (draft.drawing) return this.shaping.resume(draft.drawing);
    this.shaping.zoom();
    // On a phone the corners take the place of the form, so only where the shape is what was changed.
    const reshaped = draft.id !== null && JSON.stringify(draft.geometry) !== JSON.stringify(draft.base?.geometry);
    if (draft.geometry && (!prefersHair() || reshaped)) await this.shaping.startEditing("edit");
    else this.shaping.release();
  }

  private isMine(draft: KeptDraft): boolean {
    const { work } = this.hand;
    return work !== null && (draft.id ? draft.id === work.id : draft.key === work.key);
  }
}

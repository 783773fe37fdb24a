// Photos of the asset in the panel or in the survey: taken, kept on the device, sent when there is a network, taken away.
// It knows nothing about forms of assets; [data-asset-photos] in the panel says whose photos they are.
// Idea: like notes of a site visit a photo first waits on the device; the survey sends it at once, without questions.
import { waitingRow } from "../api/outbox.ts";
import { ApiProblem, call } from "../api/proposals.ts";
import { shrink } from "../community/shrink.ts";
import { takenAt } from "../community/taken-at.ts";
import { fetchFragment, FragmentFailed } from "../page/fragments.ts";
import type { MapPage } from "../page/map-page.ts";
import { whenBack } from "../page/retry.ts";
import { toast } from "../page/toast.ts";
import { word } from "../page/words.ts";
import { photos, type WaitingPhoto } from "./waiting-photos.ts";

export class AssetPhotos {
  private readonly account = document.body.dataset["account"] ?? "";
  private chosen: { file: File; place: [number, number] | null } | null = null;

  constructor(private readonly page: MapPage) {
    const { body } = page;
    body.addEventListener("change", (event) => {
      const input = event.target as HTMLInputElement;
      if (input.matches("[data-photo-file]")) void this.choose(input);
    });
    body.addEventListener("click", (event) => void this.press(event.target as Element));
    body.addEventListener("fragment", () => {
      this.chosen = null;
      void this.list();
    });
    whenBack(() => this.sendAll());
    void this.list();
    void this.sendAll();
  }

  private get section(): HTMLElement | null {
    return this.page.body.querySelector("[data-asset-photos]");
  }

  /** The asset of the panel, in the survey the one in sight. */
  private get asset(): string {
    const { selection } = this.page.view;
    return this.section?.dataset["assetPhotos"] || (selection?.layer === "assets" ? selection.value : "");
  }

  private async choose(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0], { section } = this;
    input.value = "";
    if (!file || !section) return;
    this.chosen = { file, place: await takenAt(file) };
    const offer = section.querySelector<HTMLElement>("[data-photo-offer]");
    if (!offer) return this.keep(false);
    offer.hidden = false;
    offer.querySelector("[data-photo-name]")!.textContent = file.name;
    const tick = offer.querySelector<HTMLInputElement>("[data-photo-place]")!;
    tick.checked = false;
    tick.closest<HTMLElement>("label")!.hidden = this.chosen.place === null;
    offer.querySelector("button")!.focus();
  }

  private async press(target: Element): Promise<void> {
    const gone = target.closest<HTMLElement>("[data-photo-delete]")?.dataset["photoDelete"];
    const dropped = target.closest<HTMLElement>("[data-asset-photos] [data-drop]")?.dataset["drop"];
    if (target.closest("[data-photo-send]")) await this.keep(this.section!.querySelector<HTMLInputElement>("[data-photo-place]")!.checked);
    if (dropped) {
      await photos.drop(dropped);
      await this.list();
    }
    if (!gone) return;
    const change = (way: "DELETE" | "POST") => this.said(call(`/api/v1/attachments/${gone}${way === "POST" ? "/restore" : ""}`, way));
    if (await change("DELETE")) toast(word("photo.deleted"), { label: word("action.undo"), run: () => void change("POST") }, 8);
  }

  private async keep(withPlace: boolean): Promise<void> {
    const { chosen, asset, account } = this;
    if (!chosen || !asset) return;
    this.chosen = null;
    const offer = this.section?.querySelector<HTMLElement>("[data-photo-offer]");
    if (offer) offer.hidden = true;
    try {
      const photo = await shrink(chosen.file);
      await photos.keep({ id: crypto.randomUUID(), asset, account, at: new Date().toISOString(), photo, place: withPlace ? chosen.place : null, refused: null });
    } catch {
      return toast(word("photo.not_kept"), null, 10, "bad");
    }
    localStorage.setItem("photos.waiting", "yes");
    await this.list();
    await this.sendAll();
  }

  private async sendAll(): Promise<void> {
    const sent = await photos.sendAll(this.account);
    await this.list();
    if (sent.length === 0) return;
    toast(word("photo.sent"));
    if (sent.some((photo) => photo.asset === this.asset)) await this.renew();
  }

  /** Photos that wait, of the asset in the panel or of all in the survey. */
  private async list(): Promise<void> {
    this.section?.querySelector<HTMLElement>("[data-photo-choose]")?.removeAttribute("hidden");
    const all = await photos.waiting(this.account);
    if (all.length === 0) localStorage.removeItem("photos.waiting");
    const own = this.section?.dataset["assetPhotos"];
    const mine = all.filter((photo) => !own || photo.asset === own);
    this.section?.querySelector("[data-photo-waiting]")?.replaceChildren(...mine.map(row));
  }

  /** The photos that the server has, as they are now. */
  private async renew(): Promise<void> {
    const place = this.section?.querySelector("[data-photo-list]");
    if (place) place.innerHTML = await fetchFragment(this.page.resolve(`panel/assets/${this.asset}/photos`));
  }

  private async said(doing: Promise<unknown>): Promise<boolean> {
    try {
      await doing;
      await this.renew();
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem || error instanceof FragmentFailed)) throw error;
      toast(error.message, null, 8, "bad");
      return false;
    }
  }
}

function row(item: WaitingPhoto): HTMLElement {
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(item.photo);
  picture.alt = "";
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
  return waitingRow(item, picture, word("visit.waits"), word("visit.drop"));
}

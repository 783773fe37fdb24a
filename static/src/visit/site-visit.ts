// The site visit on the review page: where the work lies from here, a note with photos, and sending it when there is a network.
// It knows nothing about rights; the section is only there for who may write.
// Idea: every note first waits on the device and is then sent, so that being offline is no special case.
import type { Map as LeafletMap } from "leaflet";
import type { Geometry } from "geojson";
import { waitingRow } from "../api/outbox.ts";
import { shrink } from "../community/shrink.ts";
import { fetchFragment } from "../page/fragments.ts";
import { whenBack } from "../page/retry.ts";
import { toast } from "../page/toast.ts";
import { number, word } from "../page/words.ts";
import { nearest } from "./nearest.ts";
import { notes, type WaitingNote } from "./outbox.ts";
import { showPins } from "./pins.ts";

export class SiteVisit {
  private readonly form: HTMLFormElement;
  private readonly shape: Geometry;
  private readonly key: string;
  private here: GeolocationPosition | null = null;
  private heading = 0;

  constructor(private readonly section: HTMLElement, private readonly map: LeafletMap | null) {
    this.form = section.querySelector("[data-visit-form]")!;
    this.shape = JSON.parse(section.dataset["shape"]!) as Geometry;
    this.key = `site-visit.${section.dataset["proposal"]}`;
    section.hidden = false;
    section.querySelector("[data-visit-begin]")!.addEventListener("click", () => this.begin());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.write();
    });
    const body = this.body;
    body.addEventListener("input", () => sessionStorage.setItem(this.key, body.value));
    this.form.addEventListener("change", () => this.countPhotos());
    section.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-drop]")?.dataset["drop"];
      if (id) void notes.drop(id).then(() => this.list());
    });
    whenBack(() => this.sendAll());
    if (sessionStorage.getItem(this.key) !== null) this.begin();
    void this.list();
    void this.sendAll();
  }

  private get body(): HTMLTextAreaElement {
    return this.form.elements.namedItem("body") as HTMLTextAreaElement;
  }

  private get photos(): HTMLInputElement {
    return this.form.elements.namedItem("photos") as HTMLInputElement;
  }

  private begin(): void {
    this.section.querySelector<HTMLElement>("[data-visit-begin]")!.hidden = true;
    this.form.hidden = false;
    this.body.value = sessionStorage.getItem(this.key) ?? "";
    if (!this.map) this.form.querySelector<HTMLElement>("[name=pin][value=map]")!.closest("label")!.hidden = true;
    window.addEventListener("deviceorientationabsolute", (event) => {
      this.heading = (event as DeviceOrientationEvent).alpha ?? 0;
      this.say();
    });
    if (!navigator.geolocation) return this.lost();
    navigator.geolocation.watchPosition((found) => { this.here = found; this.say(); }, () => this.here ?? this.lost(), { enableHighAccuracy: true });
  }

  private lost(): void {
    this.status(word("visit.no_position"));
    const here = this.form.querySelector<HTMLInputElement>("[name=pin][value=here]")!;
    if (here.checked) this.form.querySelector<HTMLInputElement>("[name=pin][value='']")!.checked = true;
  }

  private say(): void {
    if (!this.here) return;
    const { longitude, latitude, accuracy } = this.here.coords;
    const { metres, bearing } = nearest(this.shape, [longitude, latitude]);
    const arrow = this.section.querySelector<HTMLElement>("[data-visit-arrow]")!;
    arrow.hidden = metres <= accuracy;
    // The icon points to the north-east.
    arrow.style.rotate = `${bearing + this.heading - 45}deg`;
    const way = word(`visit.way_${Math.round(bearing / 45) % 8}`);
    const away = metres >= 1000 ? `${number(metres / 1000, 1)} km` : `${number(metres)} m`;
    this.status(metres <= accuracy ? word("visit.at_work", { accuracy: number(accuracy) }) : word("visit.away", { away, way, accuracy: number(accuracy) }));
  }

  private status(text: string): void {
    this.section.querySelector("[data-visit-status]")!.textContent = text;
  }

  private countPhotos(): void {
    const count = this.photos.files?.length ?? 0;
    this.section.querySelector("[data-visit-photos]")!.textContent = count ? word("visit.photos", { n: count }) : "";
  }

  private async write(): Promise<void> {
    const { proposal = "", account = "" } = this.section.dataset;
    const pin = String(new FormData(this.form).get("pin"));
    const coords = pin === "here" ? this.here?.coords : undefined;
    const centre = pin === "map" ? this.map?.getCenter() : undefined;
    const place: [number, number] | null = coords ? [coords.longitude, coords.latitude] : centre ? [centre.lng, centre.lat] : null;
    const button = this.form.querySelector("button:not([type])")!;
    button.setAttribute("disabled", "");
    try {
      const photos = await Promise.all([...(this.photos.files ?? [])].map(shrink));
      await notes.keep({ id: crypto.randomUUID(), proposal, account, body: this.body.value, at: new Date().toISOString(), place, accuracy: coords?.accuracy ?? null, photos, refused: null });
    } catch {
      return toast(word("visit.not_kept"), null, 10, "bad"); // a full or forbidden storage: what was typed stays
    } finally {
      button.removeAttribute("disabled");
    }
    this.body.value = this.photos.value = "";
    sessionStorage.setItem(this.key, "");
    this.countPhotos();
    await this.list();
    void this.sendAll();
  }

  private async sendAll(): Promise<void> {
    const sent = await notes.sendAll(this.section.dataset["account"]!);
    await this.list();
    if (sent.length > 0) await this.renew();
  }

  /** What waits of this work. */
  private async list(): Promise<void> {
    const mine = (await notes.waiting(this.section.dataset["account"]!)).filter((note) => note.proposal === this.section.dataset["proposal"]);
    this.section.querySelector("[data-visit-waiting]")!.replaceChildren(...mine.map(row));
  }

  /** The list of kept notes as it is now. */
  private async renew(): Promise<void> {
    const made = document.createElement("template");
    made.innerHTML = await fetchFragment(location.pathname + location.search);
    document.querySelector("[data-site-list]")!.replaceWith(made.content.querySelector("[data-site-list]")!);
    if (this.map) showPins(this.map);
    toast(word("visit.sent"));
  }
}

function row(note: WaitingNote): HTMLElement {
  const said = document.createElement("p");
  said.textContent = note.body;
  return waitingRow(note, said, word("visit.waits"), word("visit.drop"));
}

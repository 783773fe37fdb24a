// What comes once map and lists stand: the status line, other people, and what each piece of the panel needs when it appears.
// It knows nothing about any of them but the mark in the panel that asks for it.
// Idea: loaded right after the first view, so that it weighs nothing on it.
import type { Geometry } from "geojson";
import type { Editor } from "../editor/editor.ts";
import type { Lasso } from "../many/lasso.ts";
import type { Many } from "../many/many.ts";
import type { Hit } from "../map/query.ts";
import { AreaShown } from "./area-shown.ts";
import { lookAfterFold } from "./fold.ts";
import { whenLeaving } from "./leaving.ts";
import { setUpLetterSwitch } from "./letters.ts";
import { MapFilter } from "./map-filter.ts";
import type { MapPage } from "./map-page.ts";
import { setUpNeeds } from "./needs-network.ts";
import { forgetOthers, prepareOffline } from "./offline.ts";
import { keepWholeOnPaper } from "./paper.ts";
import { whenBack } from "./retry.ts";
import { showSaveState } from "./save-state.ts";
import { setUpSnapping } from "./snapping.ts";
import { unsentOf } from "./unsent.ts";
import { WayBack } from "./way-back.ts";

/** Once the first view has all it needs. */
const LATER_MS = 4000;

export interface Around {
  mapping: () => boolean;
  mayEdit: () => boolean;
  setMode: (name: string, link?: string) => Promise<void>;
  /** Load the drawing desk. */
  drawing: () => Promise<Editor | null>;
  /** The desk if it is there by now. */
  editor: () => Editor | null;
  /** Where many may be changed at once: what chooses them. */
  together?: () => Promise<{ lasso: Lasso; many: Many }>;
}

export function afterwards(page: MapPage, { mapping, mayEdit, setMode, drawing, editor, together }: Around): void {
  const { body } = page;
  const once = new Map<string, Promise<unknown>>();
  const first = (name: string, load: () => Promise<unknown>): void => void (once.has(name) || once.set(name, load()));
  const photos = () => first("photos", () => import("../mapping/asset-photos.ts").then(({ AssetPhotos }) => new AssetPhotos(page)));
  const look = (): void => {
    const has = (mark: string) => body.querySelector(mark) !== null;
    if (has("[data-proposal-form]")) void drawing();
    if (has("[data-ranks-late]")) void import("./late-ranks.ts").then(({ fillRanks }) => fillRanks(body, page.resolve("panel/ranks")));
    if (has("[data-asset-photos]")) photos();
    if (has("[data-talk]")) first("talk", () => import("../community/talk.ts").then(({ lookAfterTalk }) => lookAfterTalk(body, page.view.map)));
    if (has("[data-relations]")) first("relations", () => import("./relations.ts").then(({ Relations }) => new Relations(page)));
    if (has("[data-pane-forms]")) first("forms", () => import("./pane-forms.ts").then(({ lookAfterForms }) => lookAfterForms(page)));
    if (!mapping() && has("[data-fact-form]")) void setMode("mapping");
    const chooser = body.querySelector<HTMLElement>("[data-pane=choose]");
    if (chooser) void import("./type-chooser.ts").then(({ readyChooser }) => readyChooser(chooser));
    const slumForm = body.querySelector<HTMLFormElement>("[data-slum-form]");
    if (slumForm) keepSlumForm(slumForm, body.innerHTML);
    if (slumForm) void import("../mapping/slum-form.ts").then(({ fillIn }) => fillIn(page, slumForm, (step) => void drawing().then((one) => one?.record(step))));
    if (has("[data-weighing]")) void import("../ranking/weighing.ts").then(({ weigh }) => weigh(page));
    if (has("[data-plan]")) first("plan", () => import("../plan/plan-panel.ts").then(({ PlanPanel }) => new PlanPanel(page)));
  };
  const keepSlumForm = ({ dataset: { area = "", year = "" } }: HTMLElement, html: string): void => {
    if (navigator.onLine) void import("./kept-slum-forms.ts").then(({ keepForm }) => keepForm(page, area, year, html));
  };
  body.addEventListener("fragment", look);
  look();
  setUpNeeds(body);
  setUpSnapping(editor);
  setUpLetterSwitch();
  lookAfterFold(body);
  new AreaShown(page); // before the way back compares what the list asked for
  new WayBack(page);
  keepWholeOnPaper(page.view.map.getContainer());
  new MapFilter(page);
  body.addEventListener("click", (event) => {
    const shape = (event.target as Element).closest<HTMLElement>("[data-show]")?.dataset["show"];
    if (shape) void import("./show-there.ts").then(({ showThere }) => showThere(page, JSON.parse(shape) as Geometry));
  });
  body.addEventListener("map-empty-click", (event) => {
    const code = (event as CustomEvent<Hit | null>).detail?.properties["code"];
    if (page.values["tab"] === "slums" && code) void page.load(`panel/slums/${encodeURIComponent(String(code))}`);
  });
  body.addEventListener("open-proposal", (event) => void setMode("proposals").then(() => page.open((event as CustomEvent<string>).detail)));
  const tabs = [...document.querySelectorAll<HTMLElement>("#panel [data-tab]")];
  tabs.forEach((tab, i) => tab.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step) tabs[(i + step + tabs.length) % tabs.length]!.focus();
  }));
  if (localStorage.getItem("photos.waiting")) photos();
  // A link pasted into the address of an open map, or a step back.
  if (document.querySelector(".mode-switch")) body.addEventListener("address", (event) => {
    const { mode, p, o = "" } = (event as CustomEvent<Record<string, string>>).detail, wanted = mode === "mapping";
    if (mode === "meeting" || (wanted === mapping() && (!wanted || o === page.values["o"]))) return;
    void setMode(wanted ? "mapping" : "proposals", p ? undefined : o);
  });
  if (together) {
    page.view.map.boxZoom.disable();
    window.addEventListener("keydown", (event) => void (event.key === "Shift" && together()));
    body.addEventListener("gather", (event) => void together().then(({ many }) => many.selection.toggle((event as CustomEvent<string>).detail)));
    page.view.map.getContainer().addEventListener("pointerdown", (event) => {
      if (event.shiftKey && event.button === 0) void together().then(({ lasso }) => lasso.begin(event));
    });
  }
  const { account = "" } = document.body.dataset;
  void forgetOthers(account);
  if (document.body.dataset["roleEdit"] === "true") window.setTimeout(() => {
    void import("./spare-forms.ts").then(({ keepForms }) => keepForms(page, account));
    void prepareOffline(page.options.base, account).catch(() => undefined); // then a reload offline does not open
  }, navigator.onLine ? LATER_MS : 0);
  waiting(page, { mapping, mayEdit, setMode, drawing });
  void import("./others.ts").then(({ Others }) => new Others(page));
  void import("./status.ts").then(({ setUpStatus }) => setUpStatus(page.view.map));
}

/** What waits on this device is counted in the status line, offered where it can be gone on with, and listed behind it. */
function waiting(page: MapPage, { mapping, mayEdit, setMode, drawing }: Omit<Around, "together" | "editor">): void {
  const state = document.getElementById("save-state");
  const tell = () => void (/^(saved|waiting|offline)$/.test(state?.dataset["state"] ?? "") && showSaveState("saved"));
  state?.addEventListener("click", () => void import("./unsent-list.ts").then(({ showUnsent }) => showUnsent(page, { setMode, drawing })));
  for (const type of ["online", "offline"]) window.addEventListener(type, tell);
  const { account = "", kelurahan = "" } = document.body.dataset;
  const sendDue = async (): Promise<void> => {
    const due = unsentOf(account, kelurahan).filter(({ kept }) => kept["due"]);
    if (due.some(({ kind }) => kind === "forms")) void import("../mapping/due-forms.ts").then(({ sendDueForms }) => sendDueForms(page));
    if (!due.some(({ kept }) => kept["noun"])) return;
    const { sendDue: sendFacts } = await import("../mapping/due-facts.ts");
    await sendFacts(page, (draft) => void setMode("mapping").then(drawing).then((one) => one?.lend()).then((desk) => desk?.resume(draft)));
  };
  let marked = false;
  const later = async (send = true): Promise<void> => {
    if (!marked && !unsentOf(account, kelurahan).some(({ kept }) => kept["deed"])) return;
    marked = true;
    void import("./later-marks.ts").then(({ markLater }) => markLater(page.body));
    if (send) await (await import("./send-later.ts")).sendLater(page, setMode);
  };
  document.addEventListener("later", () => {
    tell();
    void later();
  });
  page.body.addEventListener("fragment", () => void later(false));
  whenLeaving(later);
  whenBack(() => {
    void sendDue();
    void later();
  });
  void sendDue();
  void later();
  if (!mapping() && mayEdit() && unsentOf(account, kelurahan).some(({ kind }) => kind === "proposals")) void drawing().then((one) => one?.waiting.takeUp());
  tell();
}

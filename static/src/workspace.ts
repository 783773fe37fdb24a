// Entry of the planning workspace: tabs, tool bar, keys; the drawing desk itself is loaded when it is first wanted.
// It knows nothing about drawing or saving.
// Idea: the map and the lists are there at once; the editor's chunk comes when a tool is hovered or a form appears.
import type { Desk } from "./editor/desk.ts";
import type { Editor } from "./editor/editor.ts";
import type { Lasso } from "./many/lasso.ts";
import type { Many } from "./many/many.ts";
import type { Table } from "./many/table.ts";
import { listenKeys, type Command } from "./page/keys.ts";
import { MapPage } from "./page/map-page.ts";
import { toast } from "./page/toast.ts";
import { parseState } from "./page/url-state.ts";
import { word } from "./page/words.ts";

const { kelurahan = "", roleEdit = "false", sample } = document.body.dataset;
const mapping = (): boolean => page.values["mode"] === "mapping";
const mayEdit = (): boolean => mapping() || roleEdit === "true";
let editor: Editor | null = null;
let loading: Promise<Editor> | null = null;
let gathering: Promise<{ many: Many; table: Table; lasso: Lasso }> | null = null;

const page: MapPage = new MapPage({
  base: `/plan/${kelurahan}/`,
  focus: kelurahan,
  layers: "workspace",
  free: () => !editor?.tools.busy && !mapping() && !document.body.matches(".meeting"),
  card: (id) => `panel/proposals/${encodeURIComponent(id)}`,
  home: () => {
    const tab = page.values["tab"] || (mapping() ? "mapping" : "proposals");
    return `panel/${tab}?${page.values["f"] || (tab === "ranking" && sessionStorage.getItem(`weights ${kelurahan}`)) || ""}`;
  },
  showTab: (name) => showTab(name),
  ...(roleEdit === "true" ? { gather: (id) => void together().then(({ many }) => many.selection.toggle(id)) } : {}),
});

/** The drawing desk, loaded on first use; fails in words. */
async function drawing(): Promise<Editor | null> {
  if (editor) return editor;
  loading ??= import("./editor/editor.ts").then((module) => (editor = new module.Editor(page)));
  try {
    return await loading;
  } catch {
    loading = null;
    toast(word("error.editor"), { label: word("action.retry"), run: () => void drawing() }, 10, "bad");
    return null;
  }
}

/** The desk that has the tools: of proposals, or of self-mapping. */
async function desk(): Promise<Desk | null> {
  const one = await drawing();
  return one && mapping() ? one.lend() : one;
}

const withDesk = (run: (desk: Desk) => unknown): true => {
  void desk().then((one) => one && run(one));
  return true;
};
const withEditor = (run: (editor: Editor) => unknown): void => void drawing().then((one) => one && run(one));

// --- what is edited: proposals or self-mapping -------------------------------------------------------------------------

const modes = document.querySelector(".mode-switch");

const setMode = (name: string, link?: string): Promise<void> => import("./mapping/mode.ts").then((module) => module.setMode(page, name, drawing, link));

modes?.addEventListener("click", (event) => {
  const name = (event.target as HTMLElement).dataset["modeSwitch"];
  if (name && (name === "mapping") !== mapping()) withDesk(async (one) => {
    if (!(await one.mayLeave())) return;
    await setMode(name);
    page.sheet.open();
    showTab("proposals");
  });
});

/** Table, many at once and the loop that chooses them, loaded on first use. */
const together = (): Promise<{ many: Many; table: Table; lasso: Lasso }> => (gathering ??= import("./many/together.ts").then((module) => module.together(page, drawing)));

function toggleTable(): true {
  void together().then(({ table }) => table.toggle());
  return true;
}

// --- tabs ------------------------------------------------------------------------------------------------------------

const tabs = [...document.querySelectorAll<HTMLElement>("#panel [data-tab]")];

function showTab(name: string, load = true): void {
  page.values["tab"] = name === "proposals" ? "" : name;
  for (const tab of tabs) {
    const chosen = tab.dataset["tab"] === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  if (!load) return;
  page.mark("");
  page.write(true);
  void page.load(page.options.home());
}

tabs.forEach((tab) => {
  tab.addEventListener("click", () => {
    page.sheet.open();
    page.values["f"] = "";
    showTab(tab.dataset["tab"]!);
  });
});

// --- tool bar, drawing bar, buttons of the panel -----------------------------------------------------------------------

/** Without the right to edit there is only looking and measuring, and stepping back in a measure. */
function useTool(name: string): boolean {
  if (name === "layers" || (!mayEdit() && !/^(select|measure|undo|redo)$/.test(name))) return false;
  return withDesk((one) => one.use(name));
}

const toolbar = document.getElementById("toolbar");
toolbar?.addEventListener("pointerenter", () => void drawing(), { once: true });
toolbar?.addEventListener("focusin", () => void drawing(), { once: true });
toolbar?.addEventListener("click", (event) => {
  const name = (event.target as Element).closest<HTMLElement>("[data-tool]")?.dataset["tool"];
  if (name === "lasso") void together().then(({ lasso }) => lasso.toggle());
  else if (name) useTool(name);
});
document.getElementById("drawbar")?.addEventListener("click", (event) => {
  const name = (event.target as Element).closest<HTMLElement>("[data-draw]")?.dataset["draw"];
  if (name) withDesk((one) => one.drawBar(name));
});
page.body.addEventListener("click", (event) => {
  const target = event.target as Element;
  const type = target.closest<HTMLElement>("[data-work-type]:not(form)");
  const action = target.closest<HTMLElement>("[data-action]:not([type=submit])");
  const transition = target.closest<HTMLElement>("[data-transition]");
  if (target.closest("[data-new]")) void page.load("panel/new");
  else if (target.closest("[data-table-open]")) toggleTable();
  else if (type) withEditor((one) => one.begin(type.dataset["workType"]!, type.dataset["geometry"] ?? ""));
  else if (action) withDesk((one) => one.action(action.dataset["action"]!, action));
  else if (transition) withEditor((one) => one.commands.transition(transition.dataset["transition"]!));
});
page.body.addEventListener("submit", (event) => {
  if (!(event.target as Element).matches("[data-proposal-form]")) return;
  event.preventDefault();
  withDesk((one) => one.save());
});

// --- keys --------------------------------------------------------------------------------------------------------------

function openKeys(): boolean {
  const dialog = document.getElementById("keys");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
  return true;
}

async function stepOut(): Promise<void> {
  if (editor && await (await desk())?.escape()) return;
  if (page.selected) page.close();
}

function run(command: Command): boolean {
  switch (command) {
    case "save": return mayEdit() && withDesk((one) => one.save());
    case "snap": document.getElementById("snapping")?.click(); return true;
    case "table": return toggleTable();
    case "search": return page.focusSearch();
    case "keys": return openKeys();
    case "zoom": return withDesk((one) => one.zoom());
    case "finish": return (editor?.tools.busy ?? false) && withDesk((one) => one.finish());
    case "back": return editor?.tools.removeLast() ?? false;
    case "delete": return mayEdit() && editor !== null && (editor.tools.removeLast() || useTool(command));
    case "escape": void stepOut(); return editor?.tools.busy ?? false; // else it would close the question it raises
    case "trace": case "right": return editor?.tools.toggleOption(command) ?? false;
    case "type": editor?.tools.type(); return false;
    case "hair": return withDesk((one) => one.tools.toggleHair());
    case "press": return editor?.tools.pressHair() ?? false;
    case "tab1": case "tab2": case "tab3": case "tab4": tabs[Number(command.slice(3)) - 1]?.click(); return true;
    default: return useTool(command);
  }
}

listenKeys(run);
void import("./page/afterwards.ts").then(({ afterwards }) => afterwards(page, { mapping, mayEdit, setMode, drawing, editor: () => editor, ...(roleEdit === "true" || modes ? { together } : {}) }));

// --- first view --------------------------------------------------------------------------------------------------------

const wanted = parseState(location.hash).values;
if (!modes && mapping()) page.values["mode"] = "";
if (mapping()) void setMode("mapping", wanted["p"] || wanted["tab"] ? undefined : wanted["o"] ?? "");
if (wanted["tab"]) showTab(wanted["tab"], !wanted["p"]);
if (wanted["p"]) void page.open(wanted["p"], false);
else if (!mapping() && !wanted["tab"] && (wanted["f"] || page.body.childElementCount === 0)) void page.load(page.options.home());
if (!mapping() && roleEdit === "true" && ("tour" in wanted || (sample === "true" && !localStorage.getItem("tour")))) void import("./page/tour.ts").then(({ Tour }) => new Tour(page));

// What is edited: proposals or self-mapping; the switch above the tools, the first tab's name, and who has the tools.
// It knows nothing about either desk.
import type { Editor } from "../editor/editor.ts";
import type { MapPage } from "../page/map-page.ts";

/** link: the fact that an address names ("assets/…", "" for none), shown at once; left out, the panel stays as it is. */
export async function setMode(page: MapPage, name: string, drawing: () => Promise<Editor | null>, link?: string): Promise<void> {
  const on = name === "mapping";
  if (on || page.values["mode"] === "mapping") page.values["mode"] = on ? name : "";
  if (!on) page.values["o"] = "";
  const changed = document.body.dataset["mode"] !== name;
  document.body.dataset["mode"] = name;
  if (changed) page.body.dispatchEvent(new Event("mode"));
  for (const button of document.querySelectorAll<HTMLElement>("[data-mode-switch]")) button.setAttribute("aria-pressed", String(button.dataset["modeSwitch"] === name));
  const first = document.querySelector<HTMLElement>("#panel [data-tab=proposals]")!;
  first.textContent = first.dataset[name] ?? "";
  if (link !== undefined) void page.load(link ? `panel/${link.replace("regions", "borders").replace("slum-areas", "areas")}` : page.options.home());
  const editor = await drawing();
  await (on ? editor?.lend() : editor?.takeBack());
}

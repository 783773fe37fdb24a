// In the panel: what waits to be deleted or moved on says so, in its row and above its form, with the way back.
// It knows nothing about sending.
import { allLater, says, takeBack, type Later } from "./later.ts";
import { word } from "./words.ts";

export function markLater(body: HTMLElement): void {
  for (const old of body.querySelectorAll("[data-later]")) old.remove();
  for (const form of body.querySelectorAll<HTMLFormElement>("form[inert]")) form.inert = false;
  for (const one of allLater()) {
    for (const row of body.querySelectorAll(`li[data-proposal="${one.id}"], li[data-asset="${one.id}"] > button`)) row.append(line(one));
    const form = body.querySelector<HTMLFormElement>(`form[data-id="${one.id}"]`);
    if (!form) continue;
    form.before(note(one));
    form.inert = one.deed === "delete" && !one.refused; // what is typed now would be deleted with it
  }
}

function line(one: Later): HTMLElement {
  const said = document.createElement("small");
  said.dataset["later"] = "";
  said.textContent = says(one);
  return said;
}

function note(one: Later): HTMLElement {
  const box = document.createElement("div"), inside = document.createElement("div"), said = document.createElement("p"), back = document.createElement("button");
  box.className = "note";
  box.dataset["later"] = "";
  said.textContent = says(one);
  back.type = "button";
  back.className = "btn btn-small";
  back.textContent = word("later.take_back");
  back.addEventListener("click", () => takeBack(one.id));
  inside.append(said, ...(one.deed === "restore" ? [] : [back]));
  box.append(inside);
  return box;
}

// Entry of the plain pages (sign-in, help, data, lists): menus, and the form that takes data along.
// It knows nothing about the map; those pages work without any script.
import { setUpMenus } from "./page/menus.ts";
import { setUpSharing } from "./page/share.ts";
import { setUpTaking } from "./page/take.ts";

setUpMenus();
setUpTaking();
setUpSharing();
for (const group of document.querySelectorAll<HTMLElement>("[data-choose-photo]")) {
  group.addEventListener("change", (event) => {
    const taken = event.target as HTMLInputElement;
    for (const other of group.querySelectorAll("input")) if (other !== taken) other.value = "";
    group.querySelector(".attach-name")!.textContent = taken.files?.[0]?.name ?? "";
  });
}
// The view that a sent link names stands behind #, where no server sees it: it goes on with whoever signs in.
if (location.hash) for (const form of document.querySelectorAll<HTMLFormElement>("main form[method=post]:has([name=next])")) form.action = form.action.split("#")[0] + location.hash;
const talk = document.querySelector<HTMLElement>("main:has([data-talk])");
if (talk) void import("./community/talk.ts").then((module) => module.lookAfterTalk(talk));

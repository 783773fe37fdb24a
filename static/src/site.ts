// Entry of the plain pages (sign-in, help, data, lists): menus, and the form that takes data along.
// It knows nothing about the map; those pages work without any script.
import { setUpMenus } from "./page/menus.ts";
import { setUpSharing } from "./page/share.ts";
import { setUpTaking } from "./page/take.ts";

setUpMenus();
setUpTaking();
setUpSharing();
const talk = document.querySelector<HTMLElement>("main:has([data-talk])");
if (talk) void import("./community/talk.ts").then((module) => module.lookAfterTalk(talk));

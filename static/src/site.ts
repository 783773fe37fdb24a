// Entry of the plain pages (sign-in, help, data, lists): menus only.
// It knows nothing about the map; those pages work without any script.
// Idea: the smallest file that still makes menus close.
import { setUpMenus } from "./page/menus.ts";

setUpMenus();

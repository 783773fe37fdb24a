// Keys of the workspace: one letter each, only while no field has the focus.
// It knows nothing about what a command does; it names it.
// Idea: every key has a visible control; the sheet behind ? lists them, and switches letters and signs off (WCAG 2.1.4).

export type Command =
  | "select" | "point" | "line" | "polygon" | "edit" | "move" | "measure" | "duplicate" | "reverse" | "split" | "join" | "delete" | "back" | "finish" | "escape" | "undo" | "redo"
  | "save" | "table" | "snap" | "zoom" | "search" | "hair" | "press" | "trace" | "right" | "type" | "keys" | `tab${1 | 2 | 3 | 4}`;

const LETTERS: Readonly<Record<string, Command>> = {
  v: "select", p: "point", l: "line", a: "polygon", e: "edit", g: "move", m: "measure", d: "duplicate", i: "reverse", x: "split", j: "join", t: "trace", r: "right", s: "snap", b: "table", f: "zoom", c: "hair",
  "/": "search", "?": "keys", Delete: "delete", Backspace: "back", Enter: "finish", Escape: "escape", " ": "press",
};

export interface KeyPress { key: string; ctrl: boolean; shift: boolean; alt: boolean; typing: boolean; onControl: boolean; lettersOff?: boolean }

export function commandOf(press: KeyPress): Command | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.ctrl) {
    if (key === "s") return "save";
    if (press.typing) return null;
    if (key === "z") return press.shift ? "redo" : "undo";
    return key === "y" ? "redo" : null;
  }
  if (press.alt) return /^[1-4]$/.test(key) ? (`tab${key}` as Command) : null;
  if (press.typing) return null;
  if (press.lettersOff && /^\S$/u.test(key)) return null;
  if (press.onControl && (key === "Enter" || key === " ")) return null;
  return LETTERS[key] ?? (/^[\d<−-]$/.test(key) ? "type" : null);
}

export function listenKeys(run: (command: Command, event: KeyboardEvent) => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector(":is(dialog[open], :popover-open)")) return;
    const target = event.target as HTMLElement, typing = target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    if (typing && event.key === "Escape") return target.blur();
    const command = commandOf({
      key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey,
      typing,
      lettersOff: localStorage.getItem("letters") === "off",
      onControl: target.matches("button, a, summary, input, [role=option], [data-proposal], [data-rt]"),
    });
    if (command && run(command, event)) event.preventDefault();
  });
}

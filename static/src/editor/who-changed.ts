// Who saved first, in words: the name of their version and when that was.
// It knows nothing about what was changed.
import type { Changed } from "../api/proposals.ts";
import { language, word } from "../page/words.ts";

export function momentOf(changed: Changed | null): string {
  const at = changed ? new Date(changed.at) : new Date();
  const today = at.toDateString() === new Date().toDateString();
  const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return at.toLocaleString(language === "id" ? "id" : "en-GB", today ? clock : { day: "numeric", month: "short", ...clock });
}

export function versionOf(changed: Changed | null): string {
  if (changed?.own) return word("conflict.own_version", { when: momentOf(changed) });
  return word("conflict.version", { who: changed?.by || word("conflict.somebody"), when: momentOf(changed) });
}

/** what: "conflict" of a proposal, or "fact". */
export function headingOf(changed: Changed | null, what: "conflict" | "fact"): string {
  if (changed?.own) return word(`${what}.own_title`, { when: momentOf(changed) });
  return word(`${what}.title`, { who: changed?.by || word("conflict.somebody"), when: momentOf(changed) });
}

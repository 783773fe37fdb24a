// The title of what comes from something that has one: a copy, a part.
// It knows nothing about what is copied or split.
// Idea: a number says it in every language, since the title is data that people of both languages read.

/** "Saluran" as "Saluran (2)", "Saluran (2)" as "Saluran (3)"; never longer than a title may be. */
export function nextTitle(title: string): string {
  const counted = /^(.*) \((\d{1,3})\)$/s.exec(title);
  return `${(counted?.[1] ?? title).slice(0, 180)} (${Number(counted?.[2] ?? 1) + 1})`;
}

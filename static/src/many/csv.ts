// Rows as a file for a spreadsheet.
// It knows nothing about where the rows come from.
// Idea: RFC 4180 with a byte order mark, so that Excel reads UTF-8; a text that Excel would compute gets an apostrophe (OWASP).

export function csvOf(rows: readonly (readonly string[])[]): string {
  return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

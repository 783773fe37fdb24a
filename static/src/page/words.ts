// The page's words in its language, and numbers the way people here write them.
// It knows nothing about which language that is beyond what the page says.
// Idea: the server translates once; scripts only fill {names} into sentences given in the page.

const words: Readonly<Record<string, string>> = read();

function read(): Record<string, string> {
  const element = document.getElementById("words");
  try {
    return element ? (JSON.parse(element.textContent ?? "{}") as Record<string, string>) : {};
  } catch {
    return {};
  }
}

export function word(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name] ?? all;
    return typeof value === "number" ? value.toLocaleString(language) : value;
  });
}

export const language = document.body.dataset["lang"] === "en" ? "en" : "id";

export function number(value: number, digits = 0): string {
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const decimalMark = language === "id" ? "," : ".";

// The chooser of work types: a field that narrows it, and the types used last on top.
// It knows nothing about what choosing a type starts.
// Idea: a button moves to the types used last instead of standing there twice.
const KEY = "types.recent";
const MOST = 3;

const recent = (): string[] => (localStorage.getItem(KEY) ?? "").split(" ").filter(Boolean);

/** Make a chooser that has just appeared ready. */
export function readyChooser(pane: HTMLElement): void {
  const field = pane.querySelector<HTMLInputElement>("[data-type-search]")!;
  const group = pane.querySelector<HTMLElement>("[data-recent-types]")!;
  const types = [...pane.querySelectorAll<HTMLElement>("[data-work-type]")];
  for (const key of recent()) {
    const type = types.find((one) => one.dataset["workType"] === key);
    if (type) group.querySelector(".types")!.append(type);
  }
  const narrow = (): void => {
    const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const type of types) type.hidden = !words.every((word) => type.textContent!.toLocaleLowerCase().includes(word));
    for (const one of pane.querySelectorAll<HTMLElement>(".type-group")) one.hidden = !one.querySelector("[data-work-type]:not([hidden])");
    pane.querySelector<HTMLElement>("[data-no-type]")!.hidden = types.some((type) => !type.hidden);
  };
  field.addEventListener("input", narrow);
  narrow();
  pane.addEventListener("click", (event) => {
    const key = (event.target as Element).closest<HTMLElement>("[data-work-type]")?.dataset["workType"];
    if (key) localStorage.setItem(KEY, [key, ...recent().filter((one) => one !== key)].slice(0, MOST).join(" "));
  });
}

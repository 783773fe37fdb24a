// What needs the network is greyed while there is none, and says so beside it before anybody starts.
// It knows nothing about what it is.
// Idea: the browser's own word is checked, since a server on this very device answers without any network.
let away = false;

export function setUpNeeds(body: HTMLElement): void {
  const look = (): void => void ask().then((now) => {
    away = now;
    show(body);
  });
  for (const type of ["online", "offline"]) window.addEventListener(type, look);
  body.addEventListener("fragment", () => show(body));
  look();
}

async function ask(): Promise<boolean> {
  return !navigator.onLine && !(await fetch("/healthz", { cache: "no-store" }).then(({ ok }) => ok, () => false));
}

function show(body: HTMLElement): void {
  for (const button of body.querySelectorAll<HTMLButtonElement>("[data-needs-network]")) button.disabled = away;
  for (const note of body.querySelectorAll<HTMLElement>("[data-offline-note]")) note.hidden = !away;
}

// Small behaviour of every page: menus that close, theme links, showing the password, sample accounts, dialogs.
// It knows nothing about maps; each piece works without scripts too, only less smoothly.
// Idea: <details> and <dialog> do the work, scripts close them where people expect it.

export function setUpMenus(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    closeMenus(target);
    dialogs(target);
    theme(event, target);
    password(target);
    sample(event, target);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-sign-out]")) return;
    event.preventDefault();
    const says = form.querySelector<HTMLElement>("[role=alert]")!, unreached = () => (says.hidden = false);
    says.hidden = true;
    void import("./signing-out.ts").then(async ({ signOut }) => (await signOut(form)) || unreached(), unreached);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
    event.stopPropagation();
  }, true);
}

function closeMenus(target: Element): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
}

function dialogs(target: Element): void {
  const name = target.closest<HTMLElement>("[data-dialog]")?.dataset["dialog"];
  const dialog = name ? document.getElementById(name) : null;
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function theme(event: Event, target: Element): void {
  const value = target.closest<HTMLElement>("[data-theme-set]")?.dataset["themeSet"];
  if (!value) return;
  event.preventDefault();
  document.documentElement.dataset["theme"] = value;
  document.cookie = `theme=${value}; path=/; max-age=31536000; samesite=lax`;
}

function password(target: Element): void {
  const button = target.closest<HTMLElement>("[data-show-password]");
  const input = button && document.getElementById(button.dataset["showPassword"]!);
  if (!(input instanceof HTMLInputElement)) return;
  input.type = input.type === "password" ? "text" : "password";
  button!.setAttribute("aria-pressed", String(input.type === "text"));
}

function sample(event: Event, target: Element): void {
  const button = target.closest<HTMLElement>("[data-fill-email]");
  const form = button?.closest("form");
  if (!button || !form) return;
  const fields = form.elements;
  const email = fields.namedItem("email"), secret = fields.namedItem("password");
  if (!(email instanceof HTMLInputElement) || !(secret instanceof HTMLInputElement)) return;
  event.preventDefault();
  email.value = button.dataset["fillEmail"] ?? "";
  secret.value = button.dataset["fillPassword"] ?? "";
  form.requestSubmit();
}

// Short messages at the lower edge, with at most one action and a time after which they go.
// It knows nothing about what happened.
// Idea: one polite live region of the page; the newest message replaces the one before.

export interface Action { label: string; run: () => void }

let timer = 0;

export function toast(message: string, action: Action | null = null, seconds = 6, tone: "plain" | "bad" = "plain"): void {
  const region = document.getElementById("toast");
  if (!region) return;
  clearTimeout(timer);
  const text = document.createElement("span");
  text.textContent = message;
  region.dataset["tone"] = tone;
  region.replaceChildren(text);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      hideToast();
      action.run();
    });
    region.append(button);
  }
  timer = window.setTimeout(hideToast, seconds * 1000);
}

export function hideToast(): void {
  clearTimeout(timer);
  document.getElementById("toast")?.replaceChildren();
}

// On a phone the rows of a list come first: a button unfolds what narrows and weighs them.
// It knows nothing about what that is; elsewhere it is always in sight (phone.css).
// Idea: the panel's body remembers which pane is unfolded, so that a choice made there does not fold it away.

export function lookAfterFold(body: HTMLElement): void {
  const show = (): void => {
    const button = body.querySelector("[data-fold]"), pane = body.querySelector<HTMLElement>("[data-pane]")?.dataset["pane"];
    if (body.dataset["unfolded"] !== pane) delete body.dataset["unfolded"];
    button?.setAttribute("aria-expanded", String("unfolded" in body.dataset));
  };
  body.addEventListener("fragment", (event) => event.target === body && show());
  body.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-fold]");
    if (!button) return;
    if (button.getAttribute("aria-expanded") === "true") delete body.dataset["unfolded"];
    else body.dataset["unfolded"] = button.closest<HTMLElement>("[data-pane]")?.dataset["pane"] ?? "";
    show();
  });
}

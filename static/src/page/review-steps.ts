// A work under review in steps, for a phone: place, facts, checklist, decision, one at a time.
// It knows nothing about widths: the style sheet hides the other steps on a small screen only.
// Idea: without this the same links jump down the page; what is linked inside a hidden step opens that step.

export function setUpSteps(nav: HTMLElement): void {
  const links = [...nav.querySelectorAll<HTMLElement>("[data-to]")];
  const show = (step: string): void => {
    document.body.dataset["at"] = step;
    for (const link of links) {
      if (link.dataset["to"] === step) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
  };
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
    if (!link || nav.offsetHeight === 0) return;
    const target = document.getElementById(link.hash.slice(1));
    const step = link.dataset["to"] ?? target?.closest<HTMLElement>("[data-step]")?.dataset["step"];
    if (!step) return;
    event.preventDefault();
    show(step);
    window.scrollTo(0, 0);
    if (!link.dataset["to"]) target?.focus();
  });
  const checks = [...document.querySelectorAll(".check:has(input[type=radio])")];
  const count = (): void => {
    nav.querySelector("[data-answered]")!.textContent = checks.length ? `${checks.filter((check) => check.querySelector("input:checked")).length}/${checks.length}` : "";
  };
  document.addEventListener("change", count);
  count();
  show(nav.dataset["steps"]!);
}

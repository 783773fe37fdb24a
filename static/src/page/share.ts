// The buttons of a shared page: copy its link, print it. Hidden until this script is there to do it.
// It knows nothing about what is shared.
export function setUpSharing(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-copy], [data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const input = document.getElementById(button.dataset["copy"] ?? "");
      if (!(input instanceof HTMLInputElement)) return window.print();
      input.select();
      void navigator.clipboard?.writeText(input.value).catch(() => undefined); // selected all the same: Ctrl+C is left
    });
  }
}

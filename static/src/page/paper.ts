// The map on paper: all that was in view, smaller where the sheet is, since nothing is fetched or drawn anew while a page is printed.
// It knows nothing about the sheet, which only print.css can ask.

export function keepWholeOnPaper(map: HTMLElement): void {
  window.addEventListener("beforeprint", () => {
    map.style.setProperty("--seen-w", `${map.clientWidth}px`);
    map.style.setProperty("--seen-h", `${map.clientHeight}px`);
  });
}

// The switch in the sheet of keys: whether single letters, digits and signs start something (WCAG 2.1.4).
// It knows nothing about what they start; whoever listens for keys reads the same word from the device.
const KEY = "letters";

export function setUpLetterSwitch(): void {
  const box = document.querySelector<HTMLInputElement>("[data-letters]");
  if (!box) return;
  box.checked = localStorage.getItem(KEY) !== "off";
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, "off")));
}

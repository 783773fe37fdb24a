// Before somebody is signed out, whatever can still be sent is sent.
// It knows nothing about what that is.
// Idea: one event of the page, so that signing out need not load what saves, nor know whether it was loaded.
const NAME = "leaving";

export function whenLeaving(finish: () => Promise<unknown>): void {
  document.addEventListener(NAME, (event) => (event as CustomEvent<Promise<unknown>[]>).detail.push(finish()));
}

export async function finishAll(): Promise<void> {
  const running: Promise<unknown>[] = [];
  document.dispatchEvent(new CustomEvent(NAME, { detail: running }));
  await Promise.allSettled(running);
}

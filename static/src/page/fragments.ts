// Fetches server-rendered pieces of a page and puts them into their container.
// It knows nothing about what the pieces say.
// Idea: htmx's one good trick in forty lines: the newest request wins, failures are said in the place itself.
import { word } from "./words.ts";

const running = new WeakMap<Element, AbortController>();

/** What is known beforehand of an address, for when the server is not reached. */
let spare: (url: string) => Promise<string | undefined> = async () => undefined;

export function haveSpare(find: typeof spare): void {
  spare = find;
}

export class FragmentFailed extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** Text of a fragment, or FragmentFailed with words for people. */
export async function fetchFragment(url: string, init: RequestInit = {}): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(url, { ...init, headers: { Accept: "text/html", "X-Fragment": "1", ...init.headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new FragmentFailed(0, word("error.offline"));
  }
  if (answer.redirected && new URL(answer.url).pathname === "/login") throw new FragmentFailed(401, word("error.signed_out"));
  if (answer.ok) return answer.text();
  throw new FragmentFailed(answer.status, await explain(answer));
}

async function explain(answer: Response): Promise<string> {
  if (answer.headers.get("Content-Type")?.includes("problem+json")) {
    const problem = (await answer.json()) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? word("error.server");
  }
  const key = { 401: "error.signed_out", 403: "error.forbidden", 404: "error.gone" }[answer.status];
  return word(key ?? "error.server", { status: answer.status });
}

/** Renewing what stands there unasked, as long as the page still allows it when the answer has come. */
export type Quiet = boolean | (() => boolean);

/** Replace the container's content by a fragment; false if it failed, a newer request took over or it is no longer allowed. */
export async function swap(container: HTMLElement, url: string, quiet: Quiet = false): Promise<boolean> {
  running.get(container)?.abort();
  const controller = new AbortController();
  running.set(container, controller);
  container.setAttribute("aria-busy", "true");
  const slow = window.setTimeout(() => !quiet && container.classList.add("is-loading"), 100);
  try {
    const html = await fetchFragment(url, { signal: controller.signal }).catch(async (error: unknown) => {
      const kept = error instanceof FragmentFailed && error.status === 0 ? await spare(url) : undefined;
      if (kept === undefined) throw error;
      return kept;
    });
    if (controller.signal.aborted || (typeof quiet === "function" && !quiet())) return false;
    container.innerHTML = html;
    container.dispatchEvent(new CustomEvent("fragment", { bubbles: true, detail: { url } }));
    return true;
  } catch (error) {
    if (controller.signal.aborted) return false;
    if (!(error instanceof FragmentFailed)) throw error;
    if (!quiet) container.replaceChildren(failure(error, () => void swap(container, url)));
    if (error.status === 401) container.dispatchEvent(new CustomEvent("signed-out", { bubbles: true }));
    return false;
  } finally {
    clearTimeout(slow);
    if (running.get(container) === controller) {
      container.removeAttribute("aria-busy");
      container.classList.remove("is-loading");
    }
  }
}

function failure(error: FragmentFailed, again: () => void): HTMLElement {
  const box = document.createElement("div");
  box.className = "empty";
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = error.message;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = word("action.retry");
  button.addEventListener("click", again);
  if (error.status === 0) window.addEventListener("online", () => box.isConnected && again(), { once: true });
  box.append(text, button);
  return box;
}

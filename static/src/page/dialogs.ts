// Questions to the person: yes or no, and signing in again without leaving the page.
// It knows nothing about why it is asked.
// Idea: <dialog> elements of the page's templates; the answer is a promise.
import { readSession } from "../api/proposals.ts";
import { word } from "./words.ts";

/** Yes or no. loss: the buttons by what they do where yes throws work away; the filled one then keeps it. */
export async function confirmed(text: string, loss: { drop: string; keep: string } | null = null): Promise<boolean> {
  const dialog = document.getElementById("confirm");
  if (!(dialog instanceof HTMLDialogElement)) return window.confirm(text);
  dialog.querySelector("[data-confirm-text]")!.textContent = text;
  for (const button of dialog.querySelectorAll("button")) {
    const yes = button.value === "ok";
    button.dataset["words"] ??= button.textContent ?? "";
    button.textContent = loss ? loss[yes ? "drop" : "keep"] : button.dataset["words"];
    button.classList.toggle("btn-main", yes === (loss === null));
    button.classList.toggle("btn-danger", yes && loss !== null);
  }
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "ok";
}

/** May what is being drawn be thrown away? */
export function mayThrowAway(): Promise<boolean> {
  return confirmed(word("draw.drop"), { drop: word("draw.drop_yes"), keep: word("draw.drop_no") });
}

/** The question has no object any more: it closes, and counts as no. */
export function withdrawQuestion(): void {
  const dialog = document.getElementById("confirm");
  if (dialog instanceof HTMLDialogElement && dialog.open) dialog.close("cancel");
}

/** Sign in over the page; true once the same person is back. */
export async function signInAgain(): Promise<boolean> {
  const dialog = document.getElementById("signin");
  const form = dialog?.querySelector("form");
  if (!(dialog instanceof HTMLDialogElement) || !form) {
    window.open(`/login?next=${encodeURIComponent(location.pathname)}`, "_blank");
    return false;
  }
  if (dialog.open) return false;
  dialog.showModal();
  return new Promise((resolve) => {
    const submit = async (event: Event) => {
      event.preventDefault();
      const problem = await trySignIn(form);
      const place = form.querySelector("[data-login-problem]");
      if (place) place.textContent = problem;
      if (problem === "") dialog.close("in");
    };
    form.addEventListener("submit", submit);
    dialog.addEventListener("close", () => {
      form.removeEventListener("submit", submit);
      form.reset();
      resolve(dialog.returnValue === "in");
      dialog.returnValue = "";
    }, { once: true });
  });
}

async function trySignIn(form: HTMLFormElement): Promise<string> {
  const fields = new FormData(form);
  try {
    const answer = await fetch("/api/v1/session", {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ email: fields.get("email"), password: fields.get("password"), code: fields.get("code") }),
    });
    if (!answer.ok) {
      const { type, detail } = (await answer.json()) as { type?: string; detail?: string };
      if (type === "/problems/code-needed") form.querySelector<HTMLElement>("[data-login-code]")!.hidden = false;
      return detail ?? word("error.server", { status: answer.status });
    }
    const session = await readSession();
    document.body.dataset["csrf"] = session.csrf_token ?? "";
    const account = document.body.dataset["account"];
    if (session.user?.id && account && session.user.id !== account) {
      location.reload();
      return word("error.other_account");
    }
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : word("error.offline");
  }
}

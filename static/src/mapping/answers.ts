// Answers of the condition survey on their way to the server, in order; they wait on the device where there is no network.
// It knows nothing about the walk or the panel.
// Idea: an answer says the condition only, so it is put upon whatever the server has then: no conflict is possible.
import { factFields, readFact, replaceFact } from "../api/facts.ts";
import { ApiProblem } from "../api/proposals.ts";
import { signInAgain } from "../page/dialogs.ts";
import { retryLater, whenBack } from "../page/retry.ts";
import { showSaveState } from "../page/save-state.ts";
import { toast } from "../page/toast.ts";

interface Answer { id: string; condition: string; seen: string }

/** Before what was refused is asked again. */
const PAUSE_MS = 300;

export class Answers {
  private readonly store: string;
  private sending = false;

  constructor(account: string, kelurahan: string, private readonly sent: () => void) {
    this.store = `survey.${account}.${kelurahan}`;
    whenBack(() => this.send());
  }

  add(id: string, condition: string): void {
    this.keep([...this.kept().filter((one) => one.id !== id), { id, condition, seen: today() }]);
    void this.send();
  }

  /** One after the other; what cannot go now goes later. */
  async send(): Promise<void> {
    if (this.sending || this.kept().length === 0) return;
    this.sending = true;
    try {
      for (let answer = this.kept()[0]; answer; answer = this.kept()[0]) {
        showSaveState("saving");
        await put(answer);
        this.forget(answer);
      }
      showSaveState("saved");
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      await this.failed(error);
    } finally {
      this.sending = false;
      this.sent();
    }
  }

  private async failed(problem: ApiProblem): Promise<void> {
    const [first] = this.kept();
    if (problem.passing) {
      showSaveState(problem.status === 0 ? "offline" : "failed");
      return retryLater();
    }
    if (problem.status === 401) {
      if (!(await signInAgain())) return;
    } else if (problem.status !== 412 && first) {
      this.forget(first); // it can never be taken, say because the asset is gone
      showSaveState("saved");
      toast(problem.message, null, 10, "bad");
    }
    window.setTimeout(() => void this.send(), PAUSE_MS);
  }

  private kept(): Answer[] {
    return JSON.parse(localStorage.getItem(this.store) ?? "[]") as Answer[];
  }

  private keep(answers: readonly Answer[]): void {
    if (answers.length > 0) localStorage.setItem(this.store, JSON.stringify(answers));
    else localStorage.removeItem(this.store);
  }

  private forget(answer: Answer): void {
    this.keep(this.kept().filter((one) => one.id !== answer.id || one.condition !== answer.condition));
  }
}

async function put({ id, condition, seen }: Answer): Promise<void> {
  const stored = await readFact("assets", id);
  const fields = { ...factFields("assets", stored.properties), condition, surveyed_on: seen };
  await replaceFact("assets", id, stored.properties.version, { geometry: stored.geometry, fields });
}

/** The day on this device, as the API writes days. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

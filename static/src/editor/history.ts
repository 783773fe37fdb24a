// Two levels of undo: shapes while drawing, then named operations of the session.
// It knows nothing about what a shape or an operation is.
// Idea: umap's journal and most editors: one stack with a pointer; a new step cuts off what was undone.

export class Steps<T> {
  private readonly states: T[];
  private at = 0;

  constructor(first: T) {
    this.states = [first];
  }

  get now(): T {
    return this.states[this.at]!;
  }

  push(state: T): void {
    this.states.length = this.at + 1;
    this.states.push(state);
    this.at += 1;
  }

  undo(): T | null {
    if (this.at === 0) return null;
    this.at -= 1;
    return this.now;
  }

  redo(): T | null {
    if (this.at + 1 >= this.states.length) return null;
    this.at += 1;
    return this.now;
  }

  get canUndo(): boolean {
    return this.at > 0;
  }

  get canRedo(): boolean {
    return this.at + 1 < this.states.length;
  }
}

export interface Operation { name: string; undo: () => Promise<void>; redo: () => Promise<void> }

export class Journal {
  private readonly done: Operation[] = [];
  private readonly undone: Operation[] = [];

  constructor(private readonly changed: () => void) {}

  record(operation: Operation): void {
    this.done.push(operation);
    this.undone.length = 0;
    this.changed();
  }

  get nextUndo(): string | null {
    return this.done.at(-1)?.name ?? null;
  }

  get nextRedo(): string | null {
    return this.undone.at(-1)?.name ?? null;
  }

  /** Undo the last operation; it stays where it was if that fails. */
  async undo(): Promise<string | null> {
    return this.shift(this.done, this.undone, "undo");
  }

  async redo(): Promise<string | null> {
    return this.shift(this.undone, this.done, "redo");
  }

  private async shift(from: Operation[], to: Operation[], way: "undo" | "redo"): Promise<string | null> {
    const operation = from.at(-1);
    if (!operation) return null;
    await operation[way]();
    from.pop();
    to.push(operation);
    this.changed();
    return operation.name;
  }
}

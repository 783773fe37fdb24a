// Which proposals or assets are chosen together; table, list and map show it and change it.
// It knows nothing about what is done with them.
// Idea: a set of ids with listeners, kept apart from the one whose card or form is open.

export class Selection {
  private readonly chosen = new Set<string>();
  private readonly listeners: ((ids: readonly string[]) => void)[] = [];

  get ids(): readonly string[] {
    return [...this.chosen];
  }

  has(id: string): boolean {
    return this.chosen.has(id);
  }

  set(ids: Iterable<string>, on: boolean): void {
    for (const id of ids) {
      if (on) this.chosen.add(id);
      else this.chosen.delete(id);
    }
    for (const tell of this.listeners) tell(this.ids);
  }

  toggle(id: string): void {
    this.set([id], !this.chosen.has(id));
  }

  clear(): void {
    this.set(this.ids, false);
  }

  changed(tell: (ids: readonly string[]) => void): void {
    this.listeners.push(tell);
  }
}

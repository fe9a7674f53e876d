interface Waiting<Item, Result> {
  item: Item;
  done: (result: Result) => void;
  fail: (error: unknown) => void;
}

/**
 * Asks for many in one statement what is asked for one by one: while a batch is under way, the next gathers. Who comes alone
 * does not wait; a thousand who come in one minute share a few dozen round trips and commits.
 */
export class Gathered<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = false;

  /**
   * @param work gives one result for each item, in their order, and is harmless to repeat
   * @param most items in one batch
   */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly most: number,
  ) {}

  ask(item: Item): Promise<Result> {
    return new Promise((done, fail) => {
      this.waiting.push({ item, done, fail });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) await this.settle(this.waiting.splice(0, this.most));
    this.running = false;
  }

  private async settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const error = await this.attempt(batch);
    if (error === null) return;
    // Nobody fails because of somebody else; but where the first fails alone as well, nobody can be served, and nobody waits for it.
    const [first, ...others] = batch;
    const alone = others.length === 0 ? error : await this.attempt([first!]);
    if (alone === null) for (const one of others) await this.settle([one]);
    else for (const { fail } of batch) fail(alone);
  }

  /** @returns what went wrong; null when all have their results */
  private async attempt(batch: readonly Waiting<Item, Result>[]): Promise<unknown> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ done }, i) => done(results[i]!));
      return null;
    } catch (error) {
      return error;
    }
  }
}

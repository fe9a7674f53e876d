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
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ done }, i) => done(results[i]!));
    } catch (error) {
      // Nobody fails because of somebody else.
      if (batch.length > 1) for (const one of batch) await this.settle([one]);
      else batch[0]!.fail(error);
    }
  }
}

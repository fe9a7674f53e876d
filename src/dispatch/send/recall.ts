/** How often is looked: a pause then takes hold within a second, and a fast batch is through before the first look. */
const EVERY_MS = 500;

const calledBack = '同批中有已暂停、撤回或取消的，全部退回后再发其余的。';

/**
 * Looks while a batch is being sent whether all that is in hand is still wanted. Once something is not, `signal` says that
 * nothing more of the batch is started: what goes back is claimed anew, without what is paused, withdrawn or given up.
 */
export class Recall {
  private readonly ending = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private looking = false;

  /** @param look how many of those in hand are not wanted any more */
  constructor(
    private readonly look: () => Promise<number>,
    private readonly warn: (text: string) => void,
    everyMs = EVERY_MS,
  ) {
    this.timer = setInterval(() => void this.tick(), everyMs);
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      if ((await this.look()) > 0) this.ending.abort(calledBack);
    } catch (error) {
      this.warn(`unknown whether what is in hand is still wanted: ${(error as Error).message}`);
    } finally {
      this.looking = false;
    }
  }
}

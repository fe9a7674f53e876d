/**
 * A worker's hold on the rows of one batch, renewed while the database answers. Once it cannot be renewed, `lost` says so
 * before it runs out: from then on another worker may settle and send these rows, so no further message may be started.
 */
export class BatchLease {
  private readonly ending = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private until: number;

  /**
   * @param claimedUntil when the claim itself ends
   * @param lengthMs how long a renewal lasts
   * @param renew extends the rows' lease to the given moment
   */
  constructor(
    claimedUntil: Date,
    private readonly lengthMs: number,
    private readonly now: () => number,
    private readonly renew: (until: Date) => Promise<void>,
    private readonly warn: (text: string) => void,
  ) {
    this.until = claimedUntil.getTime();
    this.timer = setInterval(() => this.tick(), lengthMs / 6);
  }

  get lost(): AbortSignal {
    return this.ending.signal;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const now = this.now();
    const left = this.until - now;
    if (left <= this.lengthMs / 3 && !this.ending.signal.aborted) {
      this.warn('lease could not be renewed in time: the rest of the batch is not started');
      this.ending.abort('与数据库的联系中断，恢复后自动发送。');
    }
    const until = now + this.lengthMs;
    this.renew(new Date(until)).then(
      () => (this.until = Math.max(this.until, until)),
      (error: Error) => this.warn(`lease not renewed: ${error.message}`),
    );
  }
}

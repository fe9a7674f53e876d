/** Wrong codes from one client, and from all together, within a sliding window. Time is passed in. */
export class Tries {
  private readonly wrong = new Map<string, number[]>();
  private all: number[] = [];

  constructor(
    private readonly perClient: number,
    private readonly total: number,
    private readonly windowMs: number,
  ) {}

  exceeded(client: string, now: Date): boolean {
    this.forget(now);
    return (this.wrong.get(client)?.length ?? 0) >= this.perClient || this.all.length >= this.total;
  }

  addWrong(client: string, now: Date): void {
    this.wrong.set(client, [...(this.wrong.get(client) ?? []), now.getTime()]);
    this.all.push(now.getTime());
  }

  private forget(now: Date): void {
    const oldest = now.getTime() - this.windowMs;
    this.all = this.all.filter((at) => at > oldest);
    for (const [client, times] of this.wrong) {
      const recent = times.filter((at) => at > oldest);
      if (recent.length) this.wrong.set(client, recent);
      else this.wrong.delete(client);
    }
  }
}

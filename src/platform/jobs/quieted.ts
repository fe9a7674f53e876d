import type { Logger } from '@nestjs/common';

const quietMs = 10_000;

/** Says the same thing once in a while: a lost connection is reported by every client of every queue, again and again. */
export class Quieted {
  private readonly said = new Map<string, number>();

  constructor(
    private readonly log: Pick<Logger, 'warn'>,
    private readonly now: () => number = Date.now,
  ) {}

  warn(text: string): void {
    const now = this.now();
    for (const [old, at] of this.said) if (now - at >= quietMs) this.said.delete(old);
    if (this.said.has(text)) return;
    this.said.set(text, now);
    this.log.warn(text);
  }
}

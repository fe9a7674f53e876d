/** Carriers report within two days, unless agreed otherwise; a doubt is settled or held long before. */
const keptMs = 48 * 3_600_000;

interface Doubt {
  since: number;
  srcId: string;
  number: string;
  parts: number;
  /** Of the parts that were answered. */
  known: readonly string[];
}

interface Unclaimed {
  at: number;
  srcId: string;
  number: string;
}

/**
 * Messages whose answer was lost, and reports on messages nobody was answered for. A report repeats the number the message came
 * from: where that ends with digits of the message's own, it proves that the gateway took it. In memory: after a restart a person
 * decides.
 */
export class CmppDoubts {
  private readonly doubts = new Map<string, Doubt>();
  private readonly reports = new Map<string, Unclaimed>();
  private readonly claimed = new Map<string, number>();

  constructor(private readonly now: () => Date) {}

  /** The gateway's number of a part that is known to be a message's own. */
  claim(messageId: string): void {
    this.claimed.set(messageId, this.now().getTime());
    this.reports.delete(messageId);
  }

  doubt(deliveryId: string, doubt: Omit<Doubt, 'since'>): void {
    this.forgetOld();
    this.doubts.set(deliveryId, { ...doubt, since: this.now().getTime() });
  }

  /** @param messageId of a part that was reported on */
  noteReport(srcId: string, number: string, messageId: string): void {
    this.forgetOld();
    if (!this.claimed.has(messageId)) this.reports.set(messageId, { at: this.now().getTime(), srcId, number });
  }

  /** The gateway's numbers of all parts of a message in doubt; null while reports do not prove that all were taken. */
  settled(deliveryId: string, startedAt: Date): string[] | null {
    const doubt = this.doubts.get(deliveryId);
    if (!doubt) return null;
    const reported = [...this.reports].flatMap(([messageId, { srcId, number, at }]) =>
      srcId === doubt.srcId && number === doubt.number && at >= startedAt.getTime() ? [messageId] : [],
    );
    const parts = [...doubt.known, ...reported];
    return reported.length > 0 && parts.length === doubt.parts ? parts : null;
  }

  private forgetOld(): void {
    const before = this.now().getTime() - keptMs;
    for (const [id, { since }] of this.doubts) if (since < before) this.doubts.delete(id);
    for (const [id, { at }] of this.reports) if (at < before) this.reports.delete(id);
    for (const [id, at] of this.claimed) if (at < before) this.claimed.delete(id);
  }
}

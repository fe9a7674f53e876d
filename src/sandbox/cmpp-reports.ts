import { beijingTime } from './beijing-time.js';
import type { Book, BookMessage } from './book.js';
import { cmppFaultOf, type CmppFault } from './cmpp-faults.js';
import {
  type CmppFiled,
  type GatewayLink,
  messageIdAt,
  replyDeliver,
  replyParts,
  reportDeliver,
  type Speaks,
} from './cmpp-wire.js';
import { pause, pick, type Pace } from './pace.js';
import type { RandomFaults } from './random-faults.js';

const gatewayNumber = 900_001;
/** How long an answer is waited for before the same is delivered again; a real gateway waits a minute. */
const answerMs = 2000;
const lookMs = 100;

export interface CmppReportsOptions {
  book: Book;
  pace: Pace;
  links: ReadonlySet<GatewayLink>;
  filed: CmppFiled;
  faults?: RandomFaults;
}

/** What the gateway delivers: reports on each part, on whichever link is there, until it is answered; and what people send. */
export class CmppReports {
  private readonly unanswered = new Map<string, () => void>();
  private delivered = 0;
  private replies = 0;

  constructor(private readonly options: CmppReportsOptions) {
    for (const message of options.book.reportsDue('cmpp')) this.add(message);
  }

  due(fault: CmppFault | null): BookMessage['report'] {
    if (fault === 'neverReported') return undefined;
    const dueAt = new Date(Date.now() + pick(this.options.pace.reportDelayMs)).toISOString();
    const failed = fault === 'undelivered' || fault === 'oneUndelivered';
    return { status: failed ? 'failed' : 'delivered', code: failed ? 'UNDELIV' : 'DELIVRD', dueAt };
  }

  add(message: BookMessage): void {
    void this.deliverWhenDue(message);
  }

  /** Ends when all parts were answered for. */
  async deliver(message: BookMessage): Promise<void> {
    const { report, to, title, n } = message;
    if (!report) return;
    const fault = cmppFaultOf(to);
    const ids = message.providerId.split(' ').map(BigInt);
    const minute = beijingTime(report.dueAt).replace(/\D/g, '').slice(2, 12);
    const isTwice = fault === 'reportedTwice' || this.options.faults?.report(title) === 'twice';
    const times = isTwice ? [1, 2] : [1];
    const all = times.flatMap(() =>
      ids.map((id, at) => {
        const state = fault === 'oneUndelivered' && at < ids.length - 1 ? 'DELIVRD' : report.code;
        const about = { id, state, minute, number: to, srcId: title, serviceId: this.options.filed.serviceId };
        return this.untilAnswered((speaks, sequence, outer) =>
          reportDeliver(speaks, sequence, { ...about, outer }, this.widthOf(speaks)),
        );
      }),
    );
    const answered = await Promise.all(all);
    if (answered.every(Boolean) && !this.options.pace.stopped.aborted) this.options.book.markReported(n, 'taken');
  }

  /** Its parts go over different links, and each is answered for. */
  async reply(from: string, text: string, to: string): Promise<boolean> {
    const reply = { from, to, serviceId: this.options.filed.serviceId };
    const answered = await Promise.all(
      replyParts(text, ++this.replies).map((part) =>
        this.untilAnswered((speaks, sequence, outer) => replyDeliver(speaks, sequence, { ...reply, outer, part })),
      ),
    );
    return answered.every(Boolean);
  }

  answered(link: GatewayLink, sequence: number): void {
    this.unanswered.get(keyOf(link, sequence))?.();
  }

  private async deliverWhenDue(message: BookMessage): Promise<void> {
    const wait = Date.parse(message.report?.dueAt ?? '') - Date.now();
    if (message.report && (await pause(Math.max(wait, 0), this.options.pace.stopped))) await this.deliver(message);
  }

  /** On another link each time, while there are several. False when the gateway stops first. */
  private async untilAnswered(write: (speaks: Speaks, sequence: number, outer: bigint) => Buffer): Promise<boolean> {
    const { pace } = this.options;
    const outer = messageIdAt(new Date(), gatewayNumber, ++this.delivered);
    while (!pace.stopped.aborted) {
      const links = [...this.options.links];
      const link = links[this.delivered++ % links.length];
      if (link && (await this.once(link, (sequence) => write(link.speaks, sequence, outer)))) return true;
      if (!link && !(await pause(lookMs, pace.stopped))) return false;
    }
    return false;
  }

  private async once(link: GatewayLink, write: (sequence: number) => Buffer): Promise<boolean> {
    const sequence = link.nextSequence();
    const key = keyOf(link, sequence);
    let took = false;
    const done = new AbortController();
    this.unanswered.set(key, () => {
      took = true;
      done.abort();
    });
    link.socket.once('close', () => done.abort());
    link.socket.write(write(sequence));
    await pause(answerMs, AbortSignal.any([done.signal, this.options.pace.stopped]));
    this.unanswered.delete(key);
    return took;
  }

  private widthOf(speaks: Speaks): number {
    return (speaks === 3) !== (this.options.filed.mixesReports === true) ? 32 : 21;
  }
}

const numbers = new WeakMap<GatewayLink, number>();
let linksSeen = 0;

function keyOf(link: GatewayLink, sequence: number): string {
  if (!numbers.has(link)) numbers.set(link, ++linksSeen);
  return `${numbers.get(link)} ${sequence}`;
}

import type { LinkTimers } from './cmpp-link.js';
import type { Deliver } from './cmpp-deliver.js';

/** How long the other parts of a long message are waited for before what came is taken for all of it. */
const patienceMs = 5 * 60_000;
/** Messages begun at once; nobody sends so many long ones, and memory must not grow. */
const mostBegun = 1000;

/** What somebody sent, whole or as far as it came. */
export interface Received {
  /** The gateway's number of the first part that came. */
  messageId: string;
  from: string;
  to: string;
  text: string;
}

interface Begun {
  first: Deliver;
  texts: (string | undefined)[];
  stopWaiting: () => void;
}

/** Joins long messages. Their parts come in any order, on any link, and may come twice. */
export class CmppInbox {
  private readonly begun = new Map<string, Begun>();

  constructor(
    private readonly timers: LinkTimers,
    private readonly received: (message: Received) => Promise<void>,
  ) {}

  async take(deliver: Deliver): Promise<void> {
    const { part, from, to, text, messageId } = deliver;
    if (!part || part.total < 2 || part.number < 1 || part.number > part.total)
      return this.received({ messageId, from, to, text });
    const key = [from, to, part.reference, part.total].join(' ');
    const own = this.begun.get(key) ?? this.begin(key, deliver, part.total);
    own.texts[part.number - 1] = text;
    if (own.texts.every((one) => one !== undefined)) await this.finish(key);
  }

  private begin(key: string, first: Deliver, total: number): Begun {
    const oldest = this.begun.keys().next();
    if (this.begun.size >= mostBegun && !oldest.done) void this.finish(oldest.value);
    const stopWaiting = this.timers.after(patienceMs, () => void this.finish(key));
    const own: Begun = { first, texts: Array.from({ length: total }, () => undefined), stopWaiting };
    this.begun.set(key, own);
    return own;
  }

  private async finish(key: string): Promise<void> {
    const own = this.begun.get(key);
    if (!own) return;
    this.begun.delete(key);
    own.stopWaiting();
    const { messageId, from, to } = own.first;
    await this.received({ messageId, from, to, text: own.texts.map((text) => text ?? '').join('') });
  }
}

import type { Timers } from '../timers.js';
import type { Deliver } from './cmpp-deliver.js';

/** How long the other parts of a long message are waited for before what came is taken for all of it. */
const patienceMs = 5 * 60_000;
/** Messages begun at once; nobody sends so many long ones, and memory must not grow. */
const mostBegun = 1000;

/** Stands for a part that never came: a word of what is left means nothing by itself. */
const lost = '［缺］';

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
    private readonly timers: Timers,
    private readonly received: (message: Received) => Promise<void>,
    /** In English for the log. */
    private readonly warn: (what: string) => void,
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
    if (this.begun.size >= mostBegun && !oldest.done) {
      const evicted = this.begun.get(oldest.value)!;
      this.begun.delete(oldest.value);
      evicted.stopWaiting();
      this.hand(evicted).catch((error: Error) => this.warn(`parts of a reply are lost: ${error.message}`));
    }
    const own: Begun = { first, texts: Array.from({ length: total }, () => undefined), stopWaiting: () => undefined };
    this.waitFor(own, key);
    this.begun.set(key, own);
    return own;
  }

  private async finish(key: string): Promise<void> {
    const own = this.begun.get(key);
    if (!own) return;
    own.stopWaiting();
    try {
      await this.hand(own);
    } catch (error) {
      // The gateway was answered for the other parts and delivers only the last again: they stay until all can be kept.
      this.waitFor(own, key);
      throw error;
    }
    if (this.begun.get(key) === own) this.begun.delete(key);
  }

  private waitFor(own: Begun, key: string): void {
    own.stopWaiting = this.timers.after(patienceMs, () => {
      this.finish(key).catch((error: Error) => this.warn(`a reply is not kept yet: ${error.message}`));
    });
  }

  private hand({ first: { messageId, from, to }, texts }: Begun): Promise<void> {
    return this.received({ messageId, from, to, text: texts.map((text) => text ?? lost).join('') });
  }
}

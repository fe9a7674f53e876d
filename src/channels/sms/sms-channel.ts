import type { SendOutcome } from '../../domain/delivery.js';
import type { FilingsAnswer } from '../../domain/sending/filing.js';
import type { SmsContent, SmsTemplateKey } from '../../rendering/message.js';
import type { Channel, DoubtfulDelivery, Incoming, OutgoingMessage, ReconcileAnswer } from '../channel.js';
import { inParallel, notStarted } from '../in-parallel.js';
import { domesticNumber } from './domestic-number.js';

/** One text for one number. */
export interface OutgoingSms {
  deliveryId: string;
  number: string;
  content: SmsContent;
}

/** What one vendor's SMS service does in its own way. */
export interface SmsVendor {
  /** As stored on reports, attempts and gates. */
  readonly name: string;
  /** What the vendor would say to a number that is none; it is never asked. */
  readonly badNumber: SendOutcome;
  /** One call, never repeated, for one number: every id and every report of the vendor then belongs to one delivery. */
  submit(content: SmsContent, number: string, deliveryId: string): Promise<SendOutcome>;
  /** Most messages in one call; one unless given. */
  readonly perCall?: number;
  /** One call, never repeated, for several numbers, each with its own text; an outcome for each, in their order. */
  submitTogether?(messages: readonly OutgoingSms[]): Promise<SendOutcome[]>;
  /** Whether reports on one call tell the two numbers apart. */
  mayTravelTogether?(a: string, b: string): boolean;
  /** What the vendor's own records say of a message that it may have taken; absent where it cannot be asked. */
  find?(delivery: DoubtfulDelivery, number: string): Promise<ReconcileAnswer>;
  /** What it finds is known to this process alone, and lost with it. */
  readonly findsOwnOnly?: boolean;
  check(): Promise<string | null>;
  /** What became of the signature and the texts filed there; absent where nothing is filed, or where it cannot be asked. */
  filings?(): Promise<FilingsAnswer>;
  /** What is left, as a sentence; null when it could not be learnt. */
  balance?(): Promise<string | null>;
  /** Where the vendor keeps a line to us. */
  listen?(incoming: Incoming): void;
  close?(): Promise<void>;
}

export interface SmsChannelOptions {
  concurrency: number;
  /** How long a message may take to show up in the vendor's records; two minutes unless given. */
  reconcileAfterMs?: number;
  /** The vendor's name unless it is a further account. */
  account?: string;
  /** What is filed under this account; what the message says unless given. */
  filed?: { signName: string; templates: Readonly<Record<SmsTemplateKey, string>> };
}

/** Questions about doubts leave the vendor room for messages. */
const mostQuestions = 4;

/** SMS through one vendor. */
export class SmsChannel implements Channel {
  readonly kind = 'sms';
  readonly provider: string;
  readonly account: string;
  readonly batchSize: number;
  /** A second call is a second message: no vendor drops it. */
  readonly repeatableForMs = 0;
  readonly reconcileAfterMs: number;
  readonly reconcile?: Channel['reconcile'];
  readonly listen?: Channel['listen'];
  readonly filings?: Channel['filings'];
  readonly balance?: Channel['balance'];

  constructor(
    private readonly vendor: SmsVendor,
    private readonly options: SmsChannelOptions,
  ) {
    this.provider = vendor.name;
    this.account = options.account ?? vendor.name;
    // All that a killed worker had claimed is in doubt. Where nobody can be asked, a person decides on each: let them be few.
    const isAsked = vendor.find && !vendor.findsOwnOnly;
    this.batchSize = Math.max(
      isAsked ? Math.max(100, options.concurrency * 10) : options.concurrency * 2,
      vendor.perCall ?? 1,
    );
    this.reconcileAfterMs = options.reconcileAfterMs ?? 120_000;
    if (vendor.find) this.reconcile = (doubtful) => this.ask(doubtful, vendor.find!.bind(vendor));
    if (vendor.filings) this.filings = () => vendor.filings!();
    if (vendor.balance) this.balance = () => vendor.balance!();
    if (vendor.listen) this.listen = (incoming) => vendor.listen!(incoming);
  }

  send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (deliveryId: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    const sendable: OutgoingSms[] = [];
    for (const { content, deliveryId, address } of messages) {
      if (content.kind !== 'sms') throw new Error(`SMS channel was handed ${content.kind} content`);
      const number = domesticNumber(address);
      if (number !== null) sendable.push({ deliveryId, number, content: filedAs(content, this.options.filed) });
      else settled(deliveryId, signal.aborted ? notStarted(signal) : this.vendor.badNumber);
    }
    return inParallel(this.callsFor(sendable), this.options.concurrency, async (call) => {
      const outcomes = call.length > 1 && !signal.aborted ? await this.vendor.submitTogether!(call) : [];
      for (const [at, message] of call.entries()) {
        const together = outcomes[at];
        // What is wrong with one message is said of all that travel with it, and none has left: each is tried by itself.
        if (together && !(together.kind === 'refused' && together.class !== 'configuration')) {
          settled(message.deliveryId, together);
        } else if (signal.aborted) settled(message.deliveryId, notStarted(signal));
        else settled(message.deliveryId, await this.vendor.submit(message.content, message.number, message.deliveryId));
      }
    });
  }

  check(): Promise<string | null> {
    return this.vendor.check();
  }

  async close(): Promise<void> {
    await this.vendor.close?.();
  }

  /** What travels in each call, in order as far as the vendor can tell the reports apart. */
  private callsFor(messages: readonly OutgoingSms[]): OutgoingSms[][] {
    const { perCall = 1 } = this.vendor;
    if (perCall === 1) return messages.map((message) => [message]);
    const calls: OutgoingSms[][] = [];
    for (const message of messages) {
      const joins = (call: readonly OutgoingSms[]) =>
        call.length < perCall && call.every(({ number }) => this.vendor.mayTravelTogether!(number, message.number));
      const call = calls.find(joins);
      if (call) call.push(message);
      else calls.push([message]);
    }
    return calls;
  }

  private async ask(
    doubtful: readonly DoubtfulDelivery[],
    find: NonNullable<SmsVendor['find']>,
  ): Promise<ReconcileAnswer[]> {
    const answers = new Map<string, ReconcileAnswer>();
    await inParallel(doubtful, Math.min(this.options.concurrency, mostQuestions), async (delivery) => {
      const number = domesticNumber(delivery.address);
      // A number the channel refuses to send to cannot have been sent to.
      answers.set(delivery.deliveryId, number ? await find(delivery, number) : { kind: 'notTaken' });
    });
    return doubtful.map(({ deliveryId }) => answers.get(deliveryId) ?? { kind: 'noAnswer', reason: '未查询。' });
  }
}

/** The message under an account's own signature and code. */
function filedAs(content: SmsContent, filed: SmsChannelOptions['filed']): SmsContent {
  if (!filed) return content;
  const mark = `【${content.signName}】`;
  const text = content.text.startsWith(mark) ? `【${filed.signName}】${content.text.slice(mark.length)}` : content.text;
  return { ...content, signName: filed.signName, templateCode: filed.templates[content.template], text };
}

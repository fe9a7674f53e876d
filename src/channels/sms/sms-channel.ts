import type { SendOutcome } from '../../domain/delivery.js';
import type { SmsContent } from '../../rendering/message.js';
import type { Channel, DoubtfulDelivery, OutgoingMessage, ReconcileAnswer } from '../channel.js';
import { inParallel, sendEach } from '../in-parallel.js';
import { domesticNumber } from './domestic-number.js';

/** What one vendor's SMS service does in its own way. */
export interface SmsVendor {
  /** As stored on reports, attempts and gates. */
  readonly name: string;
  /** What the vendor would say to a number that is none; it is never asked. */
  readonly badNumber: SendOutcome;
  /** One call, never repeated, for one number: every id and every report of the vendor then belongs to one delivery. */
  submit(content: SmsContent, number: string, deliveryId: string): Promise<SendOutcome>;
  /** What the vendor's own records say of a message that it may have taken. */
  find(delivery: DoubtfulDelivery, number: string): Promise<ReconcileAnswer>;
  check(): Promise<string | null>;
}

export interface SmsChannelOptions {
  concurrency: number;
  /** How long a message may take to show up in the vendor's records; two minutes unless given. */
  reconcileAfterMs?: number;
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

  constructor(
    private readonly vendor: SmsVendor,
    private readonly options: SmsChannelOptions,
  ) {
    this.provider = vendor.name;
    this.account = vendor.name;
    this.batchSize = Math.max(100, options.concurrency * 10);
    this.reconcileAfterMs = options.reconcileAfterMs ?? 120_000;
  }

  send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (deliveryId: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    return sendEach(messages, this.options.concurrency, signal, (message) => this.sendOne(message), settled);
  }

  async reconcile(doubtful: readonly DoubtfulDelivery[]): Promise<ReconcileAnswer[]> {
    const answers = new Map<string, ReconcileAnswer>();
    await inParallel(doubtful, Math.min(this.options.concurrency, mostQuestions), async (delivery) => {
      const number = domesticNumber(delivery.address);
      // A number the channel refuses to send to cannot have been sent to.
      answers.set(delivery.deliveryId, number ? await this.vendor.find(delivery, number) : { kind: 'notTaken' });
    });
    return doubtful.map(({ deliveryId }) => answers.get(deliveryId) ?? { kind: 'noAnswer', reason: '未查询。' });
  }

  check(): Promise<string | null> {
    return this.vendor.check();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async sendOne({ content, deliveryId, address }: OutgoingMessage): Promise<SendOutcome> {
    if (content.kind !== 'sms') throw new Error(`SMS channel was handed ${content.kind} content`);
    const number = domesticNumber(address);
    return number === null ? this.vendor.badNumber : this.vendor.submit(content, number, deliveryId);
  }
}

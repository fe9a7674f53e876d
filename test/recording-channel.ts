import type { Channel, DoubtfulDelivery, OutgoingMessage, ReconcileAnswer } from '../src/channels/channel.js';
import type { ChannelKind, SendOutcome } from '../src/domain/delivery.js';

/** A provider in memory: keeps what it was given and answers as the test says. */
export class RecordingChannel implements Channel {
  readonly provider: string;
  batchSize = 10;
  repeatableForMs = 0;
  reconcileAfterMs = 0;
  readonly taken: OutgoingMessage[] = [];
  answer: (message: OutgoingMessage) => SendOutcome | 'silence' = (message) => ({
    kind: 'accepted',
    reference: `ref-${message.deliveryId}`,
  });
  /** Waited for between the provider's taking and its answers. */
  beforeOutcomes: () => Promise<unknown> = () => Promise.resolve();
  reconcile?: (doubtful: readonly DoubtfulDelivery[]) => Promise<ReconcileAnswer[]>;

  constructor(
    readonly kind: ChannelKind,
    public account = `test-${kind}`,
  ) {
    this.provider = account;
  }

  async send(
    messages: readonly OutgoingMessage[],
    _signal: AbortSignal,
    settled: (id: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    this.taken.push(...messages);
    const outcomes = messages.map((message) => ({ id: message.deliveryId, outcome: this.answer(message) }));
    await this.beforeOutcomes();
    for (const { id, outcome } of outcomes) if (outcome !== 'silence') settled(id, outcome);
  }

  check: () => Promise<string | null> = () => Promise.resolve(null);
  filings?: Channel['filings'];

  close(): Promise<void> {
    return Promise.resolve();
  }
}

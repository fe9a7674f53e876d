import { z } from 'zod';
import type { SendOutcome } from '../../domain/delivery.js';
import type { Channel, DoubtfulDelivery, OutgoingMessage, ReconcileAnswer } from '../channel.js';
import { inParallel, sendEach } from '../in-parallel.js';
import { defaultVendorTimeoutMs, type VendorAnswer } from '../vendor-http.js';
import { callAliyun, type AliyunClientOptions } from './aliyun-client.js';
import { findSms, queryDetails } from './aliyun-details.js';
import { aliyunOutcome } from './aliyun-errors.js';
import { beijingDay } from './aliyun-time.js';
import { outcomeOfSilence } from '../vendor-outcome.js';
import { domesticNumber } from './domestic-number.js';

export interface AliyunSmsOptions {
  baseUrl: string;
  accessKeyId: string;
  accessKeySecret: string;
  concurrency: number;
  timeoutMs?: number;
  /** How long a message may take to show up in the provider's records; two minutes unless given. */
  reconcileAfterMs?: number;
  now?: () => Date;
}

/** One number per call, so that every provider id and every report belongs to one delivery. */
export class AliyunSmsChannel implements Channel {
  readonly kind = 'sms';
  readonly provider = 'aliyun';
  readonly account = 'aliyun';
  readonly batchSize: number;
  /** The provider states that sending is not idempotent. */
  readonly repeatableForMs = 0;
  readonly reconcileAfterMs: number;
  private readonly client: AliyunClientOptions;

  constructor(private readonly options: AliyunSmsOptions) {
    this.batchSize = Math.max(100, options.concurrency * 10);
    this.reconcileAfterMs = options.reconcileAfterMs ?? 120_000;
    this.client = {
      baseUrl: options.baseUrl,
      accessKeyId: options.accessKeyId,
      accessKeySecret: options.accessKeySecret,
      timeoutMs: options.timeoutMs ?? defaultVendorTimeoutMs,
      now: options.now ?? (() => new Date()),
    };
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
    await inParallel(doubtful, Math.min(this.options.concurrency, 4), async (delivery) => {
      const number = domesticNumber(delivery.address);
      // A number the channel refuses to send to cannot have been sent to.
      answers.set(delivery.deliveryId, number ? await findSms(this.client, delivery, number) : { kind: 'notTaken' });
    });
    return doubtful.map(({ deliveryId }) => answers.get(deliveryId) ?? { kind: 'noAnswer', reason: '未查询。' });
  }

  async check(): Promise<string | null> {
    const page = await queryDetails(this.client, '13800000000', beijingDay(this.client.now()), 1);
    return 'problem' in page ? page.problem : null;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async sendOne(message: OutgoingMessage): Promise<SendOutcome> {
    const { content, deliveryId, address } = message;
    if (content.kind !== 'sms') throw new Error(`SMS channel was handed ${content.kind} content`);
    const number = domesticNumber(address);
    if (number === null) return aliyunOutcome('isv.MOBILE_NUMBER_ILLEGAL');
    const answer = await callAliyun(this.client, 'SendSms', {
      PhoneNumbers: number,
      SignName: content.signName,
      TemplateCode: content.templateCode,
      TemplateParam: JSON.stringify(content.params),
      OutId: deliveryId,
    });
    return readSendAnswer(answer);
  }
}

const sendAnswer = z.object({ Code: z.string(), BizId: z.string().optional() });

function readSendAnswer(answer: VendorAnswer): SendOutcome {
  if (answer.kind !== 'answer') return outcomeOfSilence(answer);
  const parsed = sendAnswer.safeParse(answer.body);
  if (!parsed.success) return outcomeOfSilence(answer);
  const { Code, BizId } = parsed.data;
  return Code === 'OK' ? { kind: 'accepted', reference: BizId ?? 'OK' } : aliyunOutcome(Code);
}

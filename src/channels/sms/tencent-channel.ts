import { z } from 'zod';
import type { SendOutcome } from '../../domain/delivery.js';
import type { SmsTemplateKey } from '../../rendering/message.js';
import { smsVariables } from '../../rendering/sms.js';
import type { Channel, DoubtfulDelivery, OutgoingMessage, ReconcileAnswer } from '../channel.js';
import { inParallel, sendEach } from '../in-parallel.js';
import { defaultVendorTimeoutMs, type VendorAnswer } from '../vendor-http.js';
import { outcomeOfSilence } from '../vendor-outcome.js';
import { domesticNumber } from './domestic-number.js';
import { callTencent, errorOf, type TencentClientOptions } from './tencent-client.js';
import { tencentOutcome } from './tencent-errors.js';
import { findTencentSms, tencentProblem, type TencentRecords } from './tencent-records.js';

export interface TencentSmsOptions {
  baseUrl: string;
  secretId: string;
  secretKey: string;
  sdkAppId: string;
  signName: string;
  /** Numbers of the filed templates; their variables are `{1}`, `{2}` … in the order of the text. */
  templates: Readonly<Record<SmsTemplateKey, string>>;
  region?: string;
  concurrency: number;
  timeoutMs?: number;
  reconcileAfterMs?: number;
  now?: () => Date;
}

/** One number per call, so that every serial number and every report belongs to one delivery. */
export class TencentSmsChannel implements Channel {
  readonly kind = 'sms';
  readonly provider = 'tencent';
  readonly account = 'tencent';
  readonly batchSize: number;
  /** A second call is a second message. */
  readonly repeatableForMs = 0;
  readonly reconcileAfterMs: number;
  private readonly client: TencentClientOptions;
  private readonly records: TencentRecords;

  constructor(private readonly options: TencentSmsOptions) {
    this.batchSize = Math.max(100, options.concurrency * 10);
    this.reconcileAfterMs = options.reconcileAfterMs ?? 120_000;
    this.client = {
      baseUrl: options.baseUrl,
      secretId: options.secretId,
      secretKey: options.secretKey,
      region: options.region ?? 'ap-guangzhou',
      timeoutMs: options.timeoutMs ?? defaultVendorTimeoutMs,
      now: options.now ?? (() => new Date()),
    };
    this.records = { client: this.client, sdkAppId: options.sdkAppId };
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
      const answer: ReconcileAnswer = number
        ? await findTencentSms(this.records, delivery, number)
        : { kind: 'notTaken' };
      answers.set(delivery.deliveryId, answer);
    });
    return doubtful.map(({ deliveryId }) => answers.get(deliveryId) ?? { kind: 'noAnswer', reason: '未查询。' });
  }

  check(): Promise<string | null> {
    return tencentProblem(this.records);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async sendOne({ content, deliveryId, address }: OutgoingMessage): Promise<SendOutcome> {
    if (content.kind !== 'sms') throw new Error(`SMS channel was handed ${content.kind} content`);
    const number = domesticNumber(address);
    if (number === null) return tencentOutcome('InvalidParameterValue.IncorrectPhoneNumber');
    const answer = await callTencent(this.client, 'SendSms', {
      PhoneNumberSet: [`+86${number}`],
      SmsSdkAppId: this.options.sdkAppId,
      TemplateId: this.options.templates[content.template],
      SignName: this.options.signName,
      TemplateParamSet: smsVariables(content.template).map((name) => content.params[name] ?? ''),
      SessionContext: deliveryId,
    });
    return readSendAnswer(answer);
  }
}

const sendAnswer = z.object({
  Response: z.object({
    SendStatusSet: z.tuple([z.object({ Code: z.string(), SerialNo: z.string().optional() })]),
  }),
});

/** A call that is taken may still refuse the one number in it. */
function readSendAnswer(answer: VendorAnswer): SendOutcome {
  const error = errorOf(answer);
  if (error) return tencentOutcome(error);
  const parsed = answer.kind === 'answer' ? sendAnswer.safeParse(answer.body) : undefined;
  if (!parsed?.success) return outcomeOfSilence(answer);
  const { Code, SerialNo } = parsed.data.Response.SendStatusSet[0];
  return Code === 'Ok' ? { kind: 'accepted', reference: SerialNo || 'Ok' } : tencentOutcome(Code);
}

import { z } from 'zod';
import type { SendOutcome } from '../../../domain/delivery.js';
import type { SmsContent } from '../../../rendering/message.js';
import type { DoubtfulDelivery, ReconcileAnswer } from '../../channel.js';
import { defaultVendorTimeoutMs, type VendorAnswer } from '../../vendor-http.js';
import { outcomeOfSilence } from '../../vendor-outcome.js';
import { callAliyun, type AliyunClientOptions } from './aliyun-client.js';
import { findSms, queryDetails } from './aliyun-details.js';
import { aliyunOutcome } from './aliyun-errors.js';
import { aliyunFilings, type AliyunFilings } from './aliyun-filings.js';
import { beijingDay } from '../beijing-time.js';
import { serialOf } from '../serial.js';
import type { SmsVendor } from '../sms-channel.js';

export interface AliyunSmsOptions {
  baseUrl: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** Digits of each message's own behind the number; none unless given. */
  serialDigits?: number;
  /** What is filed there of what it sends; its state is asked only then. */
  filed?: AliyunFilings;
  timeoutMs?: number;
  now?: () => Date;
}

/** Templates with named variables; business errors come with HTTP 200; records are asked for by number and day. */
export class AliyunSms implements SmsVendor {
  readonly name = 'aliyun';
  readonly badNumber = aliyunOutcome('isv.MOBILE_NUMBER_ILLEGAL');
  readonly filings?: SmsVendor['filings'];
  private readonly client: AliyunClientOptions;
  private readonly serialDigits: number;

  constructor({ baseUrl, accessKeyId, accessKeySecret, serialDigits, filed, timeoutMs, now }: AliyunSmsOptions) {
    this.serialDigits = serialDigits ?? 0;
    this.client = {
      baseUrl,
      accessKeyId,
      accessKeySecret,
      timeoutMs: timeoutMs ?? defaultVendorTimeoutMs,
      now: now ?? (() => new Date()),
    };
    if (filed) this.filings = () => aliyunFilings(this.client, filed);
  }

  async submit(content: SmsContent, number: string, deliveryId: string): Promise<SendOutcome> {
    const serial = serialOf(deliveryId, this.serialDigits);
    const answer = await callAliyun(this.client, 'SendSms', {
      PhoneNumbers: number,
      SignName: content.signName,
      TemplateCode: content.templateCode,
      TemplateParam: JSON.stringify(content.params),
      OutId: deliveryId,
      ...(serial ? { SmsUpExtendCode: serial } : {}),
    });
    return readSendAnswer(answer);
  }

  find(delivery: DoubtfulDelivery, number: string): Promise<ReconcileAnswer> {
    return findSms(this.client, delivery, number);
  }

  async check(): Promise<string | null> {
    const page = await queryDetails(this.client, '13800000000', beijingDay(this.client.now()), 1);
    return 'problem' in page ? page.problem : null;
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

import { z } from 'zod';
import type { SendOutcome } from '../../../domain/delivery.js';
import type { FilingsAnswer } from '../../../domain/sending/filing.js';
import type { SmsContent, SmsTemplateKey } from '../../../rendering/message.js';
import { smsVariables } from '../../../rendering/sms.js';
import type { DoubtfulDelivery, Incoming, ReconcileAnswer } from '../../channel.js';
import { defaultVendorTimeoutMs, type VendorAnswer } from '../../vendor-http.js';
import { outcomeOfSilence } from '../../vendor-outcome.js';
import { serialOf } from '../serial.js';
import type { SmsVendor } from '../sms-channel.js';
import { type Timers, timersOf } from '../timers.js';
import { callTencent, errorOf } from './tencent-client.js';
import { tencentOutcome } from './tencent-errors.js';
import { tencentBalance, tencentFilings } from './tencent-filings.js';
import { TencentPull } from './tencent-pull.js';
import { findTencentSms, tencentProblem, type TencentRecords } from './tencent-records.js';

export interface TencentSmsOptions {
  baseUrl: string;
  secretId: string;
  secretKey: string;
  sdkAppId: string;
  signName: string;
  /** Numbers of the filed templates; their variables are `{1}`, `{2}` … in the order of the text. */
  templates: Readonly<Record<SmsTemplateKey, string>>;
  /** Digits of each message's own behind the number; none unless given. */
  serialDigits?: number;
  region?: string;
  timeoutMs?: number;
  timers?: Timers;
  /** How often the vendor's queues are asked; 0 or nothing: never, it pushes. */
  pullEveryMs?: number;
  warn?: (what: string) => void;
}

/** Templates and signature of its own, with numbered variables; a refusal stands for the whole call or for the one number. */
export class TencentSms implements SmsVendor {
  readonly name = 'tencent';
  readonly badNumber = tencentOutcome('InvalidParameterValue.IncorrectPhoneNumber');
  readonly listen?: (incoming: Incoming) => void;
  private readonly records: TencentRecords;
  private readonly pull: TencentPull | null = null;

  constructor(private readonly options: TencentSmsOptions) {
    const {
      baseUrl,
      secretId,
      secretKey,
      sdkAppId,
      region,
      timeoutMs,
      pullEveryMs = 0,
      warn = () => undefined,
    } = options;
    const timers = options.timers ?? timersOf(() => new Date());
    this.records = {
      client: {
        baseUrl,
        secretId,
        secretKey,
        region: region ?? 'ap-guangzhou',
        timeoutMs: timeoutMs ?? defaultVendorTimeoutMs,
        now: () => timers.now(),
      },
      sdkAppId,
    };
    if (pullEveryMs > 0) {
      const pull = new TencentPull({ ...this.records, everyMs: pullEveryMs, timers, warn });
      this.pull = pull;
      this.listen = (incoming) => pull.start(incoming);
    }
  }

  async submit(content: SmsContent, number: string, deliveryId: string): Promise<SendOutcome> {
    const { sdkAppId, signName, templates, serialDigits = 0 } = this.options;
    const serial = serialOf(deliveryId, serialDigits);
    const answer = await callTencent(this.records.client, 'SendSms', {
      PhoneNumberSet: [`+86${number}`],
      SmsSdkAppId: sdkAppId,
      TemplateId: templates[content.template],
      SignName: signName,
      TemplateParamSet: smsVariables(content.template).map((name) => content.params[name] ?? ''),
      SessionContext: deliveryId,
      ...(serial ? { ExtendCode: serial } : {}),
    });
    return readSendAnswer(answer);
  }

  find(delivery: DoubtfulDelivery, number: string): Promise<ReconcileAnswer> {
    return findTencentSms(this.records, delivery, number);
  }

  filings(): Promise<FilingsAnswer> {
    const { signName, templates } = this.options;
    return tencentFilings(this.records, { signName, templates });
  }

  balance(): Promise<string | null> {
    return tencentBalance(this.records);
  }

  check(): Promise<string | null> {
    return tencentProblem(this.records);
  }

  close(): Promise<void> {
    this.pull?.close();
    return Promise.resolve();
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
  if (Code !== 'Ok') return tencentOutcome(Code);
  return SerialNo
    ? { kind: 'accepted', reference: SerialNo, parts: [SerialNo] }
    : { kind: 'accepted', reference: 'Ok' };
}

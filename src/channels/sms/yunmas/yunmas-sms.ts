import { z } from 'zod';
import type { SendOutcome } from '../../../domain/delivery.js';
import type { SmsContent, SmsTemplateKey } from '../../../rendering/message.js';
import { smsVariables } from '../../../rendering/sms.js';
import { defaultVendorTimeoutMs, type VendorAnswer } from '../../vendor-http.js';
import { outcomeOfSilence } from '../../vendor-outcome.js';
import { serialOf } from '../serial.js';
import type { OutgoingSms, SmsVendor } from '../sms-channel.js';
import { callYunmas, type YunmasOperation } from './yunmas-client.js';
import { yunmasOutcome } from './yunmas-errors.js';
import { templateBody, textBody, type YunmasCredentials } from './yunmas-mac.js';
import { partReference } from './yunmas-report.js';

export interface YunmasSmsOptions extends YunmasCredentials {
  baseUrl: string;
  sign: string;
  signInText: boolean;
  addSerial: string;
  /** Digits of each message's own behind it; none unless given, and none where several numbers travel in a call. */
  serialDigits?: number;
  flavour: 'text' | 'template';
  /** Numbers in one call; free texts only. */
  perCall: number;
  templates: Readonly<Record<SmsTemplateKey, string>>;
  timeoutMs?: number;
}

/**
 * China Mobile 云MAS over HTTP, free texts or templates. It cannot be asked about a message, and nothing of ours comes back: a report
 * names the group it gave to the call, and the number. A doubt therefore waits for a person.
 */
export class YunmasSms implements SmsVendor {
  readonly name = 'yunmas';
  readonly badNumber = yunmasOutcome('InvalidMobile');
  readonly perCall: number;

  constructor(private readonly options: YunmasSmsOptions) {
    this.perCall = options.flavour === 'text' ? options.perCall : 1;
  }

  async submit(content: SmsContent, number: string, deliveryId: string): Promise<SendOutcome> {
    const { flavour, sign, addSerial, serialDigits = 0, templates } = this.options;
    const to = { mobiles: number, sign, addSerial: addSerial + serialOf(deliveryId, serialDigits) };
    const answer =
      flavour === 'text'
        ? await this.call('norsubmit', textBody(this.options, { ...to, content: this.textOf(content) }), [deliveryId])
        : await this.call(
            'tmpsubmit',
            templateBody(this.options, {
              ...to,
              templateId: templates[content.template],
              params: JSON.stringify(smsVariables(content.template).map((name) => content.params[name] ?? '')),
            }),
            [deliveryId],
          );
    return readAnswer(answer, number);
  }

  /** One to many, each with a text of his own. The platform takes or refuses all of them. */
  async submitTogether(messages: readonly OutgoingSms[]): Promise<SendOutcome[]> {
    const { sign, addSerial } = this.options;
    const texts = Object.fromEntries(messages.map(({ number, content }) => [number, this.textOf(content)]));
    const body = textBody(this.options, { mobiles: '', content: JSON.stringify(texts), sign, addSerial });
    const answer = await this.call(
      'norsubmit',
      body,
      messages.map(({ deliveryId }) => deliveryId),
    );
    return messages.map(({ number }) => readAnswer(answer, number));
  }

  /** Reports on one group are told apart by the numbers' last digits. */
  mayTravelTogether(a: string, b: string): boolean {
    return a.slice(-4) !== b.slice(-4);
  }

  /** A text to nobody: whose account it is, is looked at first, and there is no number that could get it. */
  async check(): Promise<string | null> {
    const { sign, addSerial } = this.options;
    const answer = await this.call(
      'norsubmit',
      textBody(this.options, { mobiles: '', content: '', sign, addSerial }),
      [],
    );
    const outcome = readAnswer(answer, '');
    if (outcome.kind === 'accepted') return null;
    if (outcome.kind === 'refused') return outcome.class === 'configuration' ? outcome.reason : null;
    return outcome.reason;
  }

  private call(operation: YunmasOperation, body: string, deliveryIds: readonly string[]): Promise<VendorAnswer> {
    const { baseUrl, timeoutMs } = this.options;
    return callYunmas({ baseUrl, timeoutMs: timeoutMs ?? defaultVendorTimeoutMs }, operation, body, deliveryIds);
  }

  private textOf({ text, signName }: SmsContent): string {
    const mark = `【${signName}】`;
    return !this.options.signInText && text.startsWith(mark) ? text.slice(mark.length) : text;
  }
}

const submitAnswer = z.object({
  rspcod: z.string(),
  success: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional(),
  // A number of more digits than a number holds names no group.
  msgGroup: z
    .union([z.string(), z.int().transform(String)])
    .nullish()
    .catch(null),
});

/** Nobody knows what an answer means that says yes and no. */
function readAnswer(answer: VendorAnswer, number: string): SendOutcome {
  const parsed = answer.kind === 'answer' ? submitAnswer.safeParse(answer.body) : undefined;
  if (!parsed?.success) return outcomeOfSilence(answer);
  const { rspcod, success, msgGroup } = parsed.data;
  const word = rspcod.trim();
  const yes = word.toLowerCase() === 'success';
  if (success !== undefined && success !== yes)
    return { kind: 'unknown', code: word || 'CONTRADICTION', reason: '云MAS 的应答自相矛盾，可能已受理。' };
  if (!yes) return yunmasOutcome(word);
  const reference = msgGroup ? partReference(msgGroup, number) : undefined;
  return { kind: 'accepted', reference: reference ?? 'success', ...(reference ? { parts: [reference] } : {}) };
}

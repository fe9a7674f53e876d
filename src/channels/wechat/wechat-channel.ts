import { z } from 'zod';
import { chineseDateTime } from '../../domain/calendar.js';
import type { SendOutcome } from '../../domain/delivery.js';
import { fieldData, type TemplateField } from '../../domain/sending/wechat-fields.js';
import type { WechatContent } from '../../rendering/message.js';
import type { Channel, Incoming, OutgoingMessage } from '../channel.js';
import { sendEach } from '../in-parallel.js';
import type { Timers } from '../sms/timers.js';
import { defaultVendorTimeoutMs } from '../vendor-http.js';
import { outcomeOfSilence } from '../vendor-outcome.js';
import { type NoToken, type WechatAnswer, WechatClient } from './wechat-client.js';
import { wechatOutcome, wechatReason } from './wechat-errors.js';
import { WechatInterceptions } from './wechat-interceptions.js';
import { templateProblem } from './wechat-template.js';

export interface WechatOptions {
  baseUrl: string;
  appId: string;
  secret: string;
  message: 'template' | 'subscription';
  templateId: string;
  fields: readonly TemplateField[];
  concurrency: number;
  timeoutMs?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Asks now and then which messages the platform intercepted; without them it is not asked. */
  polls?: { timers: Timers; everyMs: number; warn(what: string): void };
}

/** For how long a second message to the same follower under the same client_msg_id is dropped; later nothing is promised. */
const onceForMs = 10 * 60_000;
/** Its clock and ours differ, and a call takes time. */
const windowMarginMs = 60_000;
/** The provider took it and did not say under which number. */
const noReference = 'ok';

/**
 * Notices of an official account to those who follow it: template messages (developers.weixin.qq.com/doc/service/api/notify/template/
 * api_sendtemplatemessage) or long-term subscription notices (…/api/notify/notify/api_sendnewsubscribemsg), one interface for both.
 * A subscription notice has no number in its answer and no protection against being sent twice: a doubt about one stays a doubt.
 */
export class WechatChannel implements Channel {
  readonly kind = 'wechat';
  readonly provider = 'wechat';
  readonly account = 'wechat';
  /** Small, so that a lost process leaves few doubts that nobody can settle. */
  readonly batchSize: number;
  readonly repeatableForMs: number;
  readonly reconcileAfterMs = 0;
  private readonly client: WechatClient;
  private readonly interceptions: WechatInterceptions | null;

  constructor(private readonly options: WechatOptions) {
    const { baseUrl, appId, secret, concurrency, message, templateId, polls } = options;
    this.batchSize = concurrency * 4;
    this.repeatableForMs = message === 'template' ? onceForMs - windowMarginMs : 0;
    this.client = new WechatClient({
      ...{ baseUrl, appId, secret },
      timeoutMs: options.timeoutMs ?? defaultVendorTimeoutMs,
      now: options.now ?? Date.now,
    });
    this.interceptions =
      polls && message === 'template' ? new WechatInterceptions({ ...polls, client: this.client, templateId }) : null;
  }

  send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (deliveryId: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    return sendEach(messages, this.options.concurrency, signal, (message) => this.sendOne(message), settled);
  }

  listen(incoming: Incoming): void {
    this.interceptions?.start(incoming);
  }

  /** That the template is there, and has the fields that are to be filled. */
  async check(): Promise<string | null> {
    const { message, templateId, fields } = this.options;
    const path = message === 'template' ? '/cgi-bin/template/get_all_private_template' : '/wxaapi/newtmpl/gettemplate';
    const answer = await this.client.get(path);
    if (answer.kind === 'refused') return wechatReason(answer.errcode, answer.said);
    if (answer.kind !== 'answer') return answer.reason;
    const parsed = anyAnswer.safeParse(answer.body);
    if (!parsed.success) return '微信的应答无法识别。';
    const { errcode, errmsg: said } = parsed.data;
    return errcode === 0 ? templateProblem(answer.body, templateId, fields) : wechatReason(errcode, said);
  }

  close(): Promise<void> {
    this.interceptions?.close();
    return Promise.resolve();
  }

  private async sendOne({ content, deliveryId, address }: OutgoingMessage): Promise<SendOutcome> {
    if (content.kind !== 'wechat') throw new Error(`WeChat channel was handed ${content.kind} content`);
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(address)) return wechatOutcome(40003);
    const path =
      this.options.message === 'template' ? '/cgi-bin/message/template/send' : '/cgi-bin/message/subscribe/bizsend';
    // Outside the body, where a proxy's log can name the delivery.
    const answer = await this.client.post(path, this.bodyOf(content, deliveryId, address), {
      'x-request-id': deliveryId,
    });
    return readSendAnswer(answer);
  }

  private bodyOf({ values, url }: WechatContent, deliveryId: string, openid: string): string {
    const { message, templateId, fields, now = Date.now } = this.options;
    const data = fieldData(fields, values, chineseDateTime(new Date(now())));
    const to = { touser: openid, template_id: templateId };
    return JSON.stringify(
      message === 'template' ? { ...to, url, client_msg_id: deliveryId, data } : { ...to, page: url, data },
    );
  }
}

const errmsg = z.string().max(1000).catch('');
const anyAnswer = z.object({ errcode: z.number().default(0), errmsg });
const sendAnswer = z.object({
  errcode: z.number(),
  errmsg,
  // Of 64 bits: kept as text where it is too long for a number.
  msgid: z.union([z.string(), z.number()]).optional(),
});

function readSendAnswer(answer: WechatAnswer): SendOutcome {
  if (answer.kind === 'refused') return wechatOutcome(answer.errcode, answer.said);
  if (answer.kind === 'noAnswer') return withoutToken(answer);
  if (answer.kind !== 'answer') return outcomeOfSilence(answer);
  const parsed = sendAnswer.safeParse(answer.body);
  if (!parsed.success) return outcomeOfSilence(answer);
  const { errcode, errmsg: said, msgid } = parsed.data;
  if (errcode !== 0) return wechatOutcome(errcode, said);
  const id = String(msgid ?? '');
  return /^[1-9]\d{0,20}$/.test(id)
    ? { kind: 'accepted', reference: id, parts: [id] }
    : { kind: 'accepted', reference: noReference };
}

/** Without a token nothing was sent, whatever became of the call for it. */
const withoutToken = ({ code, reason }: NoToken & { kind: 'noAnswer' }): SendOutcome => ({
  ...{ kind: 'retry', class: 'network' },
  ...{ code, reason },
});

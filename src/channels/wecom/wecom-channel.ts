import { z } from 'zod';
import type { SendOutcome } from '../../domain/delivery.js';
import { clipCharacters, clipUtf8 } from '../../domain/sending/message-text.js';
import type { WecomContent } from '../../rendering/message.js';
import type { Channel, OutgoingMessage } from '../channel.js';
import { sendEach } from '../in-parallel.js';
import { defaultVendorTimeoutMs } from '../vendor-http.js';
import { outcomeOfSilence } from '../vendor-outcome.js';
import { WecomClient, type NoToken, type WecomAnswer } from './wecom-client.js';
import { wecomOutcome } from './wecom-errors.js';

export interface WecomOptions {
  baseUrl: string;
  corpId: string;
  secret: string;
  agentId: number;
  concurrency: number;
  timeoutMs?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** The longest the provider compares for. */
const duplicateWindowSeconds = 14_400;
/** Its clock and ours differ, and a call takes time. */
const windowMarginMs = 10 * 60_000;

/** A card for each member, because each holds a personal link. */
export class WecomChannel implements Channel {
  readonly kind = 'wecom';
  readonly provider = 'wecom';
  readonly account = 'wecom';
  readonly batchSize: number;
  readonly repeatableForMs = duplicateWindowSeconds * 1000 - windowMarginMs;
  /** The provider has no query; a doubtful card is simply sent again, unchanged, within the window. */
  readonly reconcileAfterMs = 0;
  private readonly client: WecomClient;

  constructor(private readonly options: WecomOptions) {
    this.batchSize = Math.max(100, options.concurrency * 10);
    this.client = new WecomClient({
      baseUrl: options.baseUrl,
      corpId: options.corpId,
      secret: options.secret,
      timeoutMs: options.timeoutMs ?? defaultVendorTimeoutMs,
      now: options.now ?? Date.now,
    });
  }

  send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (deliveryId: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    return sendEach(messages, this.options.concurrency, signal, (message) => this.sendOne(message), settled);
  }

  async check(): Promise<string | null> {
    const answer = await this.client.token();
    if (answer.kind === 'token') return null;
    const outcome = outcomeWithoutToken(answer);
    return outcome.kind === 'accepted' ? null : outcome.reason;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async sendOne(message: OutgoingMessage): Promise<SendOutcome> {
    const { content, deliveryId, address } = message;
    if (content.kind !== 'wecom') throw new Error(`WeCom channel was handed ${content.kind} content`);
    // A bar would address several members, '@all' the whole office.
    if (!/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/.test(address)) return wecomOutcome(40031);
    const body = cardBody(this.options.agentId, address, content);
    // Outside the body, which must stay the same for every try: it lets a proxy's log name the delivery.
    const answer = await this.client.post('/cgi-bin/message/send', body, { 'x-request-id': deliveryId });
    return readSendAnswer(answer, address);
  }
}

/** The provider tells duplicates by the whole request text, so nothing in it may change between two tries. */
function cardBody(agentId: number, userId: string, card: WecomContent): string {
  return JSON.stringify({
    touser: userId,
    msgtype: 'textcard',
    agentid: agentId,
    textcard: {
      title: clipUtf8(card.title, 128),
      description: clipUtf8(card.description, 512),
      url: card.url,
      btntxt: clipCharacters(card.buttonText, 4),
    },
    enable_duplicate_check: 1,
    duplicate_check_interval: duplicateWindowSeconds,
  });
}

const sendAnswer = z.object({
  errcode: z.number(),
  invaliduser: z.string().optional(),
  unlicenseduser: z.string().optional(),
  msgid: z.string().optional(),
});

function readSendAnswer(answer: WecomAnswer, userId: string): SendOutcome {
  if (answer.kind === 'refused' || answer.kind === 'noAnswer') return outcomeWithoutToken(answer);
  if (answer.kind !== 'answer') return outcomeOfSilence(answer);
  const parsed = sendAnswer.safeParse(answer.body);
  if (!parsed.success) return outcomeOfSilence(answer);
  const { errcode, invaliduser, unlicenseduser, msgid } = parsed.data;
  if (errcode !== 0) return wecomOutcome(errcode);
  if (names(invaliduser, userId)) return wecomOutcome(40031);
  if (names(unlicenseduser, userId))
    return {
      kind: 'refused',
      class: 'recipient',
      code: 'unlicenseduser',
      reason: '该成员没有企业微信接口许可，请在管理后台分配。',
    };
  return { kind: 'accepted', reference: msgid ?? 'ok' };
}

/** The provider gives user ids back in lower case. */
function names(list: string | undefined, userId: string): boolean {
  return (list ?? '').toLowerCase().split('|').includes(userId.toLowerCase());
}

/** Without a token nothing was sent, whatever became of the call for it. */
function outcomeWithoutToken(answer: NoToken): SendOutcome {
  if (answer.kind === 'refused') return wecomOutcome(answer.errcode);
  return { kind: 'retry', class: 'network', code: answer.code, reason: answer.reason };
}

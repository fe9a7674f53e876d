import { z } from 'zod';
import type { SendOutcome } from '../../domain/delivery.js';
import type { Channel, ChangeAnswer, OutgoingMessage, SentMessage } from '../channel.js';
import { sendEach } from '../in-parallel.js';
import { defaultVendorTimeoutMs } from '../vendor-http.js';
import { outcomeOfSilence } from '../vendor-outcome.js';
import { agentProblem } from './wecom-agent.js';
import {
  buttonCard,
  duplicateWindowSeconds,
  recallableForMs,
  redrawableForMs,
  redrawnButton,
  taskIdOf,
  textCard,
} from './wecom-card.js';
import { WecomClient, type NoToken, type WecomAnswer } from './wecom-client.js';
import { isUsedTask, wecomOutcome } from './wecom-errors.js';

export interface WecomOptions {
  baseUrl: string;
  corpId: string;
  secret: string;
  agentId: number;
  concurrency: number;
  timeoutMs?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Whom WeCom leads back to when it says who reads; see settings. */
  trustedDomain?: string;
  /** Where the application hears of presses, cards have a button. */
  button?: ButtonOptions;
}

export interface ButtonOptions {
  /** Whom the card is from. */
  officeName: string;
  /** What redraws a card is kept where others can read it. */
  seal: (text: string) => string;
  /** @throws Error when it was sealed with another key */
  open: (sealed: string) => string;
}

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
  readonly recallableForMs = recallableForMs;
  readonly redrawableForMs = redrawableForMs;
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

  /** The application itself is asked about: a token is given to an address that is not trusted as well. */
  async check(): Promise<string | null> {
    const { agentId, trustedDomain = null } = this.options;
    const answer = await this.client.get('/cgi-bin/agent/get', { agentid: String(agentId) });
    if (answer.kind === 'notSent' || answer.kind === 'unknown' || answer.kind === 'noAnswer') return answer.reason;
    if (answer.kind === 'refused') return reasonOf(answer.errcode, answer.said);
    const parsed = anyAnswer.safeParse(answer.body);
    if (!parsed.success) return notReadable;
    const { errcode, errmsg: said } = parsed.data;
    return errcode === 0 ? agentProblem(answer.body, trustedDomain) : reasonOf(errcode, said);
  }

  /** In place of the button of a card that was sent with one. */
  async redraw({ handle, address }: SentMessage & { handle: string }, text: string): Promise<ChangeAnswer> {
    const { agentId, button } = this.options;
    if (!button) return { kind: 'notDone', code: 'NO_CALLBACK', reason: '没有设置接收消息，卡片不能改写。' };
    const body = redrawnButton({ agentId, userId: address }, button.open(handle), text);
    return readChangeAnswer(await this.client.post('/cgi-bin/message/update_template_card', body, {}));
  }

  /** Out of the recipient's WeCom; the WeChat plug-in goes on showing it. */
  async recall({ reference }: Pick<SentMessage, 'reference'>): Promise<ChangeAnswer> {
    const body = JSON.stringify({ msgid: reference });
    return readChangeAnswer(await this.client.post('/cgi-bin/message/recall', body, {}));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async sendOne(message: OutgoingMessage): Promise<SendOutcome> {
    const { content, deliveryId, address } = message;
    if (content.kind !== 'wecom') throw new Error(`WeCom channel was handed ${content.kind} content`);
    // A bar would address several members, '@all' the whole office.
    if (!/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/.test(address)) return wecomOutcome(40031);
    const { agentId, button } = this.options;
    const to = { agentId, userId: address };
    const body =
      button && content.asksAcknowledgement
        ? buttonCard(to, content, taskIdOf(deliveryId, address), button.officeName)
        : textCard(to, content);
    // Outside the body, which must stay the same for every try: it lets a proxy's log name the delivery.
    const answer = await this.client.post('/cgi-bin/message/send', body, { 'x-request-id': deliveryId });
    return this.readSendAnswer(answer, message);
  }

  private readSendAnswer(answer: WecomAnswer, { address, mayHaveArrived }: OutgoingMessage): SendOutcome {
    if (answer.kind === 'refused' || answer.kind === 'noAnswer') return outcomeWithoutToken(answer);
    if (answer.kind !== 'answer') return outcomeOfSilence(answer);
    const parsed = sendAnswer.safeParse(answer.body);
    if (!parsed.success) return outcomeOfSilence(answer);
    const { errcode, errmsg, invaliduser, unlicenseduser, msgid, response_code } = parsed.data;
    // The card of the try in doubt has arrived: there is one of this task already.
    if (isUsedTask(errcode) && mayHaveArrived) return { kind: 'accepted', reference: noReference };
    if (errcode !== 0) return wecomOutcome(errcode, errmsg);
    if (names(invaliduser, address)) return wecomOutcome(40031);
    if (names(unlicenseduser, address))
      return {
        kind: 'refused',
        class: 'recipient',
        code: 'unlicenseduser',
        reason: '该成员没有企业微信接口许可，请在管理后台分配。',
      };
    const handle = response_code && this.options.button ? { handle: this.options.button.seal(response_code) } : {};
    return { kind: 'accepted', reference: msgid ?? noReference, ...handle };
  }
}

/** The provider took it and did not say under which number. */
const noReference = 'ok';

const errmsg = z.string().max(1000).catch('');

const sendAnswer = z.object({
  errcode: z.number(),
  errmsg,
  invaliduser: z.string().optional(),
  unlicenseduser: z.string().optional(),
  msgid: z.string().optional(),
  response_code: z.string().max(1000).optional(),
});

const notReadable = '企业微信的应答无法识别。';
const anyAnswer = z.object({ errcode: z.number(), errmsg });

const changeAnswer = z.object({
  errcode: z.number(),
  errmsg,
  invaliduser: z.union([z.string(), z.array(z.string())]).nullish(),
});

function readChangeAnswer(answer: WecomAnswer): ChangeAnswer {
  if (answer.kind === 'refused') return changeRefused(answer.errcode, answer.said);
  if (answer.kind !== 'answer') return { kind: 'notDone', code: answer.code, reason: answer.reason };
  const parsed = changeAnswer.safeParse(answer.body);
  if (!parsed.success) return { kind: 'notDone', code: `HTTP_${answer.status}`, reason: notReadable };
  const { errcode, errmsg: said, invaliduser } = parsed.data;
  if (errcode !== 0) return changeRefused(errcode, said);
  return invaliduser && invaliduser.length > 0 ? changeRefused(40031) : { kind: 'done' };
}

function changeRefused(errcode: number, said = ''): ChangeAnswer {
  return { kind: 'notDone', code: String(errcode), reason: reasonOf(errcode, said) };
}

function reasonOf(errcode: number, said: string): string {
  const outcome = wecomOutcome(errcode, said);
  return 'reason' in outcome ? outcome.reason : '';
}

/** The provider gives user ids back in lower case. */
function names(list: string | undefined, userId: string): boolean {
  return (list ?? '').toLowerCase().split('|').includes(userId.toLowerCase());
}

/** Without a token nothing was sent, whatever became of the call for it. */
function outcomeWithoutToken(answer: NoToken): SendOutcome {
  if (answer.kind === 'refused') return wecomOutcome(answer.errcode, answer.said);
  return { kind: 'retry', class: 'network', code: answer.code, reason: answer.reason };
}

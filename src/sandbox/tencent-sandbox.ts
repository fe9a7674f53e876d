import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { smsParts } from '../domain/sending/message-text.js';
import { type AliyunFault, aliyunFaultOf } from './aliyun-faults.js';
import { beijingTime } from './beijing-time.js';
import type { Book, BookMessage } from './book.js';
import { json, type SandboxAnswer, type SandboxRequest, type SandboxRoute } from './http.js';
import { pause, pick, type Pace } from './pace.js';
import type { PhoneReply } from './reply-pusher.js';
import { startReportPusher } from './report-pusher.js';
import { rollingCount } from './rolling-count.js';
import { tencentFilingsAnswer, type TencentFilingsOptions } from './tencent-filings.js';
import { type RefusedSms, tencentQueries } from './tencent-queries.js';
import { tencentGateway, type TencentKeys } from './tencent-request.js';

export interface TencentFiled extends TencentKeys, TencentFilingsOptions {
  sdkAppId: string;
  signName: string;
  /** Template number -> text with `{1}`, `{2}` … for its variables. */
  templates: Readonly<Record<string, string>>;
  /** Reports repeat the caller's session context: only where support has switched it on. */
  echoesSession?: boolean;
  /** Reports and replies can be fetched from queues: only where support has switched them on. */
  pulls?: boolean;
}

export interface TencentSandboxOptions extends TencentFiled {
  book: Book;
  pace: Pace;
  reportUrl: () => string | undefined;
  reportRetryMs: readonly number[];
}

const sendBody = z.object({
  PhoneNumberSet: z.array(z.string()).min(1).max(200),
  SmsSdkAppId: z.string(),
  TemplateId: z.string(),
  SignName: z.string(),
  TemplateParamSet: z.array(z.string()),
  SessionContext: z.string().max(512).optional(),
  ExtendCode: z
    .string()
    .regex(/^\d{0,8}$/)
    .optional(),
});
/** Numbers misbehave as at the other vendor, see aliyun-faults. */
const refusals: Partial<Record<AliyunFault, string>> = {
  badNumber: 'InvalidParameterValue.IncorrectPhoneNumber',
  numberLimit: 'LimitExceeded.PhoneNumberDailyLimit',
};

/** The same text to one number, unless the console says otherwise. */
const sameTextMs = 30_000;

export interface TencentSandbox {
  route: SandboxRoute;
  /** Somebody answers: the reply is kept to be asked for. */
  reply(reply: PhoneReply): void;
}

export function tencentSandbox(options: TencentSandboxOptions): TencentSandbox {
  const { book, pace } = options;
  const tried = new Set<string>();
  const refusedNumbers: RefusedSms[] = [];
  const sameText = rollingCount(sameTextMs);
  const queries = tencentQueries({ ...options, echoed, refused: refusedNumbers, answers: { success, failure } });
  const reports = startReportPusher({
    book,
    reportUrl: options.reportUrl,
    retryMs: options.reportRetryMs,
    stopped: pace.stopped,
    vendor: {
      provider: 'tencent',
      row: (message) => reportRow(message, echoed(message)),
      took: (answer) => 'result' in answer && answer.result === 0,
    },
  });

  return { route, reply: (reply) => queries.reply(reply) };

  async function route(request: SandboxRequest): Promise<SandboxAnswer> {
    const refused = tencentGateway(options, request, Date.now());
    if (refused) return failure(refused);
    if (request.headers['x-tc-version'] !== '2021-01-11') return failure('InvalidParameter.InvalidVersion');
    const action = request.headers['x-tc-action'] ?? '';
    const body: unknown = JSON.parse(request.body);
    if (action === 'SendSms') return sendSms(body);
    return (
      queries.answer(action, body, Date.now()) ??
      tencentFilingsAnswer(options, action, body, { success, failure }) ??
      failure('InvalidAction')
    );
  }

  async function sendSms(asked: unknown): Promise<SandboxAnswer> {
    const body = sendBody.safeParse(asked).data;
    if (!body) return failure('InvalidParameter');
    const template = options.templates[body.TemplateId];
    if (body.SmsSdkAppId !== options.sdkAppId) return failure('InvalidParameterValue.SdkAppIdNotExist');
    if (body.SignName !== options.signName || options.unapproved?.[body.SignName])
      return failure('FailedOperation.SignatureIncorrectOrUnapproved');
    if (template === undefined || options.unapproved?.[body.TemplateId])
      return failure('FailedOperation.TemplateIncorrectOrUnapproved');
    if (body.TemplateParamSet.length !== new Set(template.match(/\{\d+\}/g)).size)
      return failure('InvalidParameterValue.TemplateParameterFormatError');
    if (body.TemplateParamSet.some((value) => /https?:|www\.|[a-z0-9-]+\.(cn|com|net|org)\b/i.test(value)))
      return failure('InvalidParameterValue.ProhibitedUseUrlInTemplateParameter');
    const text = `【${body.SignName}】${template.replace(/\{(\d+)\}/g, (_all, n: string) => body.TemplateParamSet[Number(n) - 1] ?? '')}`;
    const numbers = body.PhoneNumberSet.map((number) => number.replace(/^(?:\+86|0086|86)(?=1\d{10}$)/, ''));
    const faults = numbers.map(aliyunFaultOf);
    const reference = body.SessionContext ?? '';
    const isFirstTry = !tried.has(reference);
    tried.add(reference);
    if (faults.includes('throttled')) return failure('RequestLimitExceeded');
    if (faults.includes('busyOnce') && isFirstTry) return failure('InternalError.Timeout');
    if (faults.includes('silent')) return 'silent';
    const half = pick(pace.latencyMs) / 2;
    if (!(await pause(half, pace.stopped))) return 'cut';
    const statuses = numbers.map((number) => takeOne(number, reference, text, body));
    if ((faults.includes('cutAfterTaking') && isFirstTry) || !(await pause(half, pace.stopped))) return 'cut';
    return success({ SendStatusSet: statuses });
  }

  /** Per number: one may be refused while the call succeeds. */
  function takeOne(number: string, reference: string, text: string, body: z.infer<typeof sendBody>) {
    const fault = aliyunFaultOf(number);
    const tooSoon = sameText.count(`${number} ${text}`, Date.now()) > 0 && 'LimitExceeded.PhoneNumberThirtySecondLimit';
    const refused = /^1[3-9]\d{9}$/.test(number) ? (fault && refusals[fault]) || tooSoon : refusals.badNumber;
    if (refused) {
      refusedNumbers.push({ to: number, at: Date.now(), code: refused });
      return { SerialNo: '', PhoneNumber: `+86${number}`, Fee: 0, Code: refused, Message: 'refused' };
    }
    sameText.add(`${number} ${text}`, Date.now());
    const parts = smsParts(text).length;
    const kept = book.add({
      provider: 'tencent',
      kind: 'sms',
      reference,
      to: number,
      providerId: `5000:${Date.now()}${String(book.all().length).padStart(6, '0')}`,
      shown: fault !== 'undelivered',
      title: `【${options.signName}】`,
      text,
      code: /码[：:]?\s*([0-9A-Za-z]{4,10})/.exec(text)?.[1],
      parts,
      templateCode: body.TemplateId,
      extension: body.ExtendCode ?? '',
      report: reportFor(fault),
    });
    if (kept.report) reports.add(kept);
    return {
      SerialNo: kept.providerId,
      PhoneNumber: `+86${number}`,
      Fee: parts,
      SessionContext: reference,
      Code: 'Ok',
      Message: 'send success',
    };
  }

  function echoed({ reference }: BookMessage): string {
    return options.echoesSession ? reference : '';
  }

  function reportFor(fault: AliyunFault | null): BookMessage['report'] {
    if (fault === 'neverReported') return undefined;
    const dueAt = new Date(Date.now() + pick(pace.reportDelayMs)).toISOString();
    return fault === 'undelivered'
      ? { status: 'failed', code: 'UNDELIV', dueAt }
      : { status: 'delivered', code: 'DELIVRD', dueAt };
  }
}

function reportRow(message: BookMessage, ext: string) {
  return {
    user_receive_time: beijingTime(message.report?.dueAt ?? message.at),
    nationcode: '86',
    mobile: message.to,
    report_status: message.report?.status === 'delivered' ? 'SUCCESS' : 'FAIL',
    errmsg: message.report?.code ?? '',
    description: '',
    sid: message.providerId,
    ext,
  };
}

/** Business errors come with HTTP 200. */
const failure = (Code: string): SandboxAnswer =>
  json({ Response: { Error: { Code, Message: `refused: ${Code}` }, RequestId: randomUUID() } });
const success = (fields: object): SandboxAnswer => json({ Response: { ...fields, RequestId: randomUUID() } });

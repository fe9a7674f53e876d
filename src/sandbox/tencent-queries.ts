import { z } from 'zod';
import type { Book, BookMessage } from './book.js';
import type { SandboxAnswer } from './http.js';
import type { PhoneReply } from './reply-pusher.js';

/** A number that was refused: the list of what was sent names it too. */
export interface RefusedSms {
  to: string;
  at: number;
  code: string;
}

export interface TencentQueriesOptions {
  book: Book;
  sdkAppId: string;
  /** The two queues, which support has to switch on. */
  pulls?: boolean;
  /** The caller's session context, where it is repeated. */
  echoed: (message: BookMessage) => string;
  refused: readonly RefusedSms[];
  answers: {
    success: (fields: object) => SandboxAnswer;
    failure: (code: string) => SandboxAnswer;
  };
}

const application = { SmsSdkAppId: z.string() };
const byNumber = { ...application, PhoneNumber: z.string(), BeginTime: z.number(), EndTime: z.number().optional() };
/** `Limit` at most 50; at most 1,000 rows back, of 72 hours. */
const recordBody = z.object({
  ...byNumber,
  Limit: z.number().int().min(1).max(50).default(20),
  Offset: z.number().int().min(0).max(1000).default(0),
});
/** The vendor's document: Offset is 0 for now, the last seven days. */
const numberBody = z.object({ ...byNumber, Offset: z.literal(0), Limit: z.number().int().min(1).max(100) });
const queueBody = z.object({ ...application, Limit: z.number().int().min(1).max(100) });
const recordedMs = 72 * 3_600_000;
const pulledMs = 7 * 86_400_000;

/** What the vendor tells of what it took: by number, and from queues that give each entry once. */
export function tencentQueries(options: TencentQueriesOptions) {
  const { book, echoed, answers } = options;
  const replies: (PhoneReply & { at: number })[] = [];
  let given = 0;

  const actions: Readonly<Record<string, (body: unknown, now: number) => SandboxAnswer>> = {
    DescribeSendRecordList: (body, now) => read(recordBody, body, (asked) => records(asked, now)),
    PullSmsSendStatusByPhoneNumber: (body, now) =>
      read(numberBody, body, ({ Limit, ...asked }) => {
        const reported = sentTo(asked, now, pulledMs).filter(isReported(now)).slice(0, Limit);
        return answers.success({
          PullSmsSendStatusSet: reported.map((message) => statusRow(message, echoed(message))),
        });
      }),
    PullSmsReplyStatusByPhoneNumber: (body, now) =>
      read(numberBody, body, ({ Limit, PhoneNumber, BeginTime, EndTime = now / 1000 }) => {
        const isAsked = ({ from, at }: { from: string; at: number }) =>
          `+86${from}` === PhoneNumber && at >= BeginTime * 1000 && at <= EndTime * 1000 && now - at <= pulledMs;
        return answers.success({ PullSmsReplyStatusSet: replies.filter(isAsked).slice(0, Limit).map(replyRow) });
      }),
    PullSmsSendStatus: (body, now) =>
      queue(body, (limit) => {
        const due = book.reportsDue('tencent').filter(isReported(now)).slice(0, limit);
        for (const { n } of due) book.markReported(n, 'taken');
        return { PullSmsSendStatusSet: due.map((message) => statusRow(message, echoed(message))) };
      }),
    PullSmsReplyStatus: (body) =>
      queue(body, (limit) => {
        const due = replies.slice(given, given + limit);
        given += due.length;
        return { PullSmsReplyStatusSet: due.map(replyRow) };
      }),
  };

  return {
    /** Null for what is no query. */
    answer: (action: string, body: unknown, now: number): SandboxAnswer | null => actions[action]?.(body, now) ?? null,
    reply: (reply: PhoneReply): void => void replies.push({ ...reply, at: Date.now() }),
  };

  function read<T extends { SmsSdkAppId: string }>(
    shape: z.ZodType<T>,
    body: unknown,
    then: (asked: T) => SandboxAnswer,
  ): SandboxAnswer {
    const asked = shape.safeParse(body).data;
    if (!asked) return answers.failure('InvalidParameter');
    if (asked.SmsSdkAppId !== options.sdkAppId) return answers.failure('InvalidParameterValue.SdkAppIdNotExist');
    return then(asked);
  }

  function queue(body: unknown, take: (limit: number) => object): SandboxAnswer {
    return read(queueBody, body, ({ Limit }) =>
      options.pulls ? answers.success(take(Limit)) : answers.failure('UnauthorizedOperation.RequestPermissionDeny'),
    );
  }

  function sentTo(
    { PhoneNumber, BeginTime, EndTime }: { PhoneNumber: string; BeginTime: number; EndTime?: number },
    now: number,
    keptMs: number,
  ): BookMessage[] {
    const [from, to] = [Math.max(BeginTime * 1000, now - keptMs), EndTime === undefined ? now : EndTime * 1000 + 999];
    return book
      .all()
      .filter(({ provider, to: number }) => provider === 'tencent' && `+86${number}` === PhoneNumber)
      .filter(({ at }) => Date.parse(at) >= Math.floor(from / 1000) * 1000 && Date.parse(at) <= to);
  }

  /** Newest first; refused ones are counted and shown as well. */
  function records(asked: z.infer<typeof recordBody>, now: number): SandboxAnswer {
    const refusals = options.refused
      .filter(
        ({ to, at }) => `+86${to}` === asked.PhoneNumber && at >= asked.BeginTime * 1000 && now - at <= recordedMs,
      )
      .map(({ at, code }) => ({ PhoneNumber: asked.PhoneNumber, ...refusedRow(at, code) }));
    const rows = [...sentTo(asked, now, recordedMs).map((message) => recordRow(message, now)), ...refusals];
    rows.sort((a, b) => b.SendTime - a.SendTime);
    return answers.success({
      TotalCount: rows.length,
      SendRecordSet: rows.slice(0, 1000).slice(asked.Offset, asked.Offset + asked.Limit),
    });
  }
}

const isReported =
  (now: number) =>
  ({ report }: BookMessage): boolean =>
    report !== undefined && Date.parse(report.dueAt) <= now;

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000);

const refusedRow = (at: number, code: string) => ({
  ...{ SerialNo: '', SendStatus: 1, RequestCode: code, StatusCode: '', IsoCode: 'CN', Content: '' },
  ...{ SendTime: Math.floor(at / 1000), UserReceiveTime: 0 },
});

/** SendStatus: 1 refused, 2 delivered, 3 under way, 4 failed. Part of what was filled in is kept masked. */
function recordRow(message: BookMessage, now: number) {
  const report = isReported(now)(message) ? message.report : undefined;
  return {
    PhoneNumber: `+86${message.to}`,
    SerialNo: message.providerId,
    RequestCode: 'Ok',
    SendStatus: report ? (report.status === 'delivered' ? 2 : 4) : 3,
    StatusCode: report?.code ?? '',
    IsoCode: 'CN',
    SendTime: seconds(message.at),
    UserReceiveTime: report?.status === 'delivered' ? seconds(report.dueAt) : 0,
    Content: message.text.replace(/\d{4,}/g, (digits) => '*'.repeat(digits.length)),
  };
}

function statusRow(message: BookMessage, SessionContext: string) {
  return {
    PhoneNumber: `+86${message.to}`,
    SubscriberNumber: message.to,
    CountryCode: '86',
    SerialNo: message.providerId,
    ReportStatus: message.report?.status === 'delivered' ? 'SUCCESS' : 'FAIL',
    Description: message.report?.code,
    UserReceiveTime: seconds(message.report?.dueAt ?? message.at),
    SessionContext,
  };
}

function replyRow({ from, content, extension, at }: PhoneReply & { at: number }) {
  return {
    ...{ ExtendCode: extension, CountryCode: '86', PhoneNumber: `+86${from}`, SubscriberNumber: from },
    ...{ SignName: '', ReplyContent: content, ReplyTime: Math.floor(at / 1000) },
  };
}

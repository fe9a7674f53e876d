import type { PartReport } from '../../../domain/delivery.js';
import type { Incoming, Reply } from '../../channel.js';
import { carrierReason } from '../carrier-reason.js';
import { domesticNumber } from '../domestic-number.js';
import { type Fields, digestOf, digitsOf, readPush, textOf } from '../push.js';
import type { Timers } from '../timers.js';
import { callTencent, errorOf, type TencentClientOptions } from './tencent-client.js';

export interface TencentPullOptions {
  client: TencentClientOptions;
  sdkAppId: string;
  everyMs: number;
  timers: Timers;
  warn(what: string): void;
}

/** The vendor's most in one answer. */
const mostRows = 100;
/** After a refusal or a failure; asking more often would change nothing. */
const longestWaitMs = 60_000;

/**
 * Asks the vendor's two queues, of reports and of replies, for an office without an address that the vendor reaches. The vendor
 * gives each entry once (PullSmsSendStatus, PullSmsReplyStatus), so what came is offered again until it is stored; only then is
 * more asked for. Its support has to switch both queues on.
 */
export class TencentPull {
  private incoming: Incoming | null = null;
  private cancel: (() => void) | null = null;
  private closed = false;
  private saidLast = '';
  /** Came, and is not stored yet. */
  private readonly held = { reports: [] as PartReport[], replies: [] as Reply[] };

  constructor(private readonly options: TencentPullOptions) {}

  start(incoming: Incoming): void {
    this.incoming = incoming;
    void this.round();
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
  }

  /** Asks until neither queue is full; never throws. */
  private async round(): Promise<void> {
    const problem = await this.pull().catch((error: unknown) => (error instanceof Error ? error.name : 'unknown'));
    if (this.closed) return;
    if (problem !== null && problem !== this.saidLast) this.options.warn(`nothing could be fetched: ${problem}`);
    this.saidLast = problem ?? '';
    const { everyMs, timers } = this.options;
    this.cancel = timers.after(problem === null ? everyMs : Math.max(everyMs, longestWaitMs), () => void this.round());
  }

  private async pull(): Promise<string | null> {
    for (;;) {
      await this.store();
      const [reports, replies] = await Promise.all([
        this.ask('PullSmsSendStatus', 'PullSmsSendStatusSet', readStatus),
        this.ask('PullSmsReplyStatus', 'PullSmsReplyStatusSet', readReply),
      ]);
      if ('rows' in reports) this.held.reports.push(...reports.rows);
      if ('rows' in replies) this.held.replies.push(...replies.rows);
      await this.store();
      const problem = [reports, replies].find((answer) => 'problem' in answer);
      if (problem && 'problem' in problem) return problem.problem;
      const isFull = [reports, replies].some((answer) => 'came' in answer && answer.came >= mostRows);
      if (!isFull || this.closed) return null;
    }
  }

  private async store(): Promise<void> {
    const { held, incoming } = this;
    if (held.reports.length) await incoming!.reports(held.reports);
    held.reports.length = 0;
    if (held.replies.length) await incoming!.replies(held.replies);
    held.replies.length = 0;
  }

  private async ask<Row extends object>(
    action: 'PullSmsSendStatus' | 'PullSmsReplyStatus',
    set: string,
    read: (fields: Fields, now: Date) => Row | null | string,
  ): Promise<{ rows: Row[]; came: number } | { problem: string }> {
    const { client, sdkAppId } = this.options;
    const answer = await callTencent(client, action, { SmsSdkAppId: sdkAppId, Limit: mostRows });
    if (answer.kind !== 'answer') return { problem: answer.reason };
    const refusal = errorOf(answer);
    if (refusal !== null) return { problem: refusal };
    const list = (answer.body as { Response?: Record<string, unknown> } | null)?.Response?.[set] ?? [];
    const push = readPush(list, (fields) => read(fields, client.now()));
    if (!push) return { problem: `${action} answered in an unknown way` };
    if (push.odd.length) this.options.warn(`${action}: ${push.odd.length} odd rows, the first ${push.odd[0]!.problem}`);
    return { rows: push.rows, came: Array.isArray(list) ? list.length : 0 };
  }
}

function readStatus(row: Fields, now: Date): PartReport | null | string {
  const reference = textOf(row.SerialNo, 200);
  const status = textOf(row.ReportStatus)?.toUpperCase();
  if (!reference) return 'SerialNo 不是文字';
  // The carrier has not said anything yet.
  if (!status) return null;
  const delivered = status === 'SUCCESS';
  const code = textOf(row.Description, 512) || status;
  return {
    provider: 'tencent',
    reference,
    status: delivered ? 'delivered' : 'failed',
    code,
    reason: delivered ? '' : carrierReason(code),
    reportedAt: atSecond(row.UserReceiveTime) ?? now,
  };
}

function readReply(row: Fields): Reply | null | string {
  const [number, content] = [
    textOf(row.SubscriberNumber, 30) || textOf(row.PhoneNumber, 30),
    textOf(row.ReplyContent, 2000),
  ];
  if (number === undefined) return 'PhoneNumber 不是文字';
  if (content === undefined) return 'ReplyContent 不是文字';
  const mobile = domesticNumber(number);
  if (mobile === null) return null;
  return {
    provider: 'tencent',
    sequenceId: digestOf(mobile, textOf(row.ReplyTime) ?? '', content),
    mobile,
    content,
    sentTo: digitsOf(row.ExtendCode),
    writtenAt: atSecond(row.ReplyTime),
  };
}

/** Seconds since 1970. */
function atSecond(value: unknown): Date | null {
  const text = textOf(value) ?? '';
  return /^\d{9,10}$/.test(text) ? new Date(Number(text) * 1000) : null;
}

import { smsParts } from '../domain/sending/message-text.js';
import { aliyunFaultOf } from './aliyun-faults.js';
import { beijingTime } from './beijing-time.js';
import type { Book, BookMessage } from './book.js';
import { json, type SandboxAnswer, type SandboxRequest, type SandboxRoute } from './http.js';
import { pause, pick, type Pace } from './pace.js';
import { startReportPusher } from './report-pusher.js';
import { rollingCount } from './rolling-count.js';
import { readYunmasCall, type YunmasFiled, type YunmasMessage } from './yunmas-request.js';

export interface YunmasSandboxOptions extends YunmasFiled {
  /** Calls taken in a second, messages in a day; more are refused. */
  limits?: { perSecond?: number; perDay?: number };
  book: Book;
  pace: Pace;
  reportUrl: () => string | undefined;
  reportRetryMs: readonly number[];
}

/**
 * Every refusal the platform documents, by a number's last four digits. Those that other vendors' numbers have too (9901 to 9909) are
 * in aliyun-faults.
 */
export const yunmasRefusals: Readonly<Record<string, string>> = {
  9901: 'InvalidMobile',
  9902: 'FlowOverLimit',
  9909: 'RequestTooOften',
  9921: 'IllegalMac',
  9922: 'InvalidUsrOrPwd',
  9923: 'NoSignId',
  9924: 'IllegalSignId',
  9925: 'IllegalIpAddress',
  9926: 'NotLoadedSign',
  9927: 'IllegalUseTemplate',
  9928: 'InvalidMessage',
  9929: 'TooManyMobiles',
  9930: 'QueueOverLimit',
  9931: 'OverDailyMax',
  9932: 'SystemBusy',
  9933: 'InternalError',
  9934: 'TransportError',
  9935: 'RequestTimeout',
};

/** China Mobile 云MAS over HTTP: free texts, a text for each number, templates; reports are pushed one by one. */
export function yunmasSandbox(options: YunmasSandboxOptions): SandboxRoute {
  const { book, pace, limits = {} } = options;
  const tried = new Set<string>();
  const [calls, sent] = [rollingCount(1000), rollingCount(24 * 3_600_000)];
  const reports = startReportPusher({
    book,
    reportUrl: options.reportUrl,
    retryMs: options.reportRetryMs,
    stopped: pace.stopped,
    vendor: { provider: 'yunmas', oneByOne: true, row: reportRow, took: (answer) => 'msgGroup' in answer },
  });

  return async (request) => {
    const operation = /\/sms\/(norsubmit|tmpsubmit)$/.exec(request.url.pathname)?.[1];
    if (!operation || request.method !== 'POST') return json({ error: 'not found' }, 404);
    const messages = readYunmasCall(options, operation, request.body);
    return typeof messages === 'string' ? refusal(messages) : take(messages, referencesIn(request));
  };

  async function take(messages: readonly YunmasMessage[], references: readonly string[]): Promise<SandboxAnswer> {
    const now = Date.now();
    if (calls.count('', now) >= (limits.perSecond ?? Infinity)) return refusal('FlowOverLimit');
    calls.add('', now);
    if (sent.count('', now) + messages.length > (limits.perDay ?? Infinity)) return refusal('OverDailyMax');
    const faults = messages.map(({ number }) => aliyunFaultOf(number));
    const key = references.join(',') || messages.map(({ number, text }) => number + text).join();
    const isFirstTry = !tried.has(key);
    tried.add(key);
    // One of them refuses them all.
    const refused = messages.map(({ number }) => yunmasRefusals[number.slice(-4)]).find(Boolean);
    if (refused) return refusal(refused);
    if (faults.includes('busyOnce') && isFirstTry) return refusal('SystemBusy');
    if (faults.includes('silent')) return 'silent';
    const half = pick(pace.latencyMs) / 2;
    if (!(await pause(half, pace.stopped))) return 'cut';
    const msgGroup = groupAt(now, book.all().length);
    for (const [at, { number, text, templateId, addSerial }] of messages.entries()) {
      const fault = faults[at]!;
      const kept = book.add({
        provider: 'yunmas',
        kind: 'sms',
        reference: references[at] ?? `${msgGroup} ${at}`,
        to: number,
        providerId: msgGroup,
        shown: fault !== 'undelivered',
        title: `【${options.signName}】`,
        text,
        code: /码[：:]?\s*([0-9A-Za-z]{4,10})/.exec(text)?.[1],
        parts: smsParts(text).length,
        templateCode: templateId,
        extension: addSerial,
        report: reportFor(fault),
      });
      sent.add('', now);
      if (kept.report) reports.add(kept);
    }
    if ((faults.includes('cutAfterTaking') && isFirstTry) || !(await pause(half, pace.stopped))) return 'cut';
    return json({ msgGroup, rspcod: 'success', success: true });
  }

  function reportFor(fault: ReturnType<typeof aliyunFaultOf>): BookMessage['report'] {
    if (fault === 'neverReported') return undefined;
    const dueAt = new Date(Date.now() + pick(pace.reportDelayMs)).toISOString();
    return fault === 'undelivered'
      ? { status: 'failed', code: 'UNDELIV', dueAt }
      : { status: 'delivered', code: 'DELIVRD', dueAt };
  }
}

/** The platform itself is told nothing of the sender's: whose message it is stands in a header that it passes over. */
const referencesIn = ({ headers }: SandboxRequest): string[] =>
  (headers['x-request-id'] ?? '').split(',').filter((id) => id !== '');

/** Twenty-two digits: month to second, and a number that never comes again. */
function groupAt(now: number, n: number): string {
  const time = beijingTime(new Date(now).toISOString()).replace(/\D/g, '').slice(4);
  return `${time}001${String(n).padStart(9, '0')}`;
}

function reportRow({ to, at, providerId, report }: BookMessage) {
  const delivered = report?.status === 'delivered';
  return {
    reportStatus: delivered ? 'CM:0000' : 'CM:0001',
    mobile: to,
    submitDate: beijingTime(at),
    receiveDate: beijingTime(report?.dueAt ?? at),
    errorCode: report?.code ?? '',
    msgGroup: providerId,
  };
}

const refusal = (rspcod: string): SandboxAnswer => json({ msgGroup: '', rspcod, success: false });

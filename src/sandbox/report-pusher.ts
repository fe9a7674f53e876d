import type { Book, BookMessage, SandboxProvider } from './book.js';
import { aliyunFaultOf } from './aliyun-faults.js';
import { pause } from './pace.js';
import type { RandomFaults } from './random-faults.js';

export interface ReportPusherOptions {
  book: Book;
  /** Where reports go, asked each time. */
  reportUrl: () => string | undefined;
  /** The vendor waits 1, 5 and 10 minutes, then gives up for good; the sandbox seconds. */
  retryMs: readonly number[];
  stopped: AbortSignal;
  faults?: RandomFaults;
  vendor: {
    provider: SandboxProvider;
    /** A push is one report, not a list of them. */
    oneByOne?: boolean;
    row: (message: BookMessage) => object;
    /** Whether the answer says that the push was taken. */
    took: (answer: object) => boolean;
  };
}

const gatherMs = 200;
const batchSize = 100;

/** Pushes due SMS reports in batches; those the book still holds from an earlier run are pushed first. */
export function startReportPusher(options: ReportPusherOptions): { add(message: BookMessage): void } {
  const { book, stopped } = options;
  const waiting: BookMessage[] = [...book.reportsDue(options.vendor.provider)];
  void gather();
  return { add: (message) => void waiting.push(message) };

  async function gather(): Promise<void> {
    while (await pause(gatherMs, stopped)) {
      if (options.reportUrl() === undefined) continue;
      const now = Date.now();
      const isDue = ({ report }: BookMessage) => Date.parse(report?.dueAt ?? '') <= now;
      const due = waiting.filter(isDue);
      waiting.splice(0, waiting.length, ...waiting.filter((message) => !isDue(message)));
      for (let start = 0; start < due.length; start += batchSize) void push(due.slice(start, start + batchSize));
    }
  }

  async function push(batch: readonly BookMessage[]): Promise<void> {
    const twice = batch.filter(
      ({ to, reference }) => aliyunFaultOf(to) === 'reportedTwice' || options.faults?.report(reference) === 'twice',
    );
    const rows = [...batch, ...twice].map(options.vendor.row);
    let left = (options.vendor.oneByOne ? rows : [rows]).map((body) => JSON.stringify(body));
    for (const delay of [0, ...options.retryMs]) {
      if (!(await pause(delay, stopped))) return;
      const taken = await Promise.all(left.map(isTaken));
      left = left.filter((_, at) => !taken[at]);
      if (left.length === 0) return finish(batch, 'taken');
    }
    finish(batch, 'gaveUp');
  }

  function finish(batch: readonly BookMessage[], how: 'taken' | 'gaveUp'): void {
    if (stopped.aborted) return;
    for (const { n } of batch) book.markReported(n, how);
  }

  async function isTaken(body: string): Promise<boolean> {
    const url = options.reportUrl();
    if (url === undefined) return false;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
        signal: AbortSignal.any([stopped, AbortSignal.timeout(5_000)]),
      });
      const answer: unknown = await response.json();
      return response.status === 200 && typeof answer === 'object' && answer !== null && options.vendor.took(answer);
    } catch {
      return false;
    }
  }
}

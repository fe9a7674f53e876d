import { TencentPull } from '../../src/channels/sms/tencent/tencent-pull.js';
import { heldTimers } from '../../src/channels/sms/testing/held-timers.js';
import type { Incoming, Reply } from '../../src/channels/channel.js';
import type { PartReport } from '../../src/domain/delivery.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { smsContent, tencentChannel } from './channels-under-test.js';
import { office, startSandboxUnderTest, tencentFiled } from './sandbox-under-test.js';

const closing = afterwards();

/** Keeps what is handed over; `fails` times it cannot. */
class Desk implements Incoming {
  readonly kept: { reports: PartReport[]; replies: Reply[] } = { reports: [], replies: [] };
  private readonly waiting: { isDone: () => boolean; done: () => void }[] = [];
  private offered = 0;

  constructor(private readonly fails = 0) {}

  reports(reports: readonly PartReport[]): Promise<void> {
    return this.keep(() => this.kept.reports.push(...reports));
  }

  replies(replies: readonly Reply[]): Promise<void> {
    return this.keep(() => this.kept.replies.push(...replies));
  }

  until(isDone: () => boolean): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ isDone, done });
      this.look();
    });
  }

  private keep(store: () => void): Promise<void> {
    if (this.offered++ < this.fails) return Promise.reject(new Error('no database'));
    store();
    this.look();
    return Promise.resolve();
  }

  private look(): void {
    for (const { isDone, done } of this.waiting) if (isDone()) done();
  }
}

async function opened(pulls: boolean, desk: Desk, secretKey = office.tencent.secretKey) {
  const place = closing(await startSandboxUnderTest({ tencent: { ...tencentFiled, pulls } }));
  const timers = heldTimers(new Date());
  const warnings: string[] = [];
  let warned: () => void = () => undefined;
  const warning = new Promise<void>((resolve) => (warned = resolve));
  const pull = new TencentPull({
    client: {
      ...{ baseUrl: place.sandbox.tencentBase, secretId: office.tencent.secretId, secretKey },
      ...{ region: 'ap-guangzhou', timeoutMs: 30_000, now: () => new Date() },
    },
    ...{ sdkAppId: office.tencent.sdkAppId, everyMs: 10_000, timers },
    warn(what) {
      warnings.push(what);
      warned();
    },
  });
  closing({ close: () => Promise.resolve(pull.close()) });
  return { sandbox: place.sandbox, pull, timers, warnings, warning, start: () => pull.start(desk) };
}

describe('reports and replies that are asked for', () => {
  it('come once each, more than one answer holds, under the numbers the vendor gave', async () => {
    const desk = new Desk();
    const { sandbox, start } = await opened(true, desk);
    const outcome = await outcomeOf(tencentChannel(sandbox), outgoing('15400000001', smsContent));
    for (let n = 0; n < 150; n++)
      await sandbox.answerSms({ provider: 'tencent', to: '15400000001', extension: '17' }, `第${n}条`);
    start();
    await desk.until(() => desk.kept.replies.length === 150 && desk.kept.reports.length === 1);
    expect(desk.kept.reports).toMatchObject([
      { provider: 'tencent', reference: outcome.kind === 'accepted' && outcome.reference, status: 'delivered' },
    ]);
    expect(desk.kept.replies[149]).toMatchObject({ mobile: '15400000001', content: '第149条', sentTo: '17' });
    expect(new Set(desk.kept.replies.map(({ sequenceId }) => sequenceId)).size).toBe(150);
  });

  it('are offered again until they are stored: the vendor gives them once', async () => {
    const desk = new Desk(2);
    const { sandbox, start, timers, warning } = await opened(true, desk);
    await sandbox.answerSms({ provider: 'tencent', to: '15400000001', extension: '' }, '收到');
    start();
    await warning;
    for (let n = 0; n < 3 && desk.kept.replies.length === 0; n++) {
      while (timers.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
      timers.pass(60_000);
    }
    await desk.until(() => desk.kept.replies.length === 1);
    expect(desk.kept.replies).toMatchObject([{ content: '收到', sentTo: '' }]);
  });

  it.each([
    ['its support has not opened the queues', false, undefined, 'UnauthorizedOperation'],
    ['the account is refused', true, 'wrong', 'AuthFailure.SignatureFailure'],
  ])('are asked for less often where %s, which is said once', async (_what, pulls, secretKey, said) => {
    const desk = new Desk();
    const { start, timers, warnings, warning } = await opened(pulls, desk, secretKey);
    start();
    await warning;
    expect(warnings).toEqual([expect.stringContaining(said)]);
    while (timers.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
    timers.pass(10_000);
    expect(timers.waiting()).toBe(1);
    timers.pass(50_000);
    while (timers.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toHaveLength(1);
  });
});

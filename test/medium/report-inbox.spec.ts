import { CallbackRepository, mostOddRows } from '../../src/channels/callback.repository.js';
import { ReportInbox } from '../../src/channels/report-inbox.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import type { DeliveryReport } from '../../src/domain/delivery.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;

describe('what providers push', () => {
  let world: World;
  let ids: string[];

  beforeEach(async () => {
    const email = new RecordingChannel('email');
    world = await openWorld({ channels: [email] });
    await aPlannedEdition(world);
    await world.get(DeliveryService).sendDue('email', never);
    ids = email.taken.map(({ deliveryId }) => deliveryId);
  });
  afterEach(() => world.close());

  const report = (more: Partial<DeliveryReport>): DeliveryReport => ({
    ...{ provider: 'test-email', deliveryId: ids[0]!, status: 'failed', code: '5.1.1', reason: '地址不存在' },
    ...{ reportedAt: world.clock.now(), addressDead: true },
    ...more,
  });
  const take = async (...reports: DeliveryReport[]) => {
    await world.get(ReportInbox).take(reports[0]!.provider, reports);
    await world.get(ReportService).applyWaiting();
  };
  const states = async (id: string) =>
    (
      await world.query<{ state: string; bad: boolean }>(
        'SELECT d.state, c.bad_since IS NOT NULL AS bad FROM delivery d JOIN contact c ON c.id = d.contact_id WHERE d.id = $1',
        [id],
      )
    )[0];
  const stored = () => world.query('SELECT reported_at, given_at FROM delivery_report ORDER BY id');
  const counts = () => world.query<{ what: string; n: number }>('SELECT what, n FROM callback_count ORDER BY what');

  it('moves what that provider was given, and nothing of another or of nobody', async () => {
    await take(
      report({ provider: 'aliyun' }),
      report({ provider: 'aliyun', deliveryId: 'ffffffff-0000-4000-8000-000000000000' }),
    );
    expect(await states(ids[0]!)).toEqual({ state: 'sent', bad: false });
    expect(await stored()).toEqual([]);
    expect(await counts()).toEqual([{ what: 'unknown', n: 2 }]);
    await take(report({}));
    expect(await states(ids[0]!)).toEqual({ state: 'failed', bad: true });
  });

  it('is dated by its arrival where its time cannot be, once however often it comes', async () => {
    const given = new Date('2099-01-01T00:00:00Z');
    await take(report({ reportedAt: given }));
    world.clock.pass(60_000);
    await take(report({ reportedAt: given }));
    const now = world.clock.now().getTime() - 60_000;
    expect(await stored()).toEqual([{ reported_at: new Date(now), given_at: given }]);
    expect(await counts()).toContainEqual({ what: 'implausibleTime', n: 2 });
  });

  it('may hold any character', async () => {
    await take(report({ code: '5.1.1\0\u0007', reason: '\0\ud800不存在' }));
    expect((await states(ids[0]!))?.state).toBe('failed');
  });

  describe('about a mail that arrived and came back', () => {
    const later = (minutes: number) => new Date(world.clock.now().getTime() + minutes * 60_000);

    it.each([
      [
        'the bounce comes later',
        [
          ['delivered', 1],
          ['failed', 3],
        ],
      ],
      [
        'the notice of arrival comes later',
        [
          ['failed', 1],
          ['delivered', 3],
        ],
      ],
      [
        'the notice of arrival is older and comes later',
        [
          ['failed', 3],
          ['delivered', 1],
        ],
      ],
    ] as const)('counts as arrived, and the address as good, when %s', async (_what, news) => {
      for (const [status, minutes] of news) await take(report({ status, reportedAt: later(minutes) }));
      expect(await states(ids[0]!)).toEqual({ state: 'delivered', bad: false });
      await take(
        ...news.map(([status, minutes]) => report({ deliveryId: ids[1]!, status, reportedAt: later(minutes) })),
      );
      expect(await states(ids[1]!)).toEqual({ state: 'delivered', bad: false });
    });
  });

  it('is kept where it is odd, the newest only', async () => {
    const odd = Array.from({ length: mostOddRows + 20 }, (_, n) => ({ problem: 'x', row: String(n) }));
    await world.get(ReportInbox).take('aliyun', [], odd.slice(0, 400));
    await world.get(ReportInbox).take('aliyun', [], odd.slice(400));
    expect(await world.query('SELECT 1 FROM callback_odd_row')).toHaveLength(mostOddRows);
    expect(await world.get(CallbackRepository).newestOdd(1)).toMatchObject([{ row: String(mostOddRows + 19) }]);
    expect(await counts()).toEqual([{ what: 'odd', n: mostOddRows + 20 }]);
  });

  it('needs the key, and wrong ones are counted by who sends them in all processes together', async () => {
    const other = await world.another();
    const [here, there] = [world.get(ReportInbox), other.get(ReportInbox)];
    await here.checkKey('aliyun', 'right', 'right', '192.0.2.1');
    await expect(here.checkKey('aliyun', 'wrong', 'right', '192.0.2.1')).rejects.toThrow();
    await expect(there.checkKey('aliyun', 'wrong', 'right', '192.0.2.1')).rejects.toThrow();
    await expect(here.checkKey('aliyun', 'wrong', undefined, '192.0.2.2')).rejects.toThrow();
    expect(await world.query('SELECT n FROM callback_wrong_key ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
    world.clock.pass(16 * 60_000);
    await expect(here.checkKey('aliyun', 'wrong', 'right', '192.0.2.1')).rejects.toThrow();
    expect(await world.query('SELECT n FROM callback_wrong_key')).toEqual([{ n: 1 }]);
    await here.checkKey('aliyun', 'right', 'right', '192.0.2.1');
  });
});

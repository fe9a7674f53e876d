import { ReportRepository } from '../../src/channels/report.repository.js';
import { AttentionRepository } from '../../src/console/sending/attention.repository.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { HeldService } from '../../src/dispatch/acts/held.service.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { Database } from '../../src/platform/database.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;

describe('doubts that a person decides', () => {
  let world: World;
  let sms: RecordingChannel;
  let editionId: string;

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    sms.answer = ({ address }) =>
      address <= '15400000100'
        ? { kind: 'unknown', code: 'TIMEOUT', reason: '没有应答' }
        : { kind: 'unknown', code: 'CUT', reason: '连接中断' };
    world = await openWorld({ channels: [sms], environment: { DOUBT_MINUTES: '10' } });
    ({ editionId } = await aPlannedEdition(world));
    await world.get(DeliveryService).sendDue('sms', never);
    world.clock.pass(11 * 60_000);
    await world.get(Sweeper).sweep();
    sms.answer = () => ({ kind: 'accepted', reference: 'x' });
  });
  afterEach(() => world.close());

  const send = () => world.get(DeliveryService).sendDue('sms', never);
  const states = () => world.query('SELECT state, count(*)::int AS n FROM delivery GROUP BY 1 ORDER BY 1');
  const audited = async () =>
    (await world.query(`SELECT 1 FROM audit_entry WHERE action = 'dispatch.settledByHand'`)).length;

  it('are shown with what the provider said at every try', async () => {
    const attention = new AttentionRepository(world.get(Database));
    expect(await attention.heldGroups(editionId)).toMatchObject([
      { channel: 'sms', code: 'TIMEOUT', count: 100 },
      { channel: 'sms', code: 'CUT', count: 15 },
    ]);
    const [first] = await attention.held(editionId, 1);
    expect(first!.tries).toMatchObject([{ attemptNo: 1, outcome: 'settled', code: 'TIMEOUT' }]);
    expect(first!.tries[0]!.reason).toMatch(/^没有应答；/);
  });

  it('are settled by reason in one act, which two clicks do once', async () => {
    const held = world.get(HeldService);
    const settle = () => held.settle(editionId, { channel: 'sms', code: 'TIMEOUT' }, 'sent', 100, people.editor);
    const both = await Promise.all([settle(), settle()]);
    expect(both.map(({ settled }) => settled).sort()).toEqual([0, 100]);
    expect(await held.settle(editionId, { channel: 'sms', code: 'CUT' }, 'sendAgain', 15, people.editor)).toEqual({
      settled: 15,
    });
    await send();
    expect(sms.taken).toHaveLength(115 + 15);
    expect(await states()).toEqual([{ state: 'sent', n: 115 }]);
    expect(await audited()).toBe(2);
  });

  it('leave more than the person had before him for another look', async () => {
    const settle = world.get(HeldService).settle(editionId, { channel: 'sms', code: 'CUT' }, 'sent', 14, people.editor);
    await expect(settle).rejects.toMatchObject({ code: 'dispatch.moreHeld' });
    expect([await states(), await audited()]).toEqual([[{ state: 'held', n: 115 }], 0]);
  });

  it('are never sent again when a report proves at that moment that they arrived', async () => {
    const ids = sms.taken.map(({ deliveryId }) => deliveryId);
    const proof = ids.map((deliveryId) => ({
      provider: 'test',
      deliveryId,
      status: 'delivered' as const,
      code: 'DELIVRD',
      reason: '',
      reportedAt: world.clock.now(),
    }));
    await world.get(ReportRepository).keep(proof, world.clock.now());
    const again = ids.map((deliveryId) =>
      world.get(HeldService).settle(editionId, { deliveryId }, 'sendAgain', 1, people.editor),
    );
    await Promise.all([world.get(ReportService).applyWaiting(), ...again]);
    await send();
    // Whoever was decided first was sent again by a person's own decision; no report was lost, and no row was left behind.
    const decided = (await Promise.all(again)).reduce((sum, { settled }) => sum + settled, 0);
    expect(sms.taken.length - 115).toBeLessThanOrEqual(decided);
    expect(await states()).toEqual([{ state: 'delivered', n: 115 }]);
  });
});

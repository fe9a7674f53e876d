import { ReportInbox } from '../../src/channels/report-inbox.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import type { PartReport } from '../../src/domain/delivery.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const day = 24 * 3_600_000;

describe('reports under the numbers of a provider that echoes nothing of ours', () => {
  let world: World;
  let sms: RecordingChannel;

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    sms.answer = ({ deliveryId }) => ({
      kind: 'accepted',
      reference: `${deliveryId}-1`,
      parts: [`${deliveryId}-1`, `${deliveryId}-2`],
    });
    world = await openWorld({ channels: [sms] });
    await aPlannedEdition(world);
  });
  afterEach(() => world.close());

  const send = () => world.get(DeliveryService).sendDue('sms', never);
  const report = (
    reference: string,
    status: PartReport['status'] = 'delivered',
    provider = 'test-sms',
  ): PartReport => ({
    ...{ provider, reference, status, code: status === 'failed' ? 'UNDELIV' : 'DELIVRD', reason: '' },
    reportedAt: world.clock.now(),
  });
  const take = async (...reports: PartReport[]) => {
    for (const one of reports) await world.get(ReportInbox).take(one.provider, [one]);
    await world.get(ReportService).applyAll();
  };
  const stateOf = async (id: string) =>
    (await world.query<{ state: string }>('SELECT state FROM delivery WHERE id = $1', [id]))[0]!.state;
  const unknown = async () =>
    (await world.query<{ n: number }>(`SELECT n FROM callback_count WHERE what = 'unknown'`))[0]?.n;

  it('count when all parts of the message are told of, whatever else was asked of the provider', async () => {
    await send();
    const [first, second, third] = sms.taken.map(({ deliveryId }) => deliveryId);
    await take(report(`${first}-2`), report(`${second}-1`, 'failed'), report(`${third}-1`, 'delivered', 'aliyun'));
    expect(await Promise.all([first!, second!, third!].map(stateOf))).toEqual(['sent', 'failed', 'sent']);
    await take(report(`${first}-1`), report(`${third}-2`, 'delivered', 'aliyun'));
    expect(await Promise.all([first!, second!, third!].map(stateOf))).toEqual(['delivered', 'failed', 'sent']);
  });

  it('are all told of in one go, however many there are', async () => {
    await send();
    const ids = sms.taken.map(({ deliveryId }) => deliveryId);
    expect(ids.length).toBeGreaterThan(100);
    const all = ids.flatMap((id) => [report(`${id}-1`), report(`${id}-2`)]);
    await world.get(ReportInbox).take('test-sms', all);
    await world.get(ReportService).applyAll();
    expect(new Set(await Promise.all(ids.map(stateOf)))).toEqual(new Set(['delivered']));
  });

  it('wait for a yes that they overtook', async () => {
    sms.beforeOutcomes = async () => {
      const batch = sms.taken.slice(-sms.batchSize);
      const overtaking = batch.flatMap(({ deliveryId }) => [report(`${deliveryId}-2`), report(`${deliveryId}-1`)]);
      await world.get(ReportInbox).take('test-sms', overtaking);
      await world.get(ReportService).applyAll();
    };
    await send();
    const ids = sms.taken.map(({ deliveryId }) => deliveryId);
    // Of the last batch nobody has told anything since.
    expect(await stateOf(ids.at(-1)!)).toBe('sent');
    await world.get(ReportService).applyAll();
    expect(new Set(await Promise.all(ids.map(stateOf)))).toEqual(new Set(['delivered']));
  });

  it('are one however often they come, and that a part arrived outweighs that it failed', async () => {
    await send();
    const [first, second] = sms.taken.map(({ deliveryId }) => deliveryId);
    await take(...[1, 1, 2, 2, 1].map((n) => report(`${first}-${n}`)));
    expect(await world.query('SELECT 1 FROM delivery_report')).toHaveLength(1);
    await take(report(`${second}-1`), report(`${second}-1`, 'failed'), report(`${second}-2`));
    expect(await stateOf(second!)).toBe('delivered');
  });

  it('are told of the delivery a message was sent for, which passes them on to what travelled with it', async () => {
    await send();
    const [lead, carried] = sms.taken.map(({ deliveryId }) => deliveryId);
    await world.query('UPDATE delivery SET carried_by = $1 WHERE id = $2', [lead, carried]);
    await take(report(`${lead}-1`), report(`${lead}-2`));
    expect(await Promise.all([lead!, carried!].map(stateOf))).toEqual(['delivered', 'delivered']);
  });

  it('that nobody knows are kept for three days, then counted and dropped; the others a week', async () => {
    await send();
    await take(report('of another system'));
    world.clock.pass(2 * day);
    await world.get(Sweeper).sweep();
    expect(await unknown()).toBeUndefined();
    world.clock.pass(1.1 * day);
    await world.get(Sweeper).sweep();
    expect(await unknown()).toBe(1);
    const kept = () => world.query('SELECT 1 FROM message_part');
    expect((await kept()).length).toBe(2 * sms.taken.length);
    world.clock.pass(5 * day);
    await world.get(Sweeper).sweep();
    expect(await kept()).toEqual([]);
  });
});

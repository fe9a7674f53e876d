import type { INestApplicationContext } from '@nestjs/common';
import { ReportRepository } from '../../src/channels/report.repository.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { HeldService } from '../../src/dispatch/acts/held.service.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import type { DeliveryReport } from '../../src/domain/delivery.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, revisionOf, type World } from '../world.js';
import { deliveryStates } from './delivery-states.js';

const never = new AbortController().signal;
const second = 1000;

describe('delivery', () => {
  let world: World;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let wecom: RecordingChannel;
  let editionId: string;
  let issueId: string;

  beforeEach(async () => {
    [sms, email, wecom] = [new RecordingChannel('sms'), new RecordingChannel('email'), new RecordingChannel('wecom')];
    world = await openWorld({
      channels: [email, sms, wecom],
      environment: { LEASE_SECONDS: '60', DOUBT_MINUTES: '10' },
    });
    ({ editionId, issueId } = await aPlannedEdition(world));
  });
  afterEach(() => world.close());

  const send = (channel: RecordingChannel, app: INestApplicationContext = world.app) =>
    app.get(DeliveryService).sendDue(channel.kind, never);
  const states = (channel: string) => deliveryStates(world, channel);
  const sweep = () => world.get(Sweeper).sweep();
  const report = (deliveryId: string, status: DeliveryReport['status'], code: string = status): DeliveryReport => ({
    provider: 'test',
    deliveryId,
    status,
    code,
    reason: status === 'failed' ? '关机' : '',
    reportedAt: world.clock.now(),
  });
  const apply = async (...reports: DeliveryReport[]) => {
    await world.get(ReportRepository).keep(reports, world.clock.now());
    await world.get(ReportService).applyWaiting();
  };

  it('never sends again blindly when the outcome is unknown: it asks, and believes the answer', async () => {
    sms.answer = () => ({ kind: 'unknown', code: 'TIMEOUT', reason: '没有应答' });
    await send(sms);
    expect(await states('sms')).toEqual({ sending: 115 });
    sms.answer = () => ({ kind: 'accepted', reference: 'second' });
    const half = new Set(sms.taken.slice(0, 60).map(({ deliveryId }) => deliveryId));
    sms.reconcile = (rows) =>
      Promise.resolve(
        rows.map(({ deliveryId }) =>
          half.has(deliveryId) ? { kind: 'taken', reference: 'first' } : { kind: 'notTaken' },
        ),
      );
    await sweep();
    await send(sms);
    expect(await states('sms')).toEqual({ sent: 115 });
    expect(sms.taken).toHaveLength(115 + 55);
  });

  it('holds for a person what nobody can be asked about', async () => {
    sms.answer = () => ({ kind: 'unknown', code: 'TIMEOUT', reason: '没有应答' });
    await send(sms);
    await sweep();
    expect(await states('sms')).toEqual({ sending: 115 });
    world.clock.pass(11 * 60 * second);
    await sweep();
    expect(await states('sms')).toEqual({ held: 115 });
    const id = sms.taken[0]!.deliveryId;
    const held = world.get(HeldService);
    expect(await held.settle(editionId, { deliveryId: id }, 'sent', 1, people.editor)).toEqual({ settled: 1 });
    expect(await held.settle(editionId, { deliveryId: id }, 'sendAgain', 1, people.editor)).toEqual({ settled: 0 });
    expect(await states('sms')).toEqual({ held: 114, sent: 1 });
  });

  it('finishes after a worker died in the middle: what it had told the provider is not told twice', async () => {
    // A provider that drops an identical second message, and a worker that never hears the answers.
    wecom.repeatableForMs = 4 * 3600 * second;
    wecom.answer = () => 'silence';
    await send(wecom);
    expect(await states('wecom')).toEqual({ sending: 115 });
    const first = new Map(wecom.taken.map(({ deliveryId, content }) => [deliveryId, JSON.stringify(content)]));
    wecom.answer = () => ({ kind: 'accepted', reference: 'x' });
    world.clock.pass(61 * second);
    await sweep();
    await send(wecom);
    expect(await states('wecom')).toEqual({ sent: 115 });
    const repeated = wecom.taken.slice(115);
    expect(repeated.every(({ deliveryId, content }) => first.get(deliveryId) === JSON.stringify(content))).toBe(true);
  });

  it('lets a delivery report settle a doubt before the rule for e-mail repeats it', async () => {
    email.answer = () => ({ kind: 'unknown', code: 'CUT', reason: '连接中断' });
    await send(email);
    const [arrived, lost] = email.taken;
    await apply(report(arrived!.deliveryId, 'delivered'));
    world.clock.pass(11 * 60 * second);
    await sweep();
    email.answer = () => ({ kind: 'accepted', reference: 'x' });
    await send(email);
    const again = email.taken.slice(115).map(({ deliveryId }) => deliveryId);
    expect(again).not.toContain(arrived!.deliveryId);
    expect(again).toContain(lost!.deliveryId);
  });

  describe.each([
    ['never says whether it took a message', { kind: 'unknown', code: 'ETIMEDOUT', reason: '没有应答' } as const],
    ['makes its workers die over each message', 'silence' as const],
  ])('to a mail server that %s', (_what, answer) => {
    const copies = () => {
      const counts = new Map<string, number>();
      for (const { deliveryId } of email.taken) counts.set(deliveryId, (counts.get(deliveryId) ?? 0) + 1);
      return [...new Set(counts.values())];
    };
    const later = async (times: number) => {
      for (let time = 0; time < times; time++) {
        world.clock.pass(11 * 60 * second);
        await sweep();
        await send(email);
      }
    };

    it('repeats a mail once, then holds it, and again after each time a person had it sent', async () => {
      email.answer = () => answer;
      await send(email);
      await later(6);
      expect(copies()).toEqual([2]);
      expect(await states('email')).toEqual({ held: 115 });
      const [{ id, reason }] = (await world.query<{ id: string; reason: string }>(
        `SELECT id, reason FROM delivery WHERE channel = 'email' ORDER BY id LIMIT 1`,
      )) as [{ id: string; reason: string }];
      expect(reason).toMatch(/已自动重发过一次/);
      const held = world.get(HeldService);
      expect(await held.settle(editionId, { deliveryId: id }, 'sendAgain', 1, people.editor)).toEqual({ settled: 1 });
      await send(email);
      await later(3);
      expect(email.taken.filter(({ deliveryId }) => deliveryId === id)).toHaveLength(3);
      expect(await states('email')).toEqual({ held: 115 });
      expect(await held.settle(editionId, { deliveryId: id }, 'sent', 1, people.editor)).toEqual({ settled: 1 });
      expect(await states('email')).toEqual({ held: 114, sent: 1 });
    });
  });

  it('applies reports twice, out of order and before the answer, and only ever moves forward', async () => {
    const ids: string[] = [];
    sms.answer = (message) => (ids.push(message.deliveryId), 'silence');
    await send(sms);
    await apply(report(ids[0]!, 'delivered'), report(ids[0]!, 'delivered'), report(ids[1]!, 'failed', 'EXPIRED'));
    await apply(report(ids[0]!, 'failed', 'LATE'), report(ids[1]!, 'delivered'), report(ids[2]!, 'pending'));
    const rows = await world.query<{ state: string }>(
      'SELECT state FROM delivery WHERE id = ANY($1) ORDER BY array_position($1, id)',
      [ids.slice(0, 3)],
    );
    expect(rows.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'sent']);
    await apply(report('00000000-0000-4000-8000-000000000000', 'delivered')); // not ours: kept, moves nothing
    expect(await world.query('SELECT 1 FROM delivery_report WHERE applied_at IS NULL')).toHaveLength(0);
  });

  it('does not try again after a withdrawal what was under way during it', async () => {
    sms.answer = () => 'silence';
    await send(sms);
    const claimed = sms.taken.map(({ deliveryId }) => deliveryId);
    await world.get(IssueService).act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver);
    sms.reconcile = (rows) => Promise.resolve(rows.map(() => ({ kind: 'notTaken' })));
    world.clock.pass(61 * second);
    await sweep();
    await send(sms);
    expect(sms.taken.map(({ deliveryId }) => deliveryId)).toEqual(claimed);
    await sweep();
    expect(await states('sms')).toEqual({ cancelled: 115 });
  });
});

import type { INestApplicationContext } from '@nestjs/common';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Progress } from '../../src/dispatch/after/progress.js';
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

  it('plans one copy and three deliveries for each of 115 people, however often it is asked to', async () => {
    await Promise.all([1, 2, 3].map(() => world.get(PlanService).plan(editionId)));
    expect(await world.query('SELECT count(*)::int AS n FROM copy')).toEqual([{ n: 115 }]);
    expect(await world.query('SELECT count(*)::int AS n FROM delivery')).toEqual([{ n: 345 }]);
    const [issue] = await world.query('SELECT state FROM issue');
    expect(issue!.state).toBe('dispatched');
  });

  it('gives every message to the provider once when two workers compete', async () => {
    const other = await world.another();
    await Promise.all([send(sms), send(sms, other), send(sms), send(sms, other)]);
    expect(sms.taken).toHaveLength(115);
    expect(new Set(sms.taken.map(({ deliveryId }) => deliveryId)).size).toBe(115);
    expect(await states('sms')).toEqual({ sent: 115 });
  });

  it('sends in protocol order, to the address of the list, with a link of one’s own', async () => {
    await send(email);
    expect(email.taken[0]!.address).toBe('r001@yanjin.example');
    expect(email.taken.at(-1)!.address).toBe('r115@yanjin.example');
    const links = email.taken.map(({ content }) =>
      content.kind === 'email' ? /\/r\/([\w-]{22})/.exec(content.html)?.[1] : undefined,
    );
    expect(new Set(links).size).toBe(115);
    expect(links).not.toContain(undefined);
  });

  it('keeps addresses and tokens out of the database in clear', async () => {
    await send(email);
    const token = /\/r\/([\w-]{22})/.exec((email.taken[0]!.content as { html: string }).html)![1];
    for (const table of ['contact', 'copy', 'delivery', 'attempt', 'audit_entry']) {
      const [row] = await world.query<{ all: string }>(`SELECT json_agg(t)::text AS all FROM ${table} t`);
      expect(row!.all).not.toContain('r001@yanjin.example');
      expect(row!.all).not.toContain('15400000001');
      expect(row!.all).not.toContain(token);
    }
  });

  it('tries again later when the network failed, counts the attempt and keeps the provider’s words', async () => {
    sms.answer = () => ({ kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '连接不上' });
    await send(sms);
    expect(await states('sms')).toEqual({ planned: 115 });
    await send(sms);
    expect(sms.taken).toHaveLength(115); // not due yet
    sms.answer = () => ({ kind: 'accepted', reference: 'x' });
    world.clock.pass(60 * second);
    await send(sms);
    expect(await states('sms')).toEqual({ sent: 115 });
    expect(await world.query(`SELECT outcome, code, count(*)::int AS n FROM attempt GROUP BY 1, 2 ORDER BY 1`)).toEqual(
      [
        { outcome: 'accepted', code: null, n: 115 },
        { outcome: 'retry', code: 'ECONNREFUSED', n: 115 },
      ],
    );
  });

  it('closes the channel while it is throttled without costing an attempt', async () => {
    let calls = 0;
    sms.batchSize = 1;
    sms.answer = () =>
      ++calls > 5
        ? { kind: 'retry', class: 'throttled', code: 'LIMIT', reason: '限流' }
        : { kind: 'accepted', reference: 'x' };
    await send(sms);
    expect(sms.taken).toHaveLength(6);
    expect(
      (await world.get(Progress).progressOf(editionId)).channels.find(({ channel }) => channel === 'sms')!.accounts,
    ).toMatchObject([{ text: expect.stringContaining('限流') as string, stopped: false }]);
    await send(sms);
    expect(sms.taken).toHaveLength(6);
    sms.answer = () => ({ kind: 'accepted', reference: 'x' });
    world.clock.pass(61 * second);
    await send(sms);
    expect(await states('sms')).toEqual({ sent: 115 });
    expect(await world.query('SELECT max(attempts) AS m FROM delivery')).toEqual([{ m: 1 }]);
  });

  it('stops a channel whose configuration is refused, keeps its rows, and goes on once mended', async () => {
    wecom.answer = () => ({ kind: 'refused', class: 'configuration', code: '60020', reason: 'IP 不在可信名单' });
    await send(wecom);
    expect(await states('wecom')).toEqual({ planned: 115 });
    const progress = await world.get(Progress).progressOf(editionId);
    expect(progress.channels.find(({ channel }) => channel === 'wecom')).toMatchObject({ stopped: true });
    expect(progress.finished).toBe(false);
    wecom.answer = () => ({ kind: 'accepted', reference: 'x' });
    await world.get(DispatchService).reopenAccount('test-wecom', people.editor);
    await send(wecom);
    expect(await states('wecom')).toEqual({ sent: 115 });
  });

  it('marks an address the provider refuses, and retries the failed ones only when asked', async () => {
    sms.answer = ({ address }) =>
      address === '15400000007'
        ? { kind: 'refused', class: 'recipient', code: 'BAD', reason: '空号' }
        : { kind: 'accepted', reference: 'x' };
    await send(sms);
    expect(await states('sms')).toEqual({ failed: 1, sent: 114 });
    expect(await world.query('SELECT kind, bad_reason FROM contact WHERE bad_since IS NOT NULL')).toEqual([
      { kind: 'sms', bad_reason: '空号' },
    ]);
    sms.answer = () => ({ kind: 'accepted', reference: 'y' });
    await world.get(DispatchService).retryFailed(editionId, 'BAD', people.editor);
    await send(sms);
    expect(sms.taken).toHaveLength(116);
    expect(await states('sms')).toEqual({ sent: 115 });
  });

  it('reminds only those who have not acknowledged, once, each over one channel, with another text', async () => {
    await Promise.all([send(sms), send(email), send(wecom)]);
    await world.query(
      `UPDATE copy SET reading = 'acknowledged', acknowledged_at = now(), acknowledged_via = 'page' WHERE copy_number <= 100`,
    );
    const dispatch = world.get(DispatchService);
    expect(await dispatch.remindable(editionId, 10)).toMatchObject({ people: 15, first: { length: 10 } });
    const [one, two] = await Promise.allSettled([
      dispatch.remind(editionId, people.editor),
      dispatch.remind(editionId, people.editor),
    ]);
    expect([one, two].filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all([send(sms), send(email), send(wecom)]);
    const reminders = sms.taken.slice(115);
    expect(reminders).toHaveLength(15);
    expect(email.taken.length + wecom.taken.length).toBe(230);
    expect((reminders[0]!.content as { text: string }).text).not.toBe(
      (sms.taken[100]!.content as { text: string }).text,
    );
    await expect(dispatch.remind(editionId, people.editor)).rejects.toMatchObject({ code: 'dispatch.nothingToRemind' });
  });

  it('never sends a reminder to somebody who has acknowledged meanwhile, and can remind again after a cancelled round', async () => {
    await send(sms);
    const dispatch = world.get(DispatchService);
    await dispatch.remind(editionId, people.editor);
    sms.answer = () => ({ kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '连接不上' });
    await send(sms);
    await world.query(
      `UPDATE copy SET reading = 'acknowledged', acknowledged_at = now(), acknowledged_via = 'page' WHERE copy_number = 1`,
    );
    await dispatch.cancelRest(editionId, people.editor);
    const before = sms.taken.length;
    expect((await dispatch.remind(editionId, people.editor)).reminded).toBe(114);
    await world.query(
      `UPDATE copy SET reading = 'acknowledged', acknowledged_at = now(), acknowledged_via = 'page' WHERE copy_number = 2`,
    );
    sms.answer = () => ({ kind: 'accepted', reference: 'x' });
    await send(sms);
    expect(sms.taken.slice(before).map(({ address }) => address)).not.toContain('15400000002');
    expect(sms.taken).toHaveLength(before + 113);
  });

  it('cancels what has not left when the issue is withdrawn', async () => {
    await send(email);
    await world.get(IssueService).act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver);
    await Promise.all([send(sms), send(wecom)]);
    expect(sms.taken).toHaveLength(0);
    expect(await states('sms')).toEqual({ cancelled: 115 });
    expect(await states('email')).toEqual({ sent: 115 });
  });
});

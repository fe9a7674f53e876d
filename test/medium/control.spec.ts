import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Progress } from '../../src/dispatch/after/progress.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { anIssue } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { demoRoster, openWorld, people, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;
const minute = 60_000;

describe('control over the sending', () => {
  let world: World;
  let sms: RecordingChannel;
  let issueId: string;

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms], environment: { UNDO_SECONDS: '60' } });
  });
  afterEach(() => world.close());

  const signOff = async (sendAt?: Date) => {
    const desk = await anIssue(world);
    issueId = desk.issueId;
    return (await world.get(SignOffService).signOff(issueId, desk.revision, people.approver, sendAt)).editionId;
  };
  const planAndSend = async (editionId: string) => {
    await world.get(PlanService).plan(editionId);
    await world.get(DeliveryService).sendDue('sms', never);
    return sms.taken.length;
  };

  it('lets nothing leave while the sign-off can be undone, and undoes it without a trace at the recipients', async () => {
    const editionId = await signOff();
    world.clock.pass(59_000);
    expect(await planAndSend(editionId)).toBe(0);
    await world.get(IssueService).act(issueId, await revisionOf(world, issueId), 'reopen', people.approver, '标题有误');
    world.clock.pass(10 * minute);
    await world.get(Sweeper).sweep();
    expect(await planAndSend(editionId)).toBe(0);
    expect(await world.query('SELECT state, number FROM issue')).toEqual([{ state: 'drafting', number: 14 }]);
  });

  it('starts at the time set for it, and at once when somebody says so', async () => {
    const editionId = await signOff(new Date(world.clock.now().getTime() + 120 * minute));
    world.clock.pass(119 * minute);
    expect(await planAndSend(editionId)).toBe(0);
    await world.get(DispatchService).sendNow(issueId, people.approver);
    expect(await planAndSend(editionId)).toBe(115);
    await expect(world.get(DispatchService).sendNow(issueId, people.approver)).rejects.toMatchObject({
      code: 'dispatch.alreadyPlanned',
    });
  });

  it('asks before it makes up for a start that an outage made it miss', async () => {
    const editionId = await signOff(new Date(world.clock.now().getTime() + 60 * minute));
    world.clock.pass(90 * minute);
    await world.get(Sweeper).sweep();
    expect(await planAndSend(editionId)).toBe(0);
    await world.get(DispatchService).sendNow(issueId, people.approver);
    expect(await planAndSend(editionId)).toBe(115);
  });

  it('pauses, goes on without doubling, and gives up only what has not left', async () => {
    const editionId = await signOff();
    world.clock.pass(minute);
    const control = world.get(DispatchService);
    await world.get(PlanService).plan(editionId);
    await control.pause(editionId, people.editor);
    expect(await planAndSend(editionId)).toBe(0);
    expect(await world.get(Progress).progressOf(editionId)).toMatchObject({ paused: true, finished: false });

    sms.batchSize = 50;
    await control.resume(editionId, people.editor);
    await control.resume(editionId, people.editor);
    await world.query(`UPDATE delivery SET next_attempt_at = next_attempt_at + interval '1 hour' WHERE position > 100`);
    expect(await planAndSend(editionId)).toBe(100);
    expect(await control.cancelRest(editionId, people.editor)).toEqual({ cancelled: 15 });
    world.clock.pass(120 * minute);
    expect(await planAndSend(editionId)).toBe(100);
    expect(await world.get(Progress).progressOf(editionId)).toMatchObject({ finished: true });
    expect(
      await world.query(
        `SELECT action, count(*)::int AS n FROM audit_entry WHERE action LIKE 'dispatch.%' GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { action: 'dispatch.cancelled', n: 1 },
      { action: 'dispatch.paused', n: 1 },
      { action: 'dispatch.planned', n: 1 },
      { action: 'dispatch.resumed', n: 1 },
    ]);
  });

  it('lets a batch that was claimed ahead not leave once the issue is paused', async () => {
    const editionId = await signOff();
    world.clock.pass(minute);
    await world.get(PlanService).plan(editionId);
    const claimed = () => world.query(`SELECT 1 FROM delivery WHERE state = 'sending'`);
    sms.send = async (messages, _signal, settled) => {
      sms.taken.push(...messages);
      const outcomes = messages.map(
        ({ deliveryId }) =>
          () =>
            settled(deliveryId, { kind: 'accepted', reference: 'x' }),
      );
      outcomes.splice(0, 5).forEach((settle) => settle());
      while ((await claimed()).length <= 10) await Promise.resolve();
      await world.get(DispatchService).pause(editionId, people.editor);
      outcomes.forEach((settle) => settle());
    };
    await world.get(DeliveryService).sendDue('sms', never);
    expect(sms.taken).toHaveLength(10);
    expect(
      await world.query('SELECT state, attempts, count(*)::int AS n FROM delivery GROUP BY 1, 2 ORDER BY 1'),
    ).toEqual([
      { state: 'planned', attempts: 0, n: 105 },
      { state: 'sent', attempts: 1, n: 10 },
    ]);
  });

  it('does not try again what was cancelled while a worker had it in hand', async () => {
    const editionId = await signOff();
    world.clock.pass(minute);
    await world.get(PlanService).plan(editionId);
    sms.batchSize = 50;
    let cancelled: Promise<unknown> = Promise.resolve();
    sms.answer = (message) => {
      if (message.address === '15400000001')
        cancelled = world.get(DispatchService).cancelRest(editionId, people.editor);
      return { kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '连接不上' };
    };
    sms.beforeOutcomes = () => cancelled;
    await world.get(DeliveryService).sendDue('sms', never);
    world.clock.pass(120 * minute);
    sms.answer = () => ({ kind: 'accepted', reference: 'x' });
    expect(await planAndSend(editionId)).toBe(50);
    expect(await world.query('SELECT state, count(*)::int AS n FROM delivery GROUP BY 1')).toEqual([
      { state: 'cancelled', n: 115 },
    ]);
  });

  it('retries what failed at the address that was corrected since, and once for two clicks', async () => {
    const editionId = await signOff();
    world.clock.pass(minute);
    sms.answer = ({ address }) =>
      address === '15400000007'
        ? { kind: 'refused', class: 'recipient', code: 'BAD', reason: '空号' }
        : { kind: 'accepted', reference: 'x' };
    await planAndSend(editionId);
    const corrected = demoRoster().toString('utf8').replaceAll('15400000007', '15400000999');
    await world.get(RosterService).import(Buffer.from(corrected), people.editor, world.clock.now());
    const retry = () => world.get(DispatchService).retryFailed(editionId, 'BAD', people.editor);
    const both = await Promise.all([retry(), retry()]);
    expect(both.map(({ again }) => again).sort()).toEqual([0, 1]);
    await world.get(DeliveryService).sendDue('sms', never);
    expect(sms.taken.slice(115).map(({ address }) => address)).toEqual(['15400000999']);
    expect(await world.query(`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'dispatch.retried'`)).toEqual([
      { n: 1 },
    ]);
  });
});

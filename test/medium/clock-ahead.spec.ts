import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { anIssue } from '../builders.js';
import { type Console, openConsole } from '../console.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;
const hour = 3_600_000;

describe('an issue signed while the clock was ahead', () => {
  let world: World;
  let desk: Console;
  let sms: RecordingChannel;
  let issueId: string;
  let editionId: string;

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    sms.batchSize = 200;
    world = await openWorld({ channels: [sms], environment: { UNDO_SECONDS: '60' } });
    desk = await openConsole(world);
  });
  afterEach(async () => {
    await desk.close();
    await world.close();
  });

  /** Signed by a clock that is so far ahead of the hour it really is. */
  const signAhead = async (really: string, ahead: number) => {
    world.clock.setTo(really);
    world.clock.pass(ahead);
    const onDesk = await anIssue(world);
    issueId = onDesk.issueId;
    ({ editionId } = await world.get(SignOffService).signOff(issueId, onDesk.revision, people.approver));
  };
  const plan = async () => {
    world.clock.pass(60_000);
    await world.get(PlanService).plan(editionId);
    await world.get(Sweeper).sweep();
  };
  const send = async () => {
    await world.get(PlanService).plan(editionId);
    await world.get(Sweeper).sweep();
    await world.get(DeliveryService).sendDue('sms', never);
    return sms.taken.length;
  };
  const progress = async (who: 'editor' | 'approver') =>
    (await (await desk.as(who)).get(`/issues/${issueId}/progress`)).text;
  /** As the approver does it: the page, the question, the answer. */
  const sendNow = async () => {
    const approver = await desk.as('approver');
    const address = `/issues/${issueId}/send-now`;
    expect((await approver.get(`/issues/${issueId}/progress`)).text).toContain(`href="${address}"`);
    const question = await approver.get(address);
    expect(question.text).toContain('现在发送就不再等到那时');
    const answer = await approver.post(address, {}, address);
    expect(answer).toMatchObject({ status: 303, location: `/issues/${issueId}/progress` });
    const again = await approver.post(address, {}, address);
    // A refusal is shown by a GET.
    return again.location?.startsWith('/shown/') ? (await approver.follow(again)).status : again.status;
  };

  it('says before its plan when it starts, what time it is and why, and starts when the approver says so', async () => {
    await signAhead('2025-04-03T10:00', 8 * hour);
    world.clock.setTo('2025-04-03T10:02');
    expect(await send()).toBe(0);
    const page = await progress('editor');
    expect(page).toContain(
      '定于2025年4月3日 18:01开始发送，现在时间2025年4月3日 10:02。签发时系统的时钟比现在快约8小时',
    );
    expect(page).not.toContain('正在生成发送计划');
    expect(page).not.toContain('/send-now');
    expect((await (await desk.as('editor')).get(`/issues/${issueId}/send-now`)).status).toBe(403);
    expect(await sendNow()).toBe(303); // not planned yet: it starts now, as it was told
    expect(await send()).toBe(115);
  });

  it('says after its plan when the messages leave and why, and sends them once the approver says so', async () => {
    await signAhead('2025-04-03T10:00', 8 * hour);
    await plan();
    world.clock.setTo('2025-04-03T10:02');
    expect(await send()).toBe(0);
    const page = await progress('editor');
    expect(page).toContain(
      '115条定于2025年4月3日 18:01发送，现在时间2025年4月3日 10:02。签发时系统的时钟比现在快约8小时',
    );
    expect(page).toContain('等到预定的时间发送');
    expect(page).not.toContain('/send-now');
    expect(await sendNow()).toBe(409);
    expect(await send()).toBe(115);
    expect(await progress('approver')).not.toContain('/send-now');
    expect(
      await world.query(`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'dispatch.startedByHand'`),
    ).toEqual([{ n: 1 }]);
  });

  it('is not said to wait for a quiet time that it is not', async () => {
    await signAhead('2025-04-03T14:00', 8 * hour);
    await plan();
    expect(await progress('approver')).toContain('现在是安静时段');
    world.clock.setTo('2025-04-03T14:02');
    const page = await progress('approver');
    expect(page).not.toContain('现在是安静时段');
    expect(page).toContain('115条定于2025年4月7日 08:00发送，现在时间2025年4月3日 14:02。');
    expect(await sendNow()).toBe(409);
    expect(await send()).toBe(115);
  });

  it('keeps the quiet time it really is, whoever says now', async () => {
    await signAhead('2025-04-02T22:00', 12 * hour);
    await plan();
    world.clock.setTo('2025-04-02T22:02');
    await expect(world.get(DispatchService).sendNow(issueId, people.approver)).rejects.toMatchObject({
      code: 'dispatch.alreadyPlanned',
    });
    expect(await send()).toBe(0);
  });

  it('offers nothing for what waits with a reason of its own', async () => {
    await signAhead('2025-04-03T10:00', 0);
    sms.answer = () => ({ kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '连接不上' });
    world.clock.pass(60_000);
    expect(await send()).toBe(115);
    expect(await progress('approver')).not.toContain('/send-now');
    await expect(world.get(DispatchService).sendNow(issueId, people.approver)).rejects.toMatchObject({
      code: 'dispatch.alreadyPlanned',
    });
  });
});

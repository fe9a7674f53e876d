import type { INestApplicationContext } from '@nestjs/common';
import { AutoReminder } from '../../src/dispatch/auto-reminder.js';
import { DeliveryService } from '../../src/dispatch/delivery.service.js';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan.service.js';
import { Sweeper } from '../../src/dispatch/sweeper.js';
import { defaultPolicy, type PublicationPolicy } from '../../src/domain/channel-policy.js';
import { PublicationRepository } from '../../src/issues/publication.repository.js';
import { PublicationService } from '../../src/issues/publication.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { RecordingChannel } from '../recording-channel.js';
import { issueOnDesk, openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;
const minutes = 60_000;

describe('the policy of a publication', () => {
  let world: World;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let wecom: RecordingChannel;

  beforeEach(async () => {
    [sms, email, wecom] = [new RecordingChannel('sms'), new RecordingChannel('email'), new RecordingChannel('wecom')];
    world = await openWorld({ channels: [email, sms, wecom], environment: { DOUBT_MINUTES: '5' } });
  });
  afterEach(() => world?.close());

  /** Signed off at `at`, Beijing time, under the policy, and planned. */
  const signedAt = async (
    at: string,
    policy: Partial<PublicationPolicy> = {},
    urgent: { level: string; reason?: string } = { level: 'normal' },
  ): Promise<string> => {
    world.clock.setTo(at);
    const { issueId, revision } = await issueOnDesk(world);
    const { id } = await world.get(PublicationRepository).ofIssue(issueId);
    await world.get(PublicationService).setPolicy(id, { ...defaultPolicy, ...policy }, people.editor);
    await world.query('UPDATE issue SET urgency = $1', [urgent.level]);
    const signing = world.get(SignOffService).signOff(issueId, revision, people.approver, undefined, urgent.reason);
    const { editionId } = await signing;
    await world.get(PlanService).plan(editionId);
    return editionId;
  };
  const send = async (app: INestApplicationContext = world.app) => {
    for (const kind of ['email', 'sms', 'wecom'] as const) await app.get(DeliveryService).sendDue(kind, never);
  };
  const sweep = (app: INestApplicationContext = world.app) => app.get(Sweeper).sweep();
  const sent = () => ({ email: email.taken.length, sms: sms.taken.length, wecom: wecom.taken.length });
  const waiting = () =>
    world.query(`SELECT deferred, next_attempt_at AS at, count(*)::int AS n FROM delivery
      WHERE state = 'planned' GROUP BY 1, 2 ORDER BY 2`);
  const beijing = (text: string) => new Date(`${text}:00+08:00`);
  const wish = (copyNumber: number, columns: string, ...values: unknown[]) =>
    world.query(
      `INSERT INTO preference (person_id, ${columns}) SELECT p.id, ${values.map((_, i) => `$${i + 2}`).join(', ')}
       FROM person p JOIN tenure t ON t.person_id = p.id JOIN post ON post.id = t.post_id WHERE post.protocol_order = $1`,
      [copyNumber, ...values],
    );

  describe('quiet time', () => {
    it('puts off what is signed at night before three days off, until the next working morning', async () => {
      await signedAt('2025-04-03T21:00');
      await send();
      expect(sent()).toEqual({ email: 0, sms: 0, wecom: 0 });
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-07T08:00'), n: 345 }]);
      const [row] = await world.query<{ deadline: Date }>('SELECT max(deadline) AS deadline FROM delivery');
      expect(row!.deadline).toEqual(beijing('2025-04-10T08:00'));

      world.clock.setTo('2025-04-07T08:00');
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 115, sms: 115, wecom: 115 });
      expect(await world.query('SELECT DISTINCT deferred FROM delivery')).toEqual([{ deferred: null }]);
    });

    it('names a day off as the reason by day', async () => {
      await signedAt('2025-04-05T10:00');
      expect(await waiting()).toEqual([{ deferred: '休息日', at: beijing('2025-04-07T08:00'), n: 345 }]);
    });

    it('sends at once on a Sunday that is worked', async () => {
      await signedAt('2025-04-27T10:00');
      await send();
      expect(sent()).toEqual({ email: 115, sms: 115, wecom: 115 });
    });

    it('holds back a retry that falls due in the evening, and says so on the row', async () => {
      sms.answer = () => ({ kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '连接不上' });
      await signedAt('2025-04-02T19:59');
      await send();
      world.clock.setTo('2025-04-02T20:05');
      await send();
      expect(sms.taken).toHaveLength(115);
      await sweep();
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-03T08:00'), n: 115 }]);
    });

    it('is broken by 特急 with a reason only, which is kept with the edition and in the trail', async () => {
      await signedAt('2025-04-03T21:00', {}, { level: 'extraUrgent', reason: '防汛' });
      await send();
      expect(sent().sms).toBe(115);
      expect(await world.query('SELECT urgent_reason FROM edition')).toEqual([{ urgent_reason: '防汛' }]);
      const [entry] = await world.query(`SELECT detail FROM audit_entry WHERE action = 'issue.signedOff'`);
      expect(entry!.detail).toMatchObject({ urgentReason: '防汛' });
    });

    it.each([
      ['extraUrgent', undefined],
      ['urgent', '防汛'],
    ])('is kept by %s with reason %s', async (level, reason) => {
      await signedAt('2025-04-03T21:00', {}, { level, reason });
      await send();
      expect(sent().sms).toBe(0);
    });

    it('is not kept by a publication that wants none, nor its reminders', async () => {
      const editionId = await signedAt('2025-04-05T23:00', { waits: 'never' });
      await send();
      expect(sent().sms).toBe(115);
      await world.get(DispatchService).remind(editionId, people.editor);
      await send();
      expect(sent().sms).toBe(230);
    });

    it('makes reminders wait even where first messages do not', async () => {
      const editionId = await signedAt('2025-04-03T19:00', { waits: 'reminders' });
      world.clock.setTo('2025-04-03T22:00');
      await send();
      expect(sent().sms).toBe(115);
      await world.get(DispatchService).remind(editionId, people.editor);
      await send();
      expect(sent().sms).toBe(115);
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-07T08:00'), n: 115 }]);
    });

    it('follows a person’s own hours besides the office’s', async () => {
      world.clock.setTo('2025-04-02T13:00');
      await issueOnDesk(world);
      await wish(1, 'quiet_from, quiet_until', 12, 14);
      await world.query('DELETE FROM item');
      await world.query('DELETE FROM section');
      await world.query('DELETE FROM issue');
      await signedAt('2025-04-02T13:00');
      await send();
      expect(sent()).toEqual({ email: 114, sms: 114, wecom: 114 });
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-02T14:00'), n: 3 }]);
    });
  });

  describe('first channel that works', () => {
    it('tries the next one only for whom the one before failed', async () => {
      const gone = new Set<string>();
      wecom.answer = ({ deliveryId }) => {
        if (gone.size >= 2) return { kind: 'accepted', reference: deliveryId };
        gone.add(deliveryId);
        return { kind: 'refused', class: 'recipient', code: '81013', reason: '成员不在可见范围' };
      };
      await signedAt('2025-04-02T09:00', { mode: 'first' });
      await send();
      expect(sent()).toEqual({ email: 0, sms: 0, wecom: 115 });
      await sweep();
      await send();
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 0, sms: 2, wecom: 115 });
    });

    it('freezes the policy with the edition', async () => {
      const editionId = await signedAt('2025-04-02T09:00', { mode: 'first' });
      const [row] = await world.query<{ policy: PublicationPolicy }>('SELECT policy FROM edition WHERE id = $1', [
        editionId,
      ]);
      expect(row!.policy).toEqual({ ...defaultPolicy, mode: 'first' });
      expect(
        await world.query(`SELECT actor, detail -> 'after' ->> 'mode' AS mode FROM audit_entry
          WHERE action = 'publication.policySet'`),
      ).toEqual([{ actor: people.editor.id, mode: 'first' }]);
    });
  });

  describe('the ladder', () => {
    const open = async (count: number) => {
      for (const { content } of wecom.taken.slice(0, count)) {
        const token = /\/r\/([\w-]{22})/.exec(JSON.stringify(content))![1]!;
        await world.get(ReadingService).recordOpened(token);
      }
    };

    it('rings by SMS after ten minutes only whom WeCom has not brought to open it', async () => {
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      expect(sent()).toEqual({ email: 0, sms: 0, wecom: 115 });
      await open(100);
      world.clock.pass(9 * minutes);
      await sweep();
      expect(await waiting()).toEqual([]);
      world.clock.pass(minutes);
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 0, sms: 15, wecom: 115 });
    });

    it('goes no further for whom the provider reports delivery', async () => {
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      world.clock.pass(10 * minutes);
      await sweep();
      await send();
      await world.query(`UPDATE delivery SET state = 'delivered' WHERE channel = 'sms' AND position <= 110`);
      world.clock.pass(60 * minutes);
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 5, sms: 115, wecom: 115 });
    });

    it('stops for the person who acknowledges, on every channel, and for nobody else', async () => {
      await signedAt('2025-04-02T19:55', { mode: 'ladder' });
      await send();
      world.clock.pass(10 * minutes);
      await sweep();
      // It is evening by now: the SMS wait for the morning.
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-03T08:00'), n: 115 }]);
      const token = /\/r\/([\w-]{22})/.exec(JSON.stringify(wecom.taken[0]!.content))![1]!;
      await world.get(ReadingService).acknowledge(token);
      await open(2);
      world.clock.setTo('2025-04-03T08:00');
      await sweep();
      await send();
      expect(sent().sms).toBe(113);
      expect(
        await world.query(
          `SELECT reason, count(*)::int AS n FROM delivery WHERE state = 'cancelled' GROUP BY 1 ORDER BY 2, 1`,
        ),
      ).toEqual([
        { reason: '已打开，不再换通道发送', n: 1 },
        { reason: '已签收，不再发送', n: 1 },
      ]);
    });

    it('takes each rung once when two processes look at the same moment', async () => {
      const other = await world.another();
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      world.clock.pass(10 * minutes);
      await Promise.all([sweep(), sweep(other), sweep(), sweep(other)]);
      await Promise.all([send(), send(other)]);
      expect(sent().sms).toBe(115);
      expect(await world.query(`SELECT count(*)::int AS n FROM delivery WHERE step = 1`)).toEqual([{ n: 115 }]);
    });

    it('goes by SMS when WeCom stands still until somebody mends it', async () => {
      wecom.answer = () => ({ kind: 'refused', class: 'configuration', code: '60020', reason: '来源地址不可信' });
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      await sweep();
      world.clock.pass(10 * minutes);
      await sweep();
      await send();
      expect(sent().sms).toBe(115);
    });

    it('goes on after its time past a message in doubt that waits for a person', async () => {
      const silent = new Set<string>();
      wecom.answer = ({ deliveryId }) => {
        if (silent.size >= 5) return { kind: 'accepted', reference: deliveryId };
        silent.add(deliveryId);
        return { kind: 'unknown', code: 'TIMEOUT', reason: '没有应答' };
      };
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      await open(115);
      await world.query(`UPDATE copy SET reading = 'unread' WHERE copy_number = 1`);
      world.clock.pass(5 * minutes);
      await sweep();
      expect(await world.query(`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1 ORDER BY 1`)).toEqual([
        { state: 'held', n: 5 },
        { state: 'sent', n: 110 },
      ]);
      await sweep();
      await send();
      expect(sent().sms).toBe(0);
      world.clock.pass(5 * minutes);
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 0, sms: 1, wecom: 115 });
    });

    it('waits while the edition is paused, and ends when the rest is cancelled', async () => {
      const editionId = await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      await world.get(DispatchService).pause(editionId, people.editor);
      world.clock.pass(10 * minutes);
      await sweep();
      await world.get(DispatchService).cancelRest(editionId, people.editor);
      await world.get(DispatchService).resume(editionId, people.editor);
      await sweep();
      expect(await world.query(`SELECT count(*)::int AS n FROM delivery WHERE step > 0`)).toEqual([{ n: 0 }]);
    });

    it('begins with what the person wants', async () => {
      world.clock.setTo('2025-04-02T09:00');
      await issueOnDesk(world);
      await wish(1, 'channel_order', ['email']);
      await world.query('DELETE FROM item');
      await world.query('DELETE FROM section');
      await world.query('DELETE FROM issue');
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      expect(sent()).toEqual({ email: 1, sms: 0, wecom: 114 });
    });
  });

  describe('reminders by the system', () => {
    const scan = (app: INestApplicationContext = world.app) => app.get(AutoReminder).scan();
    const reminders = () =>
      world.query(
        `SELECT round, state, count(*)::int AS n FROM delivery WHERE purpose = 'reminder' GROUP BY 1, 2 ORDER BY 1, 2`,
      );

    it('go out after two working days, once, from one of several processes, and not to whom has acknowledged', async () => {
      const other = await world.another();
      await signedAt('2025-04-02T10:00', { autoRemind: true });
      await send();
      const token = /\/r\/([\w-]{22})/.exec(JSON.stringify(wecom.taken[0]!.content))![1]!;
      await world.get(ReadingService).acknowledge(token);
      // Thursday is the first working day; then come three days off.
      for (const early of ['2025-04-03T17:00', '2025-04-05T10:00', '2025-04-07T09:59']) {
        world.clock.setTo(early);
        await scan();
      }
      expect(await reminders()).toEqual([]);
      world.clock.setTo('2025-04-07T10:00');
      await Promise.all([scan(), scan(other), scan()]);
      expect(await reminders()).toEqual([{ round: 1, state: 'planned', n: 114 }]);
      await send();
      world.clock.setTo('2025-04-15T10:00');
      await scan();
      expect(await reminders()).toEqual([{ round: 1, state: 'sent', n: 114 }]);
    });

    it('come as often as the policy allows, each after its time and in other words', async () => {
      await signedAt('2025-04-07T10:00', { autoRemind: true, maxReminders: 2, remindAfterDays: 1 });
      await send();
      for (const day of ['2025-04-08T10:30', '2025-04-09T11:00', '2025-04-10T11:30', '2025-04-11T11:30']) {
        world.clock.setTo(day);
        await scan();
        await send();
      }
      expect(await reminders()).toEqual([
        { round: 1, state: 'sent', n: 115 },
        { round: 2, state: 'sent', n: 115 },
      ]);
      const said = sms.taken.slice(115).map(({ content }) => /"times":"?(\d)/.exec(JSON.stringify(content))?.[1]);
      expect([...new Set(said)]).toEqual(['1', '2']);
    });

    it('do not go out at night, nor unless the publication wants them', async () => {
      await signedAt('2025-04-07T10:00');
      await send();
      world.clock.setTo('2025-04-14T10:00');
      await scan();
      expect(await reminders()).toEqual([]);
      await world.query(`UPDATE edition SET policy = policy || '{"autoRemind": true}'`);
      world.clock.setTo('2025-04-14T21:00');
      await scan();
      expect(await reminders()).toEqual([]);
    });

    it('chase nobody for an issue that does not ask for acknowledgement', async () => {
      await signedAt('2025-04-07T10:00', { autoRemind: true, asksAcknowledgement: false });
      await send();
      world.clock.setTo('2025-04-14T10:00');
      await scan();
      expect(await reminders()).toEqual([]);
    });
  });
});

import '../under-beijing-time.js';
import type { INestApplicationContext } from '@nestjs/common';
import { AutoReminder } from '../../src/dispatch/acts/auto-reminder.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { anIssue, committee } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';
import { beijing, policyOffice } from './policy-office.js';

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

  const { signedAt, send, sweep, waiting, wish } = policyOffice(() => world, committee);
  const all = committee.people;
  const sent = () => ({ email: email.taken.length, sms: sms.taken.length, wecom: wecom.taken.length });

  describe('quiet time', () => {
    it('puts off what is signed at night before three days off, until the next working morning', async () => {
      await signedAt('2025-04-03T21:00');
      await send();
      expect(sent()).toEqual({ email: 0, sms: 0, wecom: 0 });
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-07T08:00'), n: 3 * all }]);
      const [row] = await world.query<{ deadline: Date }>('SELECT max(deadline) AS deadline FROM delivery');
      expect(row!.deadline).toEqual(beijing('2025-04-10T08:00'));

      world.clock.setTo('2025-04-07T08:00');
      await sweep();
      await send();
      expect(sent()).toEqual({ email: all, sms: all, wecom: all });
      expect(await world.query('SELECT DISTINCT deferred FROM delivery')).toEqual([{ deferred: null }]);
    });

    it('names a day off as the reason by day', async () => {
      await signedAt('2025-04-05T10:00');
      expect(await waiting()).toEqual([{ deferred: '休息日', at: beijing('2025-04-07T08:00'), n: 3 * all }]);
    });

    it('sends at once on a Sunday that is worked', async () => {
      await signedAt('2025-04-27T10:00');
      await send();
      expect(sent()).toEqual({ email: all, sms: all, wecom: all });
    });

    it('holds back a retry that falls due in the evening, and says so on the row', async () => {
      sms.answer = () => ({ kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '连接不上' });
      await signedAt('2025-04-02T19:59');
      await send();
      world.clock.setTo('2025-04-02T20:05');
      await send();
      expect(sms.taken).toHaveLength(all);
      await sweep();
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-03T08:00'), n: all }]);
    });

    it('is broken by 特急 with a reason only, which is kept with the edition and in the trail', async () => {
      await signedAt('2025-04-03T21:00', {}, { level: 'extraUrgent', reason: '防汛' });
      await send();
      expect(sent().sms).toBe(all);
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
      expect(sent().sms).toBe(all);
      await world.get(DispatchService).remind(editionId, people.editor);
      await send();
      expect(sent().sms).toBe(2 * all);
    });

    it('makes reminders wait even where first messages do not', async () => {
      const editionId = await signedAt('2025-04-03T19:00', { waits: 'reminders' });
      world.clock.setTo('2025-04-03T22:00');
      await send();
      expect(sent().sms).toBe(all);
      await world.get(DispatchService).remind(editionId, people.editor);
      await send();
      expect(sent().sms).toBe(all);
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-07T08:00'), n: all }]);
    });

    it('follows a person’s own hours besides the office’s', async () => {
      world.clock.setTo('2025-04-02T13:00');
      await anIssue(world, committee);
      await wish(1, 'quiet_from, quiet_until', 12, 14);
      await world.query('DELETE FROM item');
      await world.query('DELETE FROM section');
      await world.query('DELETE FROM issue');
      await signedAt('2025-04-02T13:00');
      await send();
      expect(sent()).toEqual({ email: all - 1, sms: all - 1, wecom: all - 1 });
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-02T14:00'), n: 3 }]);
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
      expect(await reminders()).toEqual([{ round: 1, state: 'planned', n: all - 1 }]);
      await send();
      world.clock.setTo('2025-04-15T10:00');
      await scan();
      expect(await reminders()).toEqual([{ round: 1, state: 'sent', n: all - 1 }]);
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
        { round: 1, state: 'sent', n: all },
        { round: 2, state: 'sent', n: all },
      ]);
      const said = sms.taken.slice(all).map(({ content }) => /"times":"?(\d)/.exec(JSON.stringify(content))?.[1]);
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

    it('chase nobody for an archived issue, until that is taken back', async () => {
      await signedAt('2025-04-07T10:00', { autoRemind: true });
      await send();
      await world.query(`UPDATE issue SET state = 'archived'`);
      world.clock.setTo('2025-04-14T10:00');
      await scan();
      expect(await reminders()).toEqual([]);
      await world.query(`UPDATE issue SET state = 'dispatched'`);
      await scan();
      expect(await reminders()).toEqual([{ round: 1, state: 'planned', n: all }]);
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

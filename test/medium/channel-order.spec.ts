import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { defaultPolicy, type PublicationPolicy } from '../../src/domain/sending/channel-policy.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { anIssue, committee } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';
import { beijing, policyOffice } from './policy-office.js';

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

  const { signedAt, send, sweep, waiting, wish } = policyOffice(() => world, committee);
  const wholeList = policyOffice(() => world);
  const all = committee.people;
  const sent = () => ({ email: email.taken.length, sms: sms.taken.length, wecom: wecom.taken.length });

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
      expect(sent()).toEqual({ email: 0, sms: 0, wecom: all });
      await sweep();
      await send();
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 0, sms: 2, wecom: all });
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
      await wholeList.signedAt('2025-04-02T09:00', { mode: 'ladder' });
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
      // Ids that lie together, as those of the plan do, and in the order of the list.
      const rungs = await world.query<{ position: number; version: string }>(
        `SELECT position, substr(id::text, 15, 1) AS version FROM delivery WHERE step > 0 ORDER BY id`,
      );
      expect(new Set(rungs.map(({ version }) => version))).toEqual(new Set(['7']));
      expect(rungs.map(({ position }) => position)).toEqual(Array.from({ length: 15 }, (_, i) => 101 + i));
    });

    it('goes no further for whom the provider reports delivery', async () => {
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      world.clock.pass(10 * minutes);
      await sweep();
      await send();
      await world.query(`UPDATE delivery SET state = 'delivered' WHERE channel = 'sms' AND position <= ${all - 5}`);
      world.clock.pass(60 * minutes);
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 5, sms: all, wecom: all });
    });

    it('stops for the person who acknowledges, on every channel, and for nobody else', async () => {
      await signedAt('2025-04-02T19:55', { mode: 'ladder' });
      await send();
      world.clock.pass(10 * minutes);
      await sweep();
      // It is evening by now: the SMS wait for the morning.
      expect(await waiting()).toEqual([{ deferred: '安静时段', at: beijing('2025-04-03T08:00'), n: all }]);
      const token = /\/r\/([\w-]{22})/.exec(JSON.stringify(wecom.taken[0]!.content))![1]!;
      await world.get(ReadingService).acknowledge(token);
      await open(2);
      world.clock.setTo('2025-04-03T08:00');
      await sweep();
      await send();
      expect(sent().sms).toBe(all - 2);
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
      await wholeList.signedAt('2025-04-02T09:00', { mode: 'ladder' });
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
      expect(sent().sms).toBe(all);
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
      await open(all);
      await world.query(`UPDATE copy SET reading = 'unread' WHERE copy_number = 1`);
      world.clock.pass(5 * minutes);
      await sweep();
      expect(await world.query(`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1 ORDER BY 1`)).toEqual([
        { state: 'held', n: 5 },
        { state: 'sent', n: all - 5 },
      ]);
      await sweep();
      await send();
      expect(sent().sms).toBe(0);
      world.clock.pass(5 * minutes);
      await sweep();
      await send();
      expect(sent()).toEqual({ email: 0, sms: 1, wecom: all });
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
      await anIssue(world, committee);
      await wish(1, 'channel_order', ['email']);
      await world.query('DELETE FROM item');
      await world.query('DELETE FROM section');
      await world.query('DELETE FROM issue');
      await signedAt('2025-04-02T09:00', { mode: 'ladder' });
      await send();
      expect(sent()).toEqual({ email: 1, sms: 0, wecom: all - 1 });
    });
  });
});

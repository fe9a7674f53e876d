import type { INestApplicationContext } from '@nestjs/common';
import type { Channel } from '../../src/channels/channel.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Progress } from '../../src/dispatch/after/progress.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { ReportRepository } from '../../src/channels/report.repository.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { PreferenceService } from '../../src/organisation/preference.service.js';
import { noPreference } from '../../src/domain/sending/preference.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import type { EmailContent } from '../../src/rendering/message.js';
import { anIssue, aPost, committee } from '../builders.js';
import { emailChannel } from '../contracts/channels-under-test.js';
import { afterwards } from '../contracts/afterwards.js';
import { startSandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;
const beijing = (text: string) => new Date(`${text}:00+08:00`);
const tokensIn = (text: string): string[] => [...new Set([...text.matchAll(/\/r\/([\w-]{22})/g)].map(([, t]) => t!))];

describe('daily digest', () => {
  let world: World;
  let email: RecordingChannel;
  let sms: RecordingChannel;
  let wisher: string;
  let to: string | undefined;
  const all = committee.people;

  const personOf = async (order: number) => (await aPost(world, { order })).person;
  const wish = (personId: string, dailyDigest = true) =>
    world.get(PreferenceService).choose(personId, { ...noPreference, dailyDigest }, 'readingPage');

  const open = async (channels: readonly Channel[] = [email, sms], environment: Record<string, string> = {}) => {
    world = await openWorld({ channels, environment: { MAIL_OWN_DOMAINS: 'yanjin.example', ...environment } });
    world.clock.setTo('2025-04-03T10:00');
  };
  /** The first issue brings the list with it; the wish is made before it is planned. */
  const first = async (urgency = 'normal') => {
    const { issueId, revision } = await anIssue(world, { to });
    wisher = await personOf(1);
    await wish(wisher);
    return publish(issueId, revision, urgency);
  };
  const another = async (number: number, urgency = 'normal') => {
    const { issueId, revision } = await anIssue(world, { number, to });
    return publish(issueId, revision, urgency);
  };
  const publish = async (issueId: string, revision: number, urgency: string) => {
    await world.query('UPDATE issue SET urgency = $1 WHERE id = $2', [urgency, issueId]);
    const { editionId } = await world.get(SignOffService).signOff(issueId, revision, people.approver);
    await world.get(PlanService).plan(editionId);
    return { issueId, editionId };
  };
  const send = async (app: INestApplicationContext = world.app) => {
    await app.get(Sweeper).sweep();
    for (const kind of ['email', 'sms'] as const) await app.get(DeliveryService).sendDue(kind, never);
  };
  const toWisher = () => email.taken.filter(({ content }) => (content as EmailContent).subject.startsWith('每日汇总'));
  /** The wisher's e-mail deliveries, oldest issue first. */
  const rows = () =>
    world.query<{ id: string; state: string; reference: string | null; carried_by: string | null; attempts: number }>(
      `SELECT d.id, d.state, d.reference, d.carried_by, d.attempts FROM delivery d JOIN copy c ON c.id = d.copy_id
       WHERE c.person_id = $1 AND d.channel = 'email' AND d.purpose = 'initial' ORDER BY d.created_at`,
      [wisher],
    );
  const states = async () => (await rows()).map(({ state }) => state);
  const countsAreRight = async () => {
    const of = (view: string) =>
      world.query(`SELECT edition_id, channel, purpose, state, sum(n)::int AS n FROM ${view} GROUP BY 1, 2, 3, 4
                   HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4`);
    expect(await of('delivery_count')).toEqual(await of('delivery_recount'));
  };

  beforeEach(() => {
    [email, sms] = [new RecordingChannel('email'), new RecordingChannel('sms')];
    to = committee.to;
  });
  afterEach(() => world?.close());

  it('waits until the hour of the day, says so, and leaves as one mail with a link to each issue', async () => {
    await open();
    const { editionId } = await first();
    await send();
    await another(15);
    await send();
    expect(email.taken).toHaveLength(2 * (all - 1));
    expect(sms.taken).toHaveLength(2 * all);
    const waiting = { reason: '随每日汇总发送', until: beijing('2025-04-03T17:00'), count: 1 };
    expect((await world.get(Progress).progressOf(editionId)).quiet).toEqual([waiting]);

    world.clock.setTo('2025-04-03T17:00');
    await send();
    await send();
    expect(email.taken).toHaveLength(2 * (all - 1) + 1);
    const [mail] = toWisher();
    const { subject, text, html, unsubscribe } = mail!.content as EmailContent;
    expect(subject).toBe('每日汇总：延津政务快报第14期（2025年4月3日）等2期');
    for (const part of ['第14期', '第15期']) expect(text).toContain(part);
    expect(unsubscribe).toBeUndefined();
    expect(tokensIn(html)).toEqual(tokensIn(text));
    const pages = await Promise.all(tokensIn(text).map((token) => world.get(ReadingService).byToken(token)));
    expect(pages.map(({ personId }) => personId)).toEqual([wisher, wisher]);
    expect(new Set(pages.map(({ copyId }) => copyId)).size).toBe(2);

    const [lead, carried] = (await rows()).sort((a) => (a.id === mail!.deliveryId ? -1 : 1));
    expect(carried).toMatchObject({ state: 'sent', reference: lead!.reference, carried_by: lead!.id, attempts: 1 });
    await countsAreRight();
  });

  it('leaves as the usual mail when only one issue waits', async () => {
    await open();
    await first();
    world.clock.setTo('2025-04-03T17:00');
    await send();
    expect(toWisher()).toEqual([]);
    expect(email.taken).toHaveLength(all);
    expect(await states()).toEqual(['sent']);
  });

  it('holds back neither what is urgent nor a correction', async () => {
    await open();
    await first('urgent');
    await send();
    expect(email.taken).toHaveLength(all);
    const { issueId } = await another(15, 'extraUrgent');
    await send();
    expect(email.taken).toHaveLength(2 * all);

    const act = async (name: 'withdraw' | 'correct' | 'submitForReview' | 'review', who: keyof typeof people) =>
      world.get(IssueService).act(issueId, await revisionOf(world, issueId), name, people[who], '数字有误');
    for (const step of ['withdraw:approver', 'correct:editor', 'submitForReview:editor', 'review:reviewer'] as const) {
      const [name, who] = step.split(':') as [Parameters<typeof act>[0], keyof typeof people];
      await act(name, who);
    }
    await publish(issueId, await revisionOf(world, issueId), 'normal');
    await send();
    expect(email.taken).toHaveLength(3 * all);
  });

  it('is put off by the quiet time and days off like everything else', async () => {
    await open();
    world.clock.setTo('2025-04-03T18:00');
    await first();
    const [row] = await world.query<{ at: Date; deadline: Date }>(
      `SELECT next_attempt_at AS at, deadline FROM delivery WHERE digest`,
    );
    // 4 to 6 April 2025 are days off.
    expect(row).toEqual({ at: beijing('2025-04-07T17:00'), deadline: beijing('2025-04-10T17:00') });
  });

  it.each(['withdrawn', 'cancelled', 'acknowledged', 'paused'] as const)(
    'lists no issue that was %s before it leaves',
    async (what) => {
      await open();
      const { issueId, editionId } = await first();
      await another(15);
      await another(16);
      const dispatch = world.get(DispatchService);
      if (what === 'withdrawn')
        await world
          .get(IssueService)
          .act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver, '有误');
      if (what === 'cancelled') await dispatch.cancelRest(editionId, people.editor);
      if (what === 'paused') await dispatch.pause(editionId, people.editor);
      if (what === 'acknowledged') {
        const [copy] = await world.query<{ id: string }>(
          'SELECT id FROM copy WHERE edition_id = $1 AND person_id = $2',
          [editionId, wisher],
        );
        await world.get(ReadingService).acknowledgeOnBehalf(copy!.id, 'phone', '联络员', null, people.editor);
        // At once, not when the sweeper comes by: the board must not promise him a mail any more.
        expect(await states()).toEqual(['cancelled', 'planned', 'planned']);
      }
      world.clock.setTo('2025-04-03T17:00');
      await world.get(DeliveryService).sendDue('email', never);
      const { text } = toWisher()[0]!.content as EmailContent;
      expect(text).not.toContain('第14期');
      expect(tokensIn(text)).toHaveLength(2);
      await send();
      expect(await states()).toEqual([what === 'paused' ? 'planned' : 'cancelled', 'sent', 'sent']);
      if (what === 'paused') {
        await dispatch.resume(editionId, people.editor);
        await send();
        expect(await states()).toEqual(['sent', 'sent', 'sent']);
      }
      expect(toWisher()).toHaveLength(1);
      await countsAreRight();
    },
  );

  it('shares the fate of its mail: retries together, fails together, and bounces together', async () => {
    await open();
    await first();
    await another(15);
    world.clock.setTo('2025-04-03T17:00');
    email.answer = () => ({ kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '连接不上' });
    await send();
    expect(await states()).toEqual(['planned', 'planned']);
    email.answer = (message) => ({ kind: 'accepted', reference: `ref-${message.deliveryId}` });
    world.clock.setTo('2025-04-03T17:05');
    await send();
    expect(await states()).toEqual(['sent', 'sent']);
    expect(toWisher()).toHaveLength(2);

    const [mail] = toWisher().slice(-1);
    const report = { provider: 'smtp', deliveryId: mail!.deliveryId, code: '5.1.1', reason: '没有这个邮箱' };
    await world
      .get(ReportRepository)
      .keep([{ ...report, status: 'failed', reportedAt: beijing('2025-04-03T17:06') }], world.clock.now());
    await world.get(ReportService).applyWaiting();
    expect(await states()).toEqual(['failed', 'failed']);
    await countsAreRight();
  });

  it('sends one mail only when two workers look for work at the same moment', async () => {
    to = undefined; // The whole list, so that they have enough to meet over.
    await open();
    await first();
    for (const number of [15, 16, 17]) await another(number);
    await send();
    const other = await world.another();
    world.clock.setTo('2025-04-03T17:00');
    await Promise.all(
      [world.app, other, world.app, other].map((app) => app.get(DeliveryService).sendDue('email', never)),
    );
    expect(toWisher()).toHaveLength(1);
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('counts as one notice of the day', async () => {
    await open([email], { DAILY_CAP: '2' });
    await first();
    await another(15);
    await another(16);
    world.clock.setTo('2025-04-03T17:00');
    await send();
    await another(17, 'urgent');
    await send();
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  describe('through a mail server', () => {
    const closing = afterwards();

    it('a worker that dies leaves a doubt about all of it, which is repeated as the same mail', async () => {
      const { sandbox } = closing(await startSandboxUnderTest());
      const channel = closing(emailChannel(sandbox.smtpPort));
      await open([channel, sms]);
      await first();
      await another(15);
      await send();
      const usual = sandbox.book.all().length;
      world.clock.setTo('2025-04-03T17:00');
      // Taken by the server, and the worker dies before it can say so.
      const dying = new RecordingChannel('email', 'smtp');
      dying.answer = () => 'silence';
      dying.beforeOutcomes = () => channel.send(dying.taken, never, () => undefined);
      const other = await world.another([dying]);
      await other
        .get(DeliveryService)
        .sendDue('email', never)
        .catch(() => undefined);
      expect(await states()).toEqual(['sending', 'sending']);

      world.clock.pass(10 * 60_000);
      await send();
      world.clock.pass(11 * 60_000);
      await send();
      await send();
      expect(await states()).toEqual(['sent', 'sent']);
      const digests = sandbox.book.all().slice(usual);
      expect(digests).toHaveLength(2);
      expect(new Set(digests.map(({ messageId }) => messageId)).size).toBe(1);
      expect(digests.map(({ n }) => tokensIn(sandbox.book.htmlOf(n)!).length)).toEqual([2, 2]);
      expect(sandbox.book.duplicates()).toEqual([]);
      await countsAreRight();
    });
  });
});

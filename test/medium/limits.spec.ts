import type { INestApplicationContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { Preflight } from '../../src/dispatch/plan/preflight.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Progress } from '../../src/dispatch/after/progress.js';
import { aSignedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const minute = 60_000;

describe('limits and order', () => {
  let world: World;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let wecom: RecordingChannel;

  const open = async (environment: Record<string, string>) => {
    [sms, email, wecom] = [new RecordingChannel('sms'), new RecordingChannel('email'), new RecordingChannel('wecom')];
    [sms.account, email.account, wecom.account] = ['aliyun', 'smtp', 'wecom'];
    world = await openWorld({ channels: [email, sms, wecom], environment });
    return aSignedEdition(world);
  };
  afterEach(() => world.close());

  const plan = (editionId: string) => world.get(PlanService).plan(editionId);
  const send = (channel: RecordingChannel, app: INestApplicationContext = world.app) =>
    app.get(DeliveryService).sendDue(channel.kind, never);
  const waiting = (channel: string) =>
    world.query<{ at: Date; attempts: number; attemptNo: number; code: string; reason: string }>(
      `SELECT next_attempt_at AS at, attempts, attempt_no AS "attemptNo", code, reason FROM delivery
       WHERE channel = $1 AND state = 'planned' ORDER BY next_attempt_at, position`,
      [channel],
    );

  /** The same issue again under the next number. */
  const another = async (editionId: string, urgency = 'normal'): Promise<string> => {
    const [issue, edition] = [randomUUID(), randomUUID()];
    await world.query(
      `INSERT INTO issue SELECT (jsonb_populate_record(i, jsonb_build_object('id', $2::text, 'number', i.number + 1, 'state', 'signedOff'))).*
       FROM issue i JOIN edition e ON e.issue_id = i.id WHERE e.id = $1`,
      [editionId, issue],
    );
    await world.query(
      `INSERT INTO edition SELECT (jsonb_populate_record(e, jsonb_build_object('id', $2::text, 'issue_id', $3::text, 'planned_at', NULL, 'urgency', $4::text))).*
       FROM edition e WHERE e.id = $1`,
      [editionId, edition, issue, urgency],
    );
    await world.query(
      `INSERT INTO edition_entry (edition_id, position, entry) SELECT $2, position, entry FROM edition_entry WHERE edition_id = $1`,
      [editionId, edition],
    );
    return edition;
  };
  const editionsOf = async (channel: RecordingChannel) => {
    const rows = await world.query<{ id: string; edition: string }>(`SELECT id, edition_id AS edition FROM delivery`);
    const edition = new Map(rows.map(({ id, edition }) => [id, edition]));
    return channel.taken.map(({ deliveryId }) => edition.get(deliveryId)!);
  };

  it('begins slowly with each outside domain under a new sending domain, and loses nothing', async () => {
    const { issueId, editionId } = await open({ MAIL_RAMP_FROM: '2025-04-03', MAIL_DOMAIN_LIMITS: 'none' });
    const { lines } = await world.get(Preflight).check(issueId);
    expect(lines.map(({ text }) => text).join()).toContain(
      '启用第1天，尚在试发：本单位以外的每个邮件域名一天最多收到50封',
    );
    await plan(editionId);
    await send(email);
    expect(email.taken).toHaveLength(25);
    expect((await waiting('email'))[0]).toMatchObject({ attempts: 0, code: 'LIMIT' });
    for (let hours = 0; hours < 13; hours++) {
      world.clock.pass(60 * minute);
      await send(email);
    }
    expect(email.taken.length).toBeGreaterThan(25);
    expect(email.taken.length).toBeLessThanOrEqual(50);
    // It is the eve of a holiday of three days.
    for (let hours = 0; hours < 120; hours += 6) {
      world.clock.pass(6 * 60 * minute);
      await send(email);
    }
    expect(email.taken).toHaveLength(115);
  });

  it('lets the office itself get all at once under a new sending domain', async () => {
    const { editionId } = await open({ MAIL_RAMP_FROM: '2025-04-03', MAIL_OWN_DOMAINS: 'yanjin.example' });
    await plan(editionId);
    await send(email);
    expect(email.taken).toHaveLength(115);
  });

  it('lets two workers together send no more than the account may', async () => {
    const { editionId } = await open({ ALIYUN_LIMITS: '40/m' });
    await plan(editionId);
    const other = await world.another();
    await Promise.all([send(sms), send(sms, other), send(sms), send(sms, other)]);
    expect(sms.taken).toHaveLength(20);
    world.clock.pass(minute / 2);
    await Promise.all([send(sms), send(sms, other)]);
    expect(sms.taken).toHaveLength(30);
    // It is the account that must wait: rows keep their place and have lost nothing.
    expect((await waiting('sms')).every(({ attemptNo, attempts }) => attemptNo + attempts === 0)).toBe(true);
    world.clock.pass(10 * minute);
    for (let n = 0; n < 10; n++) {
      await send(sms);
      world.clock.pass(minute);
    }
    // Of two workers at once either may be the first; what one sends alone keeps its order.
    const [together, then, alone] = [sms.taken.slice(0, 20), sms.taken.slice(20, 30), sms.taken.slice(30)];
    const addresses = (taken: typeof alone) => taken.map(({ address }) => address);
    const expected = Array.from({ length: 115 }, (_, i) => `154${String(i + 1).padStart(8, '0')}`);
    expect(addresses(together).sort()).toEqual(expected.slice(0, 20));
    expect(addresses(then).sort()).toEqual(expected.slice(20, 30));
    expect(addresses(alone)).toEqual(expected.slice(30));
  });

  it('queues mail to a domain that takes it slowly, each with its own time, and sends the rest meanwhile', async () => {
    const { editionId } = await open({ MAIL_DOMAIN_LIMITS: 'qq.com=20/m' });
    await world.query(`UPDATE contact SET mail_domain = 'qq.com' WHERE masked LIKE 'r%' AND id IN
      (SELECT k.id FROM contact k WHERE k.kind = 'email' ORDER BY k.lookup_hash LIMIT 30)`);
    await plan(editionId);
    await send(email);
    expect(email.taken).toHaveLength(115 - 20);
    const late = await waiting('email');
    expect(late.map(({ at }) => (at.getTime() - world.clock.now().getTime()) / 1000)).toEqual(
      Array.from({ length: 20 }, (_, i) => 6 * (i + 1)),
    );
    expect(late[0]).toMatchObject({ attempts: 0, attemptNo: 0, code: 'LIMIT' });
    expect(await world.query('SELECT count(*)::int AS n FROM attempt')).toEqual([{ n: 95 }]);
    expect((await world.get(Progress).progressOf(editionId)).deferred).toMatchObject([
      { channel: 'email', count: 20, reason: '收件邮箱系统限制发送频率，按限额排队发送', from: late[0]!.at },
    ]);
    world.clock.pass(minute);
    await send(email);
    expect(email.taken).toHaveLength(115 - 10);
    world.clock.pass(minute);
    await send(email);
    expect(await waiting('email')).toEqual([]);
  });

  it('sends one number the second message only after the vendor’s minute', async () => {
    const { editionId } = await open({ SMS_NUMBER_LIMITS: '1/m,5/h', WECOM_MEMBER_LIMITS: '2/m' });
    const second = await another(editionId);
    await plan(editionId);
    await plan(second);
    await send(sms);
    await send(wecom);
    expect([sms.taken.length, wecom.taken.length]).toEqual([115, 115]);
    expect(new Set(sms.taken.map(({ address }) => address)).size).toBe(115);
    expect(new Set((await waiting('sms')).map(({ at }) => at.getTime() - world.clock.now().getTime()))).toEqual(
      new Set([minute]),
    );
    world.clock.pass(minute);
    await send(sms);
    expect(sms.taken).toHaveLength(230);
    expect(await world.query('SELECT max(attempt_no) AS tries FROM delivery')).toEqual([{ tries: 1 }]);
  });

  it('does not let a large issue stand in front of a later small one, but lets an urgent one pass both', async () => {
    const { editionId: large } = await open({});
    const small = await another(large);
    const urgent = await another(small, 'extraUrgent');
    await plan(large);
    // A hundred thousand would only take longer: what counts is that far more is due than a batch holds.
    world.clock.pass(minute);
    await plan(small);
    await world.query(`DELETE FROM delivery WHERE edition_id = $1 AND position > 12`, [small]);
    await plan(urgent);
    await world.query(`DELETE FROM delivery WHERE edition_id = $1 AND position > 5`, [urgent]);
    await send(sms);
    const order = await editionsOf(sms);
    expect(order.slice(0, 5)).toEqual(Array(5).fill(urgent));
    // In the first four batches of ten; within one the issue that has waited longer comes first.
    expect(order.slice(5, 40).filter((edition) => edition === small)).toHaveLength(12);
    for (const edition of [large, small, urgent]) {
      const own = sms.taken.filter((_, i) => order[i] === edition).map(({ address }) => address);
      expect(own).toEqual([...own].sort());
    }
  });

  it('holds back the third notice of a day until the next morning, says so, and lets 特急 through', async () => {
    const { editionId: one } = await open({ DAILY_CAP: '2' });
    const two = await another(one);
    const three = await another(two);
    const urgent = await another(three, 'extraUrgent');
    for (const edition of [one, two]) {
      await plan(edition);
      await Promise.all([send(sms), send(email), send(wecom)]);
    }
    for (const edition of [three, urgent]) await plan(edition);
    await Promise.all([send(sms), send(email), send(wecom)]);
    expect(new Set(await editionsOf(sms))).toEqual(new Set([one, two, urgent]));
    expect([sms, email, wecom].map(({ taken }) => taken.length)).toEqual([345, 345, 345]);
    const [row] = await waiting('wecom');
    expect(row).toMatchObject({ at: new Date('2025-04-04T00:00:00Z'), attempts: 0, attemptNo: 0, code: 'DAILY_CAP' });
    expect(row!.reason).toBe('本人当日通知已达2条，为免打扰改在次日发送');
    // Three days off follow: the next morning on which anything leaves is a Monday's.
    world.clock.setTo('2025-04-07T10:00');
    await send(sms);
    expect(sms.taken).toHaveLength(460);
  });
});

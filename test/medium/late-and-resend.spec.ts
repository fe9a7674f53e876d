import type { INestApplicationContext } from '@nestjs/common';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { LateCopiesService } from '../../src/dispatch/plan/late-copies.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { SendAgainService } from '../../src/dispatch/acts/send-again.service.js';
import { defaultPolicy } from '../../src/domain/sending/channel-policy.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { PublicationRepository } from '../../src/issues/publication.repository.js';
import { PublicationService } from '../../src/issues/publication.service.js';
import { aSignedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { demoRoster, openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;
const twice = <T>(act: () => Promise<T>) => Promise.all([act(), act()]);

describe('messages beyond the first', () => {
  let world: World;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let editionId: string;
  let other: INestApplicationContext;

  beforeEach(async () => {
    [sms, email] = [new RecordingChannel('sms'), new RecordingChannel('email')];
    [sms.batchSize, email.batchSize] = [5, 5];
    world = await openWorld({ channels: [sms, email] });
    other = await world.another();
    ({ editionId } = await aSignedEdition(world));
  });
  afterEach(() => world.close());

  const work = () =>
    [world.app, other].flatMap((app) => [
      app.get(DeliveryService).sendDue('sms', never),
      app.get(DeliveryService).sendDue('email', never),
    ]);
  const plan = () => world.get(PlanService).plan(editionId);
  const addresses = (channel: RecordingChannel) => channel.taken.map(({ address }) => address);
  const audited = async (action: string) =>
    (await world.query('SELECT 1 FROM audit_entry WHERE action = $1', [action])).length;

  /** The first row goes, the second person takes a new post, and two people come. */
  async function changeList(): Promise<void> {
    const [header, , ...rest] = demoRoster().toString('utf8').trim().split('\n');
    const came = [901, 902].map(
      (n) => `${n},县政协正副主席,县政协,副主席${n},新${n},15400000${n},n${n}@yanjin.example,leader,,n${n}`,
    );
    await world
      .get(RosterService)
      .import(Buffer.from([header, ...rest, ...came].join('\n')), people.editor, world.clock.now());
  }
  const copyOf = async (number: number) =>
    (await world.query<{ id: string }>('SELECT id FROM copy WHERE copy_number = $1', [number]))[0]!.id;

  it('go to people who came into scope later, once, with new numbers, and leave what was signed untouched', async () => {
    const [before] = await world.query('SELECT hash, scope, content FROM edition');
    await plan();
    await changeList();
    const late = world.get(LateCopiesService);
    const offer = await late.offer(editionId);
    expect(offer.wait).toBeNull();
    expect(offer.added.map(({ name, deliveries }) => [name, deliveries.map(({ channel }) => channel)])).toEqual([
      ['新901', ['sms', 'email']],
      ['新902', ['sms', 'email']],
    ]);
    expect(offer.left.map(({ copyNumber }) => copyNumber)).toEqual([1]);

    const chosen = offer.added.map(({ personId }) => personId);
    const add = () => late.addLateCopies(editionId, chosen, '换届后新任', people.editor);
    const [results] = await Promise.all([twice(add), ...work()]);
    await Promise.all(work());
    expect(results.map(({ added }) => added).sort()).toEqual([0, 2]);
    for (const channel of [sms, email]) {
      expect(new Set(addresses(channel)).size).toBe(117);
      expect(channel.taken).toHaveLength(117);
    }
    expect(
      await world.query(`SELECT copy_number, late_reason FROM copy WHERE late_at IS NOT NULL ORDER BY copy_number`),
    ).toEqual([
      { copy_number: 116, late_reason: '换届后新任' },
      { copy_number: 117, late_reason: '换届后新任' },
    ]);
    expect(await world.query('SELECT hash, scope, content FROM edition')).toEqual([before]);
    expect(await audited('dispatch.lateAdded')).toBe(1);
    expect((await late.offer(editionId)).added).toEqual([]);
  });

  it('go to a scope typed by hand, only to those in it who have no copy, and the trail keeps what was typed', async () => {
    await plan();
    await changeList();
    const [late, typed] = [world.get(LateCopiesService), '主送：县政协副主席902，县委书记'];
    const offer = await late.offer(editionId, typed);
    expect(offer.added.map(({ name, groups }) => [name, groups])).toEqual([['新902', ['县政协副主席902']]]);
    expect([offer.left, offer.moved]).toEqual([[], []]);
    const everybody = (await late.offer(editionId)).added.map(({ personId }) => personId);
    expect(await late.addLateCopies(editionId, everybody, '扩大范围', people.editor, typed)).toEqual({ added: 1 });
    const [entry] = await world.query(`SELECT detail FROM audit_entry WHERE action = 'dispatch.lateAdded'`);
    expect(entry).toMatchObject({ detail: { scope: '县政协副主席902，县委书记', reason: '扩大范围' } });
    expect((await late.offer(editionId)).added.map(({ name }) => name)).toEqual(['新901']);
  });

  it('are offered to late people as the policy of the edition will have them sent, and when', async () => {
    const policy = { ...defaultPolicy, mode: 'first', order: ['sms', 'email'] } as const;
    const { id } = await world
      .get(PublicationRepository)
      .ofIssue((await world.query<{ issue_id: string }>('SELECT issue_id FROM edition'))[0]!.issue_id);
    await world.get(PublicationService).setPolicy(id, policy, people.editor);
    await plan();
    await changeList();
    world.clock.setTo('2025-04-03T21:00');
    const late = world.get(LateCopiesService);
    const { added, wait } = await late.offer(editionId);
    expect(
      added.map(({ deliveries, later }) => [deliveries, later].map((d) => d.map(({ channel }) => channel))),
    ).toEqual([
      [['sms'], ['email']],
      [['sms'], ['email']],
    ]);
    const morning = new Date('2025-04-07T08:00:00+08:00');
    expect(wait).toEqual({ until: morning, reason: '安静时段' });

    await late.addLateCopies(
      editionId,
      added.map(({ personId }) => personId),
      '换届后新任',
      people.editor,
    );
    expect(
      await world.query(
        `SELECT d.channel, d.next_attempt_at AS at, count(*)::int AS n FROM delivery d JOIN copy c ON c.id = d.copy_id
         WHERE c.late_at IS NOT NULL GROUP BY 1, 2`,
      ),
    ).toEqual([{ channel: 'sms', at: morning, n: 2 }]);
  });

  it('go to one person again over the channels chosen, at the address corrected since, once for two clicks', async () => {
    await plan();
    await Promise.all(work());
    const corrected = demoRoster().toString('utf8').replaceAll('15400000007', '15400000999');
    await world.get(RosterService).import(Buffer.from(corrected), people.editor, world.clock.now());
    const again = world.get(SendAgainService);
    const copyId = await copyOf(7);
    const { options, round } = await again.offer(copyId);
    expect(options).toMatchObject([
      { channel: 'sms', corrected: true, refused: null },
      { channel: 'email', corrected: false, refused: null },
    ]);
    const [results] = await Promise.all([twice(() => again.resend(copyId, ['sms'], round, people.editor)), ...work()]);
    await Promise.all(work());
    expect(results.map(({ planned }) => planned).sort()).toEqual([0, 1]);
    expect(addresses(sms).slice(115)).toEqual(['15400000999']);
    expect(email.taken).toHaveLength(115);
    expect(await audited('dispatch.resent')).toBe(1);
    // A new form is a new wish.
    expect(await again.resend(copyId, ['sms', 'email'], round + 1, people.editor)).toEqual({ planned: 2 });
    await expect(again.resend(copyId, ['sms'], round + 9, people.editor)).rejects.toMatchObject({
      code: 'dispatch.changedMeanwhile',
    });
  });

  it('are neither doubled nor lost while two workers send and everything is pressed twice', async () => {
    await plan();
    await changeList();
    const [control, late, again] = [
      world.get(DispatchService),
      world.get(LateCopiesService),
      world.get(SendAgainService),
    ];
    let failures = 0;
    sms.answer = ({ address }) =>
      address.endsWith('0') && failures++ < 5
        ? { kind: 'refused', class: 'content', code: 'BLACK', reason: '内容被拒' }
        : { kind: 'accepted', reference: 'x' };
    const chosen = (await late.offer(editionId)).added.map(({ personId }) => personId);
    const copyId = await copyOf(50);
    await Promise.all([
      ...work(),
      twice(() => control.pause(editionId, people.editor)),
      twice(() => late.addLateCopies(editionId, chosen, '补', people.editor)),
      twice(() => again.resend(copyId, ['sms'], 1, people.editor)),
    ]);
    await twice(() => control.resume(editionId, people.editor));
    await Promise.all(work());
    const [retried] = await Promise.all([
      twice(() => control.retryFailed(editionId, 'BLACK', people.editor)),
      ...work(),
    ]);
    await Promise.all(work());
    expect(retried.map(({ again: n }) => n).sort()).toEqual([0, 5]);
    const expected = (extra: number) => ({ messages: 117 + extra, people: 117 });
    expect({ messages: email.taken.length, people: new Set(addresses(email)).size }).toEqual(expected(0));
    // Once more to the one it was sent to again, and once more after each refusal.
    expect({ messages: sms.taken.length, people: new Set(addresses(sms)).size }).toEqual(expected(1 + 5));
    expect(await world.query(`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1`)).toEqual([
      { state: 'sent', n: 117 * 2 + 1 },
    ]);
    expect(await audited('dispatch.paused')).toBe(1);
    expect(await audited('dispatch.resumed')).toBe(1);
  });
});

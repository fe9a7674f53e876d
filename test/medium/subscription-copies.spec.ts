import { type BoardFilter, BoardRepository } from '../../src/console/sending/board.repository.js';
import { IssueListRepository } from '../../src/console/issues/issue-list.repository.js';
import { CountRepository } from '../../src/dispatch/after/count.repository.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { LateCopiesService } from '../../src/dispatch/plan/late-copies.service.js';
import { endToken, SubscriptionService } from '../../src/distribution/subscriptions/subscription.service.js';
import { Database } from '../../src/platform/database.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { ReplyService } from '../../src/reading/reply.service.js';
import type { EmailContent, SmsContent } from '../../src/rendering/message.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';
import { subscriptionOffice } from './subscription-office.js';

const never = new AbortController().signal;

describe('voluntary subscriptions', () => {
  let world: World;
  let email: RecordingChannel;
  let sms: RecordingChannel;

  const { start, rows, subscribe, publish } = subscriptionOffice(() => ({ world, email, sms }));
  const subscribersCopies = () =>
    world.query<{ id: string; copy_number: number; person_name: string; groups: string[]; post_id: string | null }>(
      'SELECT id, copy_number, person_name, groups, post_id FROM copy WHERE subscription_id IS NOT NULL ORDER BY copy_number',
    );

  beforeEach(async () => {
    [email, sms] = [new RecordingChannel('email'), new RecordingChannel('sms')];
    world = await openWorld({ channels: [email, sms] });
  });
  afterEach(() => world.close());

  it('brings a public issue to a confirmed and approved subscriber, behind all posts, until one press ends it', async () => {
    await start();
    const id = await subscribe();
    const editionId = await publish();
    const copies = await subscribersCopies();
    expect(copies).toMatchObject([{ copy_number: 116, person_name: '村民甲', groups: ['自愿订阅'], post_id: null }]);

    email.taken.length = 0;
    await world.get(DeliveryService).sendDue('email', never);
    const mail = email.taken.find(({ address }) => address === 'cun@village.example')!.content as EmailContent;
    const link = `${world.settings.http.publicUrl}/u/${endToken(world.vault, id)}`;
    expect(mail.unsubscribe).toBe(link);
    expect(mail.text).toContain(link);
    expect(mail.text).not.toContain('签收');
    const toPosts = email.taken.filter(({ address }) => address !== 'cun@village.example');
    expect(toPosts).toHaveLength(115);
    for (const { content } of toPosts) expect((content as EmailContent).unsubscribe).toBeUndefined();

    const token = /\/r\/([\w-]+)/.exec(mail.text)![1]!;
    const page = await world.get(ReadingService).byToken(token);
    expect(page).toMatchObject({ personName: '村民甲', asksAcknowledgement: false });
    const { reminded } = await world.get(DispatchService).remind(editionId, people.editor);
    expect(reminded).toBe(115);

    await world.get(ReadingService).recordOpened(token);
    const board = new BoardRepository(world.get(Database));
    expect(await board.totals(editionId)).toMatchObject({ copies: 115, opened: 0 });
    expect(await board.subscribers(editionId)).toEqual({ copies: 1, opened: 1 });
    for (const list of [await board.byGroup(editionId), await board.byUnitKind(editionId)])
      expect(list.map(({ name }) => name).filter((name) => ['自愿订阅', 'subscriber'].includes(name))).toEqual([]);
    const listed = async (filter: BoardFilter) => (await board.copies(editionId, filter, { after: 0 }, 200)).length;
    expect(await Promise.all((['all', 'unacknowledged', 'opened', 'subscribers'] as const).map(listed))).toEqual([
      116, 115, 0, 1,
    ]);
    expect(await new IssueListRepository(world.get(Database)).page({ year: null, state: null }, 1, 0)).toMatchObject([
      { copies: 115, acknowledged: 0 },
    ]);
    expect(await world.get(CountRepository).wrong()).toBe(0);

    await world.get(SubscriptionService).end(endToken(world.vault, id), 'oneClick');
    await world.get(SubscriptionService).end(endToken(world.vault, id), 'oneClick');
    expect(await rows()).toMatchObject([{ state: 'ended', ended_via: 'oneClick' }]);
  });

  it('offers a late copy to who was approved after sign-off, and none to who has a copy', async () => {
    await start();
    await subscribe();
    const editionId = await publish();
    await subscribe({ address: 'late@village.example', name: '村民乙' });
    const late = world.get(LateCopiesService);
    const offer = await late.offer(editionId);
    expect(offer.added.map(({ name }) => name)).toEqual(['村民乙']);
    expect([offer.left, offer.moved]).toEqual([[], []]);
    const everybody = offer.added.map(({ personId }) => personId);
    expect(await late.addLateCopies(editionId, everybody, '新增订阅', people.editor)).toEqual({ added: 1 });
    expect(await subscribersCopies()).toMatchObject([
      { copy_number: 116 },
      { copy_number: 117, person_name: '村民乙' },
    ]);
    email.taken.length = 0;
    await world.get(DeliveryService).sendDue('email', never);
    const { content } = email.taken.find(({ address }) => address === 'late@village.example')!;
    expect((content as EmailContent).unsubscribe).toMatch(/\/u\//);
  });

  it('keeps everything that is not public from subscribers', async () => {
    await start('internal');
    await subscribe();
    await publish();
    expect(await subscribersCopies()).toEqual([]);
  });

  it('asks whether the chosen section is in the issue', async () => {
    await start();
    const ids = [await subscribe(), await subscribe({ address: 'other@village.example' })];
    const [section] = await world.query<{ name: string }>('SELECT name FROM section WHERE name IS NOT NULL LIMIT 1');
    await world.query('UPDATE subscription SET sections = $2 WHERE id = $1', [ids[0], [section!.name]]);
    await world.query('UPDATE subscription SET sections = $2 WHERE id = $1', [ids[1], ['没有的栏目']]);
    await publish();
    expect(await subscribersCopies()).toHaveLength(1);
  });

  it('gives one copy, by the post, to somebody in scope who also subscribes', async () => {
    await start();
    await subscribe({ address: 'r007@yanjin.example' });
    await publish();
    expect(await subscribersCopies()).toEqual([]);
    const [all] = await world.query<{ n: number }>('SELECT count(*)::int AS n FROM copy');
    expect(all!.n).toBe(115);
  });

  it('tells a subscriber by SMS alone how to leave, and takes TD for an answer, once however often it is pushed', async () => {
    await start();
    await subscribe({ channel: 'sms', address: '13900000001' });
    await publish();
    sms.taken.length = 0;
    await world.get(DeliveryService).sendDue('sms', never);
    const own = sms.taken.filter(({ address }) => address === '13900000001');
    expect(own).toHaveLength(1);
    expect((own[0]!.content as SmsContent).text).toMatch(/查阅。退订回TD。$/);
    const reply = {
      ...{ provider: 'aliyun', sequenceId: '1', mobile: '13900000001', content: '收到，谢谢' },
      ...{ sentTo: '', writtenAt: null },
    };
    await world.get(ReplyService).take([reply]);
    expect((await rows())[0]!.state).toBe('active');
    const td = { ...reply, sequenceId: '2', content: ' td ' };
    await world.get(ReplyService).take([td, td]);
    expect(await rows()).toMatchObject([{ state: 'ended', ended_via: 'smsReply' }]);
    const [kept] = await world.query<Record<string, unknown>>('SELECT * FROM sms_reply ORDER BY sequence_id');
    expect(JSON.stringify(kept)).not.toContain('13900000001');
    expect(JSON.stringify(kept)).not.toContain('谢谢');
  });

  it('stops what has not left yet when somebody leaves', async () => {
    await start();
    const id = await subscribe();
    await publish();
    await world.get(SubscriptionService).end(endToken(world.vault, id), 'page');
    email.taken.length = 0;
    await world.get(DeliveryService).sendDue('email', never);
    expect(email.taken.some(({ address }) => address === 'cun@village.example')).toBe(false);
  });
});

import { type BoardFilter, BoardRepository } from '../../src/console/board.repository.js';
import { IssueListRepository } from '../../src/console/issue-list.repository.js';
import { SubscriptionsPages } from '../../src/console/subscriptions.pages.js';
import { CountRepository } from '../../src/dispatch/count.repository.js';
import { Housekeeping } from '../../src/dispatch/housekeeping.js';
import { DeliveryService } from '../../src/dispatch/delivery.service.js';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { LateCopiesService } from '../../src/dispatch/late-copies.service.js';
import { PlanService } from '../../src/dispatch/plan.service.js';
import { ProofSender } from '../../src/dispatch/proof-sender.js';
import { SubscriptionDeskService } from '../../src/distribution/subscription-desk.service.js';
import { SubscriptionRepository } from '../../src/distribution/subscription.repository.js';
import {
  endToken,
  type SubscriptionRequest,
  SubscriptionService,
} from '../../src/distribution/subscription.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { Database } from '../../src/platform/database.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import type { EmailContent, SmsContent } from '../../src/rendering/message.js';
import { RecordingChannel } from '../recording-channel.js';
import { issueOnDesk, openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;
const day = 86_400_000;

describe('voluntary subscriptions', () => {
  let world: World;
  let email: RecordingChannel;
  let sms: RecordingChannel;
  let second: RecordingChannel;
  let publicationId: string;
  let issue: { issueId: string; revision: number };

  const start = async (level: 'public' | 'internal' = 'public') => {
    issue = await issueOnDesk(world, level);
    const [row] = await world.query<{ id: string }>(`UPDATE publication SET subscribable = true RETURNING id`);
    publicationId = row!.id;
  };
  const ask = (more: Partial<SubscriptionRequest> = {}, client = '10.0.0.1') =>
    world.get(SubscriptionService).request(
      {
        ...{
          publicationId,
          name: '村民甲',
          affiliation: '某村村委会',
          channel: 'email',
          address: 'cun@village.example',
        },
        sections: [],
        ...more,
      },
      client,
    );
  const send = () => world.get(ProofSender).sendDue(never);
  const codeTo = (address: string, channel = email): string => {
    const message = channel.taken.filter((one) => one.address === address).at(-1)!;
    const { content } = message;
    return content.kind === 'sms' ? content.params.code! : /验证码：(\d{6})/.exec((content as EmailContent).text)![1]!;
  };
  const rows = () =>
    world.query<{ id: string; state: string; sealed: string | null; ended_via: string | null }>(
      'SELECT id, state, sealed, ended_via FROM subscription ORDER BY requested_at, id',
    );
  const subscribe = async (more: Partial<SubscriptionRequest> = {}) => {
    const { ref } = await ask(more);
    await send();
    const address = more.address ?? 'cun@village.example';
    await world.get(SubscriptionService).confirmByCode(ref, codeTo(address, more.channel === 'sms' ? sms : email));
    const confirmed = (await rows()).filter(({ state }) => state === 'confirmed').map(({ id }) => id);
    await world.get(SubscriptionDeskService).approve(confirmed, people.editor);
    return (await rows()).find(({ id }) => confirmed.includes(id))!.id;
  };
  const publish = async () => {
    const { editionId } = await world.get(SignOffService).signOff(issue.issueId, issue.revision, people.approver);
    await world.get(PlanService).plan(editionId);
    return editionId;
  };
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
    for (const { content } of toPosts) expect(content).not.toHaveProperty('unsubscribe');

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

  it('tells by mail what was decided: with a way to end it, or with the reason', async () => {
    await start();
    const id = await subscribe();
    email.taken.length = 0;
    await send();
    await send();
    const told = email.taken.map(({ address, content }) => ({ address, ...(content as EmailContent) }));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ address: 'cun@village.example', subject: '订阅《延津政务快报》已通过' });
    expect(told[0]!.unsubscribe).toBe(`${world.settings.http.publicUrl}/u/${endToken(world.vault, id)}`);

    const { ref } = await ask({ address: 'no@village.example', name: '村民<乙>' });
    await send();
    await world.get(SubscriptionService).confirmByCode(ref, codeTo('no@village.example'));
    const other = (await rows()).find(({ state }) => state === 'confirmed')!;
    await world.get(SubscriptionDeskService).reject([other.id], '不在本县', people.editor);
    await send();
    const { content } = email.taken.at(-1)!;
    expect(content).toMatchObject({ subject: '订阅《延津政务快报》未通过' });
    expect(content).not.toHaveProperty('unsubscribe');
    expect((content as EmailContent).text).toContain('理由：不在本县');
    expect((content as EmailContent).html).toContain('村民&lt;乙&gt;');
    const audited = await world.query(
      `SELECT detail->>'told' AS told FROM audit_entry WHERE action LIKE 'subscription.%ed' AND detail ? 'told'`,
    );
    expect(audited).toEqual([{ told: 'true' }, { told: 'true' }]);
    // The message about it brings no code that could be typed.
    expect(await world.query('SELECT 1 FROM address_proof WHERE decision IS NOT NULL AND used_at IS NULL')).toEqual([]);
  });

  const confirmedBySms = async (address: string) => {
    const { ref } = await ask({ channel: 'sms', address, name: address });
    await send();
    const codes = [...sms.taken, ...second.taken].filter((one) => one.address === address);
    await world.get(SubscriptionService).confirmByCode(ref, (codes.at(-1)!.content as SmsContent).params.code!);
    return (await rows()).find(({ state }) => state === 'confirmed')!.id;
  };
  /** Both vendors, the first preferred, with a text for decisions where one is given. */
  const openVendors = async (filed: { aliyun?: string; tencent?: string }) => {
    await world.close();
    [sms, second] = [new RecordingChannel('sms', 'aliyun'), new RecordingChannel('sms', 'tencent')];
    const keys = ['DIGEST', 'NOTICE', 'REMINDER', 'WITHDRAWAL', 'CODE', 'SUBSCRIBER'];
    world = await openWorld({
      channels: [email, sms, second],
      environment: {
        ...{ ALIYUN_ACCESS_KEY_ID: 'id', ALIYUN_ACCESS_KEY_SECRET: 's' },
        ...{ TENCENT_SECRET_ID: 'id', TENCENT_SECRET_KEY: 's', TENCENT_SDK_APP_ID: '1400' },
        ...Object.fromEntries(keys.map((key) => [`TENCENT_TEMPLATE_${key}`, '1'])),
        ...(filed.aliyun ? { SMS_TEMPLATE_DECISION: filed.aliyun } : {}),
        ...(filed.tencent ? { TENCENT_TEMPLATE_DECISION: filed.tencent } : {}),
      },
    });
    await start();
  };
  const decisions = (channel: RecordingChannel) =>
    channel.taken.map(({ content }) => content as SmsContent).filter(({ template }) => template === 'decision');

  it('tells by SMS what was decided, through the vendor that has a text for it', async () => {
    await openVendors({ aliyun: 'SMS_E' });
    const desk = world.get(SubscriptionDeskService);
    const approved = await confirmedBySms('13900000001');
    expect(await desk.approve([approved], people.editor)).toEqual({ decided: 1, untold: 0 });
    await send();
    await send();
    const rejected = await confirmedBySms('13900000002');
    expect(await desk.reject([rejected], '不在本县', people.editor)).toEqual({ decided: 1, untold: 0 });
    await send();
    expect(decisions(sms)).toMatchObject([
      { templateCode: 'SMS_E', params: { publication: '延津政务快报', result: '通过' } },
      { templateCode: 'SMS_E', params: { result: '未通过', note: '理由是不在本县' } },
    ]);

    await openVendors({ tencent: '77' });
    await world.get(SubscriptionDeskService).approve([await confirmedBySms('13900000001')], people.editor);
    await send();
    expect([decisions(sms).length, decisions(second).length]).toEqual([0, 1]);
  });

  it('says whom to phone where no text for it is filed, and shows the number for a reason that is kept', async () => {
    await openVendors({});
    const desk = world.get(SubscriptionDeskService);
    const pages = new SubscriptionsPages(world.get(SubscriptionRepository), desk);
    const shown = async () =>
      (await pages.list({ tab: 'confirmed' }, people.editor)).props as {
        smsUntold: boolean;
        rows: { untold: boolean }[];
      };
    const { ref } = await ask();
    await send();
    await world.get(SubscriptionService).confirmByCode(ref, codeTo('cun@village.example'));
    expect(await shown()).toMatchObject({ smsUntold: false, rows: [{ untold: false }] });
    await desk.approve([(await rows())[0]!.id], people.editor);

    const id = await confirmedBySms('13900000001');
    expect(await shown()).toMatchObject({ smsUntold: true, rows: [{ untold: true }] });
    expect(await desk.reveal(id, '电话告知', people.editor)).toBe('13900000001');
    const [look] = await world.query(`SELECT detail FROM audit_entry WHERE action = 'subscription.revealed'`);
    expect(look).toMatchObject({ detail: { reason: '电话告知', channel: 'sms' } });
    expect(await desk.reject([id], '不在本县', people.editor)).toEqual({ decided: 1, untold: 1 });
    sms.taken.length = 0;
    await send();
    expect([...sms.taken, ...second.taken]).toEqual([]);
    await expect(desk.reveal(id, '电话告知', people.editor)).rejects.toMatchObject({
      code: 'subscription.addressGone',
    });
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
    expect(await late.add(editionId, everybody, '新增订阅', people.editor)).toEqual({ added: 1 });
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
    const reply = { provider: 'aliyun', sequenceId: '1', mobile: '13900000001', content: '收到，谢谢' };
    await world.get(SubscriptionService).applyReplies([reply]);
    expect((await rows())[0]!.state).toBe('active');
    const td = { ...reply, sequenceId: '2', content: ' td ' };
    await world.get(SubscriptionService).applyReplies([td, td]);
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

  it('answers alike whether or not an address is known or has had its codes, and stops one client that asks for many', async () => {
    await start();
    await subscribe();
    for (let n = 0; n < 4; n += 1) expect((await ask()).ref).toMatch(/^[\w-]{22}$/);
    await send();
    const mails = email.taken.filter(({ address }) => address === 'cun@village.example');
    // The fourth of the hour is not even stored.
    expect(mails).toHaveLength(3);
    await expect(world.get(SubscriptionService).confirmByCode('nothing', '123456')).rejects.toMatchObject({
      code: 'subscription.codeWrong',
    });
    const many = async () => {
      for (let n = 0; n < 40; n += 1) await ask({ address: `a${n}@village.example` }, '10.9.9.9');
    };
    await expect(many()).rejects.toMatchObject({ code: 'subscription.tooMany' });
  });

  it('confirms by the link of the mail with a press, not by opening it', async () => {
    await start();
    await ask();
    await send();
    const { text } = email.taken.at(-1)!.content as EmailContent;
    const token = /\/subscribe\/confirm\/([\w-]+)/.exec(text)![1]!;
    const service = world.get(SubscriptionService);
    expect(await service.pending(token)).toMatchObject({ state: 'requested', masked: 'c***@village.example' });
    expect((await rows())[0]!.state).toBe('requested');
    expect(await service.confirmByLink(token)).toBe(true);
    expect((await rows())[0]!.state).toBe('confirmed');
    expect(await service.confirmByLink(token)).toBe(false);
  });

  it('forgets what nobody confirmed, expires what nobody decided, and keeps no address of either', async () => {
    await start();
    await ask({ address: 'never@village.example' });
    const { ref } = await ask();
    await send();
    await world.get(SubscriptionService).confirmByCode(ref, codeTo('cun@village.example'));
    world.clock.pass(day + 1);
    await world.get(Housekeeping).tidy();
    expect(await rows()).toMatchObject([{ state: 'confirmed' }]);
    world.clock.pass(91 * day);
    await world.get(Housekeeping).tidy();
    expect(await rows()).toMatchObject([{ state: 'expired', sealed: null }]);
  });

  it('rejects with a reason and without keeping the address', async () => {
    await start();
    const { ref } = await ask();
    await send();
    await world.get(SubscriptionService).confirmByCode(ref, codeTo('cun@village.example'));
    const id = (await rows())[0]!.id;
    const desk = world.get(SubscriptionDeskService);
    expect(await desk.reject([id], '不在服务范围', people.editor)).toEqual({ decided: 1, untold: 0 });
    expect(await desk.approve([id], people.editor)).toEqual({ decided: 0, untold: 0 });
    expect(await rows()).toMatchObject([{ state: 'rejected', sealed: null }]);
  });
});

import { SubscriptionsPages } from '../../src/console/list/subscriptions.pages.js';
import { Housekeeping } from '../../src/dispatch/housekeeping.js';
import { SubscriptionDeskService } from '../../src/distribution/subscriptions/subscription-desk.service.js';
import { SubscriptionRepository } from '../../src/distribution/subscriptions/subscription.repository.js';
import { endToken, SubscriptionService } from '../../src/distribution/subscriptions/subscription.service.js';
import type { EmailContent, SmsContent } from '../../src/rendering/message.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';
import { subscriptionOffice } from './subscription-office.js';

const day = 86_400_000;

describe('voluntary subscriptions', () => {
  let world: World;
  let email: RecordingChannel;
  let sms: RecordingChannel;
  let second: RecordingChannel;

  const office = subscriptionOffice(() => ({ world, email, sms }));
  const { start, ask, send, codeTo, rows, subscribe } = office;

  beforeEach(async () => {
    [email, sms] = [new RecordingChannel('email'), new RecordingChannel('sms')];
    world = await openWorld({ channels: [email, sms] });
  });
  afterEach(() => world.close());

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
    expect((content as EmailContent).unsubscribe).toBeUndefined();
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

  it('shows on the subscription that its decision could not be told, why, and the way to the number', async () => {
    await openVendors({ aliyun: 'SMS_E' });
    const desk = world.get(SubscriptionDeskService);
    const id = await confirmedBySms('13900000001');
    sms.answer = () => ({
      kind: 'refused',
      class: 'recipient',
      code: 'isv.MOBILE_NUMBER_ILLEGAL',
      reason: '号码不存在',
    });
    expect(await desk.approve([id], people.editor)).toEqual({ decided: 1, untold: 0 });
    const pages = new SubscriptionsPages(world.get(SubscriptionRepository), desk);
    const shown = async () => ((await pages.list({ tab: 'active' }, people.editor)).props as { rows: unknown[] }).rows;
    expect(await shown()).toMatchObject([{ tellingFailed: null, mayBePhoned: false }]);
    await send();
    expect(await shown()).toMatchObject([{ tellingFailed: '号码不存在', mayBePhoned: true }]);
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

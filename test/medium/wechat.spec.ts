import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { WecomCrypt, wecomSignature } from '../../src/channels/wecom/wecom-crypt.js';
import { writeXml } from '../../src/channels/wecom/wecom-xml.js';
import { ReportInbox } from '../../src/channels/report-inbox.js';
import { ContactService } from '../../src/organisation/contact.service.js';
import { WechatBindingService } from '../../src/reading/wechat-binding.service.js';
import { aSignedEdition, committee } from '../builders.js';
import { wechatChannel } from '../contracts/channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest, wechatFiled } from '../contracts/sandbox-under-test.js';
import { openConsole } from '../console.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const { token, aesKey } = office.wecomCallback;
const fields = 'thing1=issue,thing2=summary,time3=sent,phrase4=state';
/** In the order of the list: what becomes of each one's message. */
const openids = [
  'oBoundByScanning0001',
  'oFollowsAndLeaves001',
  'block-0000000000001',
  'zeroid-000000000001',
  'intercept-0000000001',
  'drop-00000000000001',
];

describe('the official account', () => {
  let place: SandboxUnderTest;
  let world: World;
  let callback: string;
  let editionId: string;
  let persons: string[];

  /** One world for all: eleven people, six of whom have a WeChat; every test has some to itself. */
  beforeAll(async () => {
    let now = () => 0;
    place = await startSandboxUnderTest({
      wechat: { ...wechatFiled, followers: openids.slice(1), callback: { token, aesKey }, now: () => now() },
    });
    world = await openWorld({
      channels: [wechatChannel(place.sandbox, { now: () => now() })],
      environment: {
        ...{ WECHAT_API_BASE: place.sandbox.wechatBase, WECHAT_QR_BASE: place.sandbox.wechatBase },
        ...{ WECHAT_APP_ID: office.wechat.appId, WECHAT_SECRET: office.wechat.secret },
        ...{ WECHAT_TEMPLATE_ID: office.wechatTemplate, WECHAT_TEMPLATE_FIELDS: fields },
        ...{ WECHAT_CALLBACK_TOKEN: token, WECHAT_CALLBACK_AES_KEY: aesKey },
      },
    });
    now = () => world.clock.now().getTime();
    callback = `${await (await world.web()).getUrl()}/callbacks/wechat`;
    place.sandbox.setWechatCallbackUrl(callback);
    ({ editionId } = await aSignedEdition(world, committee));
    persons = (
      await world.query<{ id: string }>(
        'SELECT t.person_id AS id FROM tenure t JOIN post p ON p.id = t.post_id WHERE t.ends_on IS NULL ORDER BY p.protocol_order LIMIT 11',
      )
    ).map(({ id }) => id);
    for (const [at, openid] of openids.entries())
      if (at > 0) await world.get(ContactService).save(persons[at]!, 'wechat', openid, { id: 'system' });
  });
  afterAll(async () => {
    await world.close();
    await place.close();
  });

  const offer = async (person: string) =>
    (await world.get(WechatBindingService).offer(person, { id: 'system' })).picture.url;
  const scan = (openid: string, url: string) => place.sandbox.wechat!.scan(openid, url);
  const contactOf = async (person: string) =>
    (
      await world.query<{ masked: string; bad: boolean; verified: boolean }>(
        `SELECT masked, bad_since IS NOT NULL AS bad, verified_at IS NOT NULL AS verified FROM contact WHERE kind = 'wechat' AND person_id = $1`,
        [person],
      )
    )[0] ?? null;
  const stateOf = async (person: string) => {
    const [row] = await world.query<{ state: string; code: string | null }>(
      `SELECT d.state, d.code FROM delivery d JOIN copy c ON c.id = d.copy_id WHERE d.channel = 'wechat' AND c.person_id = $1`,
      [person],
    );
    return row;
  };
  /** A call as the vendor seals it, or as `changes` spoil it. */
  async function call(body: string, changes: Record<string, string> = {}): Promise<number> {
    const crypt = new WecomCrypt({ token, aesKey, receiveId: office.wechat.appId });
    const timestamp = String(Math.floor(world.clock.now().getTime() / 1000));
    const encrypted = crypt.seal(body);
    const query = {
      ...crypt.sign(encrypted, timestamp, 'n0nce'),
      signature: wecomSignature(token, timestamp, 'n0nce'),
      ...changes,
    };
    const response = await fetch(`${callback}?${new URLSearchParams(query).toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: 'body' in changes ? changes.body : writeXml([['Encrypt', encrypted]]),
    });
    return response.status;
  }
  const event = (openid: string, name: string, more: Record<string, string> = {}) =>
    writeXml(
      Object.entries({
        ...{
          ToUserName: 'gh_1',
          FromUserName: openid,
          CreateTime: String(Math.floor(world.clock.now().getTime() / 1000)),
        },
        ...{ MsgType: 'event', Event: name, ...more },
      }),
    );

  it('proves its address, and believes nobody else', async () => {
    expect(await place.sandbox.wechat!.proveCallback()).toBe(true);
    const left = event(openids[1]!, 'unsubscribe');
    expect(await call(left, { signature: '0'.repeat(40) })).toBe(403);
    expect(await call(left, { msg_signature: '0'.repeat(40) })).toBe(403);
    expect(await call(left, { timestamp: '1' })).toBe(403);
    // Plain text is no way around the key.
    expect(await call(left, { body: left })).toBe(403);
    expect(await contactOf(persons[1]!)).toMatchObject({ bad: false });
  });

  it('is bound by a code that is scanned once, in time, and not to two people', async () => {
    const url = await offer(persons[0]!);
    expect(await scan(openids[0]!, url)).toMatch(/^绑定成功/);
    expect(await contactOf(persons[0]!)).toMatchObject({ bad: false, verified: true });
    // WeChat says it again, or somebody else scans what was used.
    expect(await scan(openids[0]!, url)).toMatch(/^绑定成功/);
    expect(await scan('oSomebodyElse0000001', url)).toMatch(/已经用过/);
    expect(await scan(openids[0]!, await offer(persons[9]!))).toMatch(/另一位/);
    expect(await contactOf(persons[9]!)).toBeNull();
    const late = await offer(persons[10]!);
    world.clock.pass(10 * 60_000);
    expect(await call(event('oTooLate00000000001', 'SCAN', { EventKey: 'b' + '0'.repeat(62) }))).toBe(200);
    expect(await scan('oTooLate00000000001', late)).toBeNull();
    expect(await contactOf(persons[10]!)).toBeNull();
    const audit = await world.query<{ action: string }>(
      `SELECT action FROM audit_entry WHERE subject = $1 AND action LIKE 'contact.b%' ORDER BY id`,
      [`person:${persons[0]!}`],
    );
    expect(audit.map(({ action }) => action)).toEqual(['contact.bindingOffered', 'contact.bound']);
  });

  it('is closed for who stops following, and open again for who follows anew', async () => {
    await place.sandbox.wechat!.unfollow(openids[1]!);
    expect(await contactOf(persons[1]!)).toMatchObject({ bad: true });
    world.clock.pass(1000);
    await place.sandbox.wechat!.follow(openids[1]!);
    expect(await contactOf(persons[1]!)).toMatchObject({ bad: false });
    // Nobody of ours.
    await place.sandbox.wechat!.unfollow('oNobodyOnTheList0001');
  });

  it('sends to who is bound, and knows by the events what arrived', async () => {
    await world.get(PlanService).plan(editionId);
    const told = new Promise<void>((done) => {
      const waiting = new Set(['block-0000000000001', 'zeroid-000000000001', openids[0]!]);
      const look = setInterval(() => {
        for (const { n, to } of place.sandbox.book.all())
          if (!place.sandbox.book.reportsDue('wechat').some((due) => due.n === n)) waiting.delete(to);
        if (waiting.size > 0) return;
        clearInterval(look);
        done();
      }, 20);
    });
    await world.get(DeliveryService).sendDue('wechat', never);
    await told;
    const settled = async () => {
      await world.get(ReportService).applyAll();
      return Promise.all(persons.slice(0, 6).map(async (person) => (await stateOf(person))?.state));
    };
    for (let tries = 0; tries < 50 && (await settled())[3] !== 'delivered'; tries++)
      await new Promise((resolve) => setImmediate(resolve));
    expect(await settled()).toEqual(['delivered', 'delivered', 'failed', 'delivered', 'sent', 'sending']);
    expect(await stateOf(persons[2]!)).toMatchObject({ code: 'user block' });
    expect(await contactOf(persons[2]!)).toMatchObject({ bad: true });
    // Nobody without a WeChat was written to.
    expect(await stateOf(persons[8]!)).toBeUndefined();
  });

  it('sends what is in doubt once more within ten minutes; the reader has it once', async () => {
    world.clock.pass(120_000);
    await world.get(Sweeper).sweep();
    await world.get(DeliveryService).sendDue('wechat', never);
    expect(['sent', 'delivered']).toContain((await stateOf(persons[5]!))!.state);
    expect(place.sandbox.book.messages().filter(({ to }) => to === openids[5])).toHaveLength(1);
  });

  it('says of what was intercepted that nobody got it', async () => {
    const sentAt = new Date(world.clock.now().getTime() - 120_000);
    const said = {
      provider: 'wechat',
      kind: 'wechat',
      status: 'failed',
      code: 'intercepted',
      reason: '被平台拦截。',
    } as const;
    const reports = [{ ...said, address: openids[4]!, sentAt, reportedAt: world.clock.now() }];
    expect(await world.get(ReportInbox).takeOfRecipients(reports)).toBe(1);
    await world.get(ReportService).applyAll();
    expect(await stateOf(persons[4]!)).toMatchObject({ state: 'failed', code: 'intercepted' });
    // Another time, or nobody: it says nothing of ours.
    const strange = [
      { ...reports[0]!, address: 'oNobodyOnTheList0001' },
      { ...reports[0]!, sentAt: new Date(0) },
    ];
    expect(await world.get(ReportInbox).takeOfRecipients(strange)).toBe(0);
  });

  it('is bound from the contact page, where nobody can type it', async () => {
    const desk = await openConsole(world, [wechatChannel(place.sandbox)]);
    try {
      const editor = await desk.as('editor');
      const path = `/people/${persons[7]!}/contacts`;
      expect((await editor.get(path)).text).toContain('生成绑定二维码');
      const shown = await editor.follow(await editor.post(`${path}/wechat/bind`, {}));
      expect(shown.text).toMatch(/<img src="data:image\/png;base64,/);
      const typed = await editor.follow(await editor.post(`${path}/wechat`, { address: 'oTypedByHand00000001' }));
      expect(typed.status).toBe(422);
      expect(await contactOf(persons[7]!)).toBeNull();
    } finally {
      await desk.close();
    }
  });
});

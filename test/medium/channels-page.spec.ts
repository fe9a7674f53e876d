import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { GateRepository } from '../../src/dispatch/send/gate.repository.js';
import { Preflight } from '../../src/dispatch/plan/preflight.js';
import { aPlannedEdition, anIssue, committee } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const reportKey = 'report-key-of-twenty-one';

describe('the page of channels', () => {
  let [email, sms]: RecordingChannel[] = [];
  let world: World;
  let office: Console;
  let [admin, auditor, editor]: Visitor[] = [];

  beforeAll(async () => {
    [email, sms] = [new RecordingChannel('email', 'smtp'), new RecordingChannel('sms', 'aliyun')];
    world = await openWorld({
      channels: [email, sms],
      environment: {
        ALIYUN_ACCESS_KEY_ID: 'id',
        ALIYUN_ACCESS_KEY_SECRET: 'secret-of-the-account',
        ALIYUN_REPORT_KEY: reportKey,
        PUBLIC_URL: 'https://kb.example.gov.cn',
      },
    });
    office = await openConsole(world, [email, sms]);
    [admin, auditor, editor] = [await office.as('systemAdmin'), await office.as('auditor'), await office.as('editor')];
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  it('counts the day and shows why and since when an account is stopped, until it is set going again', async () => {
    await aPlannedEdition(world, committee);
    email!.answer = ({ deliveryId }) => ({ kind: 'accepted', reference: deliveryId });
    sms!.answer = () => ({ kind: 'refused', class: 'configuration', code: 'X1', reason: '余额不足，请充值。' });
    await world.get(DeliveryService).sendDue('email', never);
    await world.get(DeliveryService).sendDue('sms', never);
    const shown = (await auditor!.get('/channels')).text;
    expect(shown).toContain('服务商已受理11条');
    expect(shown).toMatch(/2025年4月3日 10:00起，阿里云短信已停用：余额不足，请充值。/);
    expect(shown).toContain('<code>X1</code>');
    await editor!.post('/channels/aliyun/reopen', {});
    expect((await auditor!.get('/channels')).text).not.toContain('已停用');
  });

  it('remembers since when an account is stopped, however many messages say so again', async () => {
    const stopped = async () =>
      (
        await world.query<{ at: Date }>(
          `SELECT changed_at AS at FROM account_gate WHERE account = 'aliyun' AND circuit_open`,
        )
      )[0]?.at.toISOString();
    await world.get(DeliveryService).sendDue('sms', never);
    const since = await stopped();
    world.clock.pass(60_000);
    await world.get(GateRepository).openCircuit('aliyun', '余额不足，请充值。', world.clock.now());
    await world.get(GateRepository).closeUntil('aliyun', world.clock.now(), '调用过快', world.clock.now());
    expect(await stopped()).toBe(since);
  });

  it('tries an account when asked, keeps what it says, and leaves a trace', async () => {
    sms!.check = () => Promise.resolve('签名未报备，请先报备。');
    await admin!.post('/channels/aliyun/try', {});
    expect((await editor!.get('/channels')).text).toContain('试过，不能使用：签名未报备，请先报备。');
    sms!.check = () => Promise.reject(new Error('never mind'));
    expect((await admin!.post('/channels/aliyun/try', {})).status).toBe(303);
    expect((await editor!.get('/channels')).text).toContain('没有得到服务商的应答');
    expect(
      await world.query(`SELECT detail FROM audit_entry WHERE action = 'channel.tried' AND subject = 'account:aliyun'`),
    ).toHaveLength(2);
    const unknown = await admin!.follow(await admin!.post('/channels/nobody/try', {}, '/channels'));
    expect(unknown.text).toContain('没有这个通道');
  });

  it('refuses to sign off what its vendor says is not filed, as long as the vendor says so', async () => {
    const { issueId } = await anIssue(world, { ...committee, number: 15 });
    const checked = async () => {
      const { blocked, lines } = await world.get(Preflight).check(issueId);
      return { blocked, texts: lines.map(({ text }) => text).filter((text) => text.includes('阿里云短信')) };
    };
    const sign = { kind: 'sign', use: null, code: '县政府办', state: 'rejected', reason: '资质不符' } as const;
    sms!.check = () => Promise.resolve(null);
    sms!.filings = () => Promise.resolve({ kind: 'known', filings: [sign] });
    world.clock.pass(31 * 60_000);
    const refused = ['阿里云短信的签名“县政府办”未通过（资质不符），运营商不会放行短信。'];
    expect(await checked()).toEqual({ blocked: true, texts: refused });
    sms!.filings = () => Promise.resolve({ kind: 'notKnown', reason: '连接服务商超时。' });
    expect(await checked()).toEqual({ blocked: true, texts: refused });
    await office.signIn(admin!);
    await admin!.post('/channels/aliyun/try', {});
    const unknown = ['未能查询阿里云短信的报备状态，不影响签发：连接服务商超时。'];
    expect(await checked()).toEqual({ blocked: false, texts: unknown });
    expect((await admin!.get('/channels')).text).toContain('未能查询：连接服务商超时。');
    sms!.filings = () => Promise.resolve({ kind: 'known', filings: [{ ...sign, state: 'filed', reason: null }] });
    await admin!.post('/channels/aliyun/try', {});
    expect(await checked()).toEqual({ blocked: false, texts: [] });
    expect((await admin!.get('/channels')).text).toMatch(/签名“县政府办”[^]{0,20}<span class="tag tag--good">已通过/);
  });

  it('shows addresses that hold a secret to the system administrator alone, and the account’s secret to nobody', async () => {
    for (const who of [admin!, auditor!, editor!]) await office.signIn(who);
    const secret = `https://kb.example.gov.cn/callbacks/aliyun/${reportKey}/up`;
    expect((await admin!.get('/channels')).text).toContain(secret);
    for (const who of [admin!, auditor!, editor!]) {
      const { text } = await who.get('/channels');
      expect(text).not.toContain('secret-of-the-account');
      if (who !== admin) expect(text).not.toContain(reportKey);
    }
  });
});

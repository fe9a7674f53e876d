import { ChannelRegistry } from '../../src/channels/channel-registry.js';
import { StoredAccounts } from '../../src/channels/stored-accounts.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { LiveSettings } from '../../src/settings/live-settings.js';
import { aPlannedEdition, committee } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import {
  closedPort,
  office as account,
  startSandboxUnderTest,
  type SandboxUnderTest,
} from '../contracts/sandbox-under-test.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const keys = { first: 'report-key-of-the-first-one', second: 'report-key-of-the-second-one' };

describe('accounts of every kind that are entered at the console, several of one provider among them', () => {
  let place: SandboxUnderTest;
  let world: World;
  let office: Console;
  let admin: Visitor;

  beforeAll(async () => {
    place = await startSandboxUnderTest();
    world = await openWorld({ environment: { SMS_SIGN: '别的签名', PUBLIC_URL: 'https://kb.example.gov.cn' } });
    office = await openConsole(world);
    admin = await office.as('systemAdmin');
  });
  afterAll(async () => {
    await office.close();
    await world.close();
    await place.close();
  });

  const enter = async (name: string, fields: Record<string, string>) => {
    const page = `/channels/${name}/settings`;
    const [row] = await world.query<{ revision: number }>('SELECT revision FROM account_setting WHERE account = $1', [
      name,
    ]);
    return admin.follow(await admin.post(page, { seen: String(row?.revision ?? 0), ...fields }, page));
  };
  const yunmas = (reportKey: string, more: Record<string, string> = {}) => ({
    ...{
      YUNMAS_BASE: place.sandbox.yunmasBase,
      YUNMAS_EC_NAME: account.yunmas.ecName,
      YUNMAS_AP_ID: account.yunmas.apId,
    },
    ...{ _YUNMAS_SECRET_KEY: account.yunmas.secretKey, YUNMAS_SIGN: account.yunmas.sign },
    ...{ YUNMAS_SIGN_NAME: account.signName, _YUNMAS_REPORT_KEY: reportKey },
    ...more,
  });
  const smtp = (more: Record<string, string> = {}) => ({
    ...{ SMTP_HOST: '127.0.0.1', SMTP_PORT: String(place.sandbox.smtpPort), SMTP_ENCRYPTION: 'none' },
    ...{ SMTP_USER: account.smtp.user, _SMTP_PASSWORD: account.smtp.password, MAIL_FROM: 'bgs@yanjin.example' },
    ...more,
  });
  const known = async () => {
    await world.get(StoredAccounts).refresh();
    return world.get(ChannelRegistry).accounts();
  };
  const tries = () =>
    world.query<{ account: string; n: number }>(
      `SELECT provider AS account, count(*)::int AS n FROM attempt a JOIN delivery d ON d.id = a.delivery_id
       WHERE d.channel = 'sms' AND outcome = 'accepted' GROUP BY 1 ORDER BY 1`,
    );

  it('tries a mail server before it is used, and says what is wrong', async () => {
    const refused = await enter('smtp', smtp({ _SMTP_PASSWORD: 'wrong' }));
    expect(refused.text).toContain('试了一下，不能使用：');
    expect((await enter('smtp', smtp({ SMTP_PORT: String(await closedPort()) }))).text).toContain('不能使用：');
    expect((await enter('smtp', smtp({ _SMTP_PASSWORD: '' }))).text).toContain('填了登录账号，也要填密码');
    expect(await known()).toEqual([]);
    const page = await enter('smtp', smtp({ SMTP_LIMITS: '100/m' }));
    expect(page.text).toContain('控制台，2025年4月3日 10:00由系统管理员甲修改');
    expect(page.text).toContain('再加一个邮件服务器账号');
    expect(await known()).toEqual(['smtp']);
    expect(world.get(LiveSettings).settings.email?.from).toBe('bgs@yanjin.example');
  });

  it('takes a second mail server under a name of its own, in the order that was wished', async () => {
    const page = await enter('smtp2', smtp({ ACCOUNT_NAME: '防汛邮件', ACCOUNT_PLACE: '1' }));
    expect(page.text).toContain('备用邮件服务器：防汛邮件');
    expect(await known()).toEqual(['smtp2', 'smtp']);
    expect((await enter('smtp3', smtp({ ACCOUNT_PLACE: 'x' }))).text).toContain('请填1到99的整数');
  });

  it('takes WeCom and its callback, which answers at once', async () => {
    const fields = {
      ...{ WECOM_API_BASE: place.sandbox.wecomBase, WECOM_CORP_ID: account.wecom.corpId },
      ...{ WECOM_AGENT_ID: String(account.wecom.agentId), _WECOM_SECRET: account.wecom.secret },
      _WECOM_CALLBACK_TOKEN: account.wecomCallback.token,
    };
    expect((await enter('wecom', fields)).text).toContain('也要填 EncodingAESKey');
    const page = await enter('wecom', { ...fields, _WECOM_CALLBACK_AES_KEY: account.wecomCallback.aesKey });
    expect(page.text).toContain('https://kb.example.gov.cn/callbacks/wecom');
    expect(page.text).not.toContain(account.wecom.secret);
    expect(await known()).toEqual(['smtp2', 'smtp', 'wecom']);
    // Not “not found” any more: a call without a signature is refused.
    expect((await office.app.inject({ method: 'GET', url: '/callbacks/wecom' })).statusCode).toBe(403);
  });

  it('does not keep a mailbox of bounces that cannot be opened', async () => {
    const fields = {
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: String(await closedPort()),
      IMAP_USER: 'a',
      _IMAP_PASSWORD: 'b',
    };
    expect((await enter('imap', fields)).text).toContain('试了一下，不能使用：');
    expect(await world.query(`SELECT 1 FROM account_setting WHERE account = 'imap'`)).toEqual([]);
    expect((await enter('imap2', fields)).status).toBe(404);
  });

  it('lets the second account of a vendor take over from a first that is stopped, each under its own signature', async () => {
    await enter('yunmas', yunmas(keys.first));
    await enter('yunmas2', yunmas(keys.second, { ACCOUNT_NAME: '第二账号' }));
    expect(await known()).toEqual(['smtp2', 'smtp', 'yunmas', 'yunmas2', 'wecom']);
    await aPlannedEdition(world, committee);
    await world.get(DeliveryService).sendDue('sms', never);
    expect(await tries()).toEqual([{ account: 'yunmas', n: committee.people }]);
    await world.query(`INSERT INTO account_gate (account, circuit_open, reason, changed_at)
      VALUES ('yunmas', true, '欠费', now()) ON CONFLICT (account) DO UPDATE SET circuit_open = true`);
    await aPlannedEdition(world, { ...committee, number: 15 });
    await world.get(DeliveryService).sendDue('sms', never);
    expect(await tries()).toEqual(['yunmas', 'yunmas2'].map((name) => ({ account: name, n: committee.people })));
    expect((await admin.get('/channels')).text).toContain('现由移动云MAS2发送');
  });

  it('gives each account a callback address of its own, and a report there counts for what that account sent', async () => {
    const shown = (await admin.get('/channels')).text;
    for (const address of [`yunmas/${keys.first}`, `yunmas2/${keys.second}`])
      expect(shown).toContain(`https://kb.example.gov.cn/callbacks/${address}`);
    const [part] = await world.query<{ id: string; reference: string }>(
      `SELECT delivery_id AS id, reference FROM message_part WHERE provider = 'yunmas' LIMIT 1`,
    );
    const [msgGroup, lastDigits] = part!.reference.split('/');
    const report = { reportStatus: 'CM:0000', errorCode: 'DELIVRD', mobile: `1380013${lastDigits}`, msgGroup };
    const push = (to: string) => office.app.inject({ method: 'POST', url: `/callbacks/${to}`, payload: report });
    const state = async () => {
      await world.get(ReportService).applyAll();
      return (await world.query<{ state: string }>('SELECT state FROM delivery WHERE id = $1', [part!.id]))[0]!.state;
    };
    expect((await push(`yunmas2/${keys.first}`)).statusCode).toBe(403);
    expect((await push(`yunmas2/${keys.second}`)).statusCode).toBe(200);
    expect(await state()).toBe('sent');
    expect((await push(`yunmas/${keys.first}`)).statusCode).toBe(200);
    expect(await state()).toBe('delivered');
    expect(await world.query(`SELECT provider FROM delivery_report`)).toEqual([{ provider: 'yunmas' }]);
    expect((await admin.get('/channels')).text).toMatch(/其中1条已报告送达/);
  });
});

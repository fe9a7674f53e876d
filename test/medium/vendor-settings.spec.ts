import { ChannelRegistry } from '../../src/channels/channel-registry.js';
import { StoredAccounts } from '../../src/channels/stored-accounts.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { LiveSettings } from '../../src/settings/live-settings.js';
import { aPlannedEdition, committee } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { office as account, startSandboxUnderTest, type SandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const page = '/channels/yunmas/settings';
const reportKey = 'report-key-of-twenty-one';

describe('an SMS account that is entered at the console', () => {
  let place: SandboxUnderTest;
  let world: World;
  let office: Console;
  let admin: Visitor;

  beforeAll(async () => {
    place = await startSandboxUnderTest();
    world = await openWorld({
      channels: [new RecordingChannel('email', 'smtp')],
      environment: {
        ...{ SMS_SIGN: account.signName, PUBLIC_URL: 'https://kb.example.gov.cn' },
        ...{ ALIYUN_ACCESS_KEY_ID: 'id', ALIYUN_ACCESS_KEY_SECRET: 'of-the-environment' },
      },
    });
    office = await openConsole(world);
    admin = await office.as('systemAdmin');
  });
  afterAll(async () => {
    await office.close();
    await world.close();
    await place.close();
  });

  const seen = async () => {
    const [row] = await world.query<{ revision: number }>('SELECT revision FROM account_setting');
    return String(row?.revision ?? 0);
  };
  const typed = async (changes: Record<string, string> = {}) => ({
    seen: await seen(),
    YUNMAS_BASE: place.sandbox.yunmasBase,
    YUNMAS_EC_NAME: account.yunmas.ecName,
    YUNMAS_AP_ID: account.yunmas.apId,
    _YUNMAS_SECRET_KEY: account.yunmas.secretKey,
    YUNMAS_SIGN: account.yunmas.sign,
    YUNMAS_SERIAL: '',
    _YUNMAS_REPORT_KEY: reportKey,
    ...changes,
  });
  const save = async (changes: Record<string, string> = {}) =>
    admin.follow(await admin.post(page, await typed(changes), page));
  const known = () => world.get(ChannelRegistry).accounts();

  it('is not saved while something is missing or the vendor does not take it', async () => {
    expect((await save({ YUNMAS_EC_NAME: '' })).text).toContain('请填写。');
    const refused = await save({ _YUNMAS_SECRET_KEY: 'a-wrong-secret' });
    expect(refused.text).toContain('试了一下，不能使用：');
    expect(refused.text).not.toContain('a-wrong-secret');
    expect(await world.query('SELECT 1 FROM account_setting')).toEqual([]);
  });

  it('is sealed and never shown again, and the trail has no value of it', async () => {
    expect((await save()).text).toMatch(/控制台，2025年4月3日 10:00由系统管理员甲修改/);
    const [row] = await world.query<{ sealed: string }>('SELECT sealed FROM account_setting');
    const shown = (await admin.get(page)).text;
    expect(shown).toContain(account.yunmas.apId);
    expect(shown).toContain('已保存（•••）');
    const trail = JSON.stringify(
      await world.query(`SELECT detail FROM audit_entry WHERE action = 'channel.settingsSaved'`),
    );
    expect(trail).toContain('YUNMAS_SECRET_KEY');
    for (const text of [row!.sealed, shown, trail])
      for (const secret of [account.yunmas.secretKey, reportKey]) expect(text).not.toContain(secret);
    expect((await admin.get('/channels')).text).toContain(`/callbacks/yunmas/${reportKey}`);
  });

  it('is used by a worker without a new start', async () => {
    expect(known()).toEqual(['smtp']);
    await world.get(StoredAccounts).refresh();
    expect(known()).toEqual(['smtp', 'yunmas']);
    expect(world.get(LiveSettings).settings.sms?.vendors.get('yunmas')?.reportKey).toBe(reportKey);
    expect(world.get(LiveSettings).settings.limits.accounts.yunmas?.length).toBeGreaterThan(0);
    await aPlannedEdition(world, committee);
    await world.get(DeliveryService).sendDue('sms', never);
    expect(place.sandbox.book.all().filter(({ provider }) => provider === 'yunmas')).toHaveLength(committee.people);
  });

  it('keeps a secret that is left empty, and refuses what builds on an older state', async () => {
    const old = await seen();
    expect((await save({ _YUNMAS_SECRET_KEY: '', _YUNMAS_REPORT_KEY: '', YUNMAS_SERIAL: '01' })).text).toContain(
      '修改',
    );
    expect(await seen()).not.toBe(old);
    expect((await save({ seen: old })).text).toContain('刚刚被别人改过');
  });

  it('is removed after a question, and comes back by one press', async () => {
    const ask = { seen: await seen() };
    expect((await admin.follow(await admin.post(`${page}/remove`, ask, page))).text).toContain('不再用移动云MAS发送');
    await admin.post(`${page}/remove`, { ...ask, confirmed: 'yes' }, page);
    await world.get(DeliveryService).sendDue('sms', never);
    expect(known()).toEqual(['smtp']);
    expect(world.get(LiveSettings).settings.sms?.vendors.has('yunmas')).toBe(false);
    await admin.post(`${page}/undo`, { seen: await seen() }, page);
    await world.get(DeliveryService).sendDue('sms', never);
    expect(known()).toEqual(['smtp', 'yunmas']);
    // Nothing of what was typed and not taken is put back for somebody else.
    const other = await office.as('systemAdmin');
    expect((await other.get(page)).text).toContain('value="01"');
  });

  it('stops no other account when it cannot be opened, nor when another row’s text stands there', async () => {
    await world.query(
      `INSERT INTO account_setting SELECT 'cmpp', sealed, NULL, revision + 1, changed_at, changed_by, changed_by_id FROM account_setting`,
    );
    await world.query(`UPDATE account_setting SET sealed = 'broken', revision = revision + 2 WHERE account = 'yunmas'`);
    await world.get(StoredAccounts).refresh();
    expect(known()).toEqual(['smtp']);
    const text = (await admin.get('/channels')).text;
    expect(text.match(/保存的设置打不开/g)).toHaveLength(2);
  });

  it('gives way to the environment', async () => {
    expect((await admin.get('/channels/aliyun/settings')).text).toContain('环境变量优先');
    const form = { seen: '0', _ALIYUN_ACCESS_KEY_ID: 'x', _ALIYUN_ACCESS_KEY_SECRET: 'y' };
    const answer = await admin.follow(await admin.post('/channels/aliyun/settings', form, '/channels/aliyun/settings'));
    expect(answer.text).toContain('由服务器的环境变量设置');
  });
});

import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ProofSender } from '../../src/dispatch/proof-sender.js';
import { aPlannedEdition, committee } from '../builders.js';
import { formOf, textOf } from '../e2e/person.js';
import { openPages, type Pages } from '../pages.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const day = 86_400_000;

describe('personal pages behind a link that may have been passed on', () => {
  let world: World;
  let pages: Pages;
  let links: string[];
  let sms: RecordingChannel;

  beforeEach(async () => {
    const email = new RecordingChannel('email');
    sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [email, sms], environment: { LINK_DAYS: '400' } });
    await aPlannedEdition(world, committee);
    await world.get(DeliveryService).sendDue('email', never);
    links = email.taken.map(({ content }) => /\/r\/[\w-]{22}/.exec((content as { html: string }).html)![0]);
    pages = await openPages(world);
  });
  afterEach(async () => {
    await pages.close();
    await world.close();
  });

  /** Types the code that came to the person's mobile. @returns the cookie of the device */
  async function prove(link: string, typed = (code: string) => code): Promise<{ cookie: string; set: string }> {
    world.clock.pass(60_000);
    const asking = await pages.get(`${link}/device?next=me`);
    await pages.post(`${link}/device/send`, formOf(asking.html, `${link}/device/send`));
    await world.get(ProofSender).sendDue(never);
    const { code } = (sms.taken.at(-1)!.content as { params: Record<string, string> }).params;
    const proven = await pages.post(`${link}/device`, { code: typed(code!), next: 'me' });
    expect([proven.status, proven.location]).toEqual([303, `${link}/me`]);
    const set = proven.setCookies.find((cookie) => cookie.startsWith('kb_own_'))!;
    return { cookie: set.split(';')[0]!, set };
  }
  const as = (cookie: string) => ({ headers: { cookie } });

  it('keep a refused code in its field, and in no other', async () => {
    const { cookie } = await prove(links[0]!);
    const { html } = await pages.get(`${links[0]}/me`, as(cookie));
    const path = /\/me\/contacts\/[\w-]{36}\/confirm/.exec(html)![0];
    const refused = await pages.post(links[0]! + path, { code: '12 34 5六' }, as(cookie));
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(
      [...refused.html.matchAll(/name="code"[^>]*value="([^"]*)"/g)].map(([, value]) => value).filter(Boolean),
    ).toEqual(['12 34 5六']);
    expect(refused.html).not.toMatch(/<textarea[^>]*>\s*12 34/);
  });

  it('show and change nothing without a code to the own mobile, while the issue stays open to read', async () => {
    const link = links[0]!;
    expect((await pages.get(link)).status).toBe(200);
    for (const path of ['/me', '/preferences']) {
      const { status, location, html } = await pages.get(link + path);
      expect([status, location, html]).toEqual([303, `${link}/device?next=${path.slice(1)}`, '']);
    }
    await pages.post(`${link}/me/amendments`, { text: '手机号改为13900000000' });
    await pages.post(`${link}/preferences`, { 'place-1': 'email', dailyDigest: 'yes' });
    expect((await pages.get(`${link}/me/export.csv`)).status).toBe(403);
    expect((await pages.get(`${link}/me/export.json`)).status).toBe(403);
    const [row] = await world.query(
      'SELECT (SELECT count(*) FROM amendment_request)::int AS amendments, (SELECT count(*) FROM preference)::int AS preferences',
    );
    expect(row).toEqual({ amendments: 0, preferences: 0 });
    expect(textOf((await pages.get(`${link}/device`)).html)).toContain('154****0001');
  });

  it('open on a device where the code was typed, for this person, for half a year', async () => {
    const [mine, other] = [links[0]!, links[1]!];
    const { cookie, set } = await prove(mine, (code) => `【县政府办】验证码${code}，用于核对`);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    expect(set).toMatch(/Max-Age=15552000/);
    expect(sms.taken.at(-1)!.address).toBe('15400000001');
    const own = await pages.get(`${mine}/me`, as(cookie));
    expect([own.status, textOf(own.html).includes('阅读记录')]).toEqual([200, true]);
    expect((await pages.get(`${mine}/me/export.csv`, as(cookie))).status).toBe(200);
    expect((await pages.get(`${mine}/device?next=preferences`, as(cookie))).location).toBe(`${mine}/preferences`);
    expect((await pages.get(`${other}/me`, as(cookie))).status).toBe(303);
    const [name, value] = cookie.split('=');
    for (const forged of [
      `${name}=${value!.slice(0, -1)}_`,
      `${name}=x`,
      `${name}=${value!.split('.')[0]}.`,
      `${name}=`,
    ])
      expect((await pages.get(`${mine}/me`, as(forged))).status).toBe(303);
    const theirs = await prove(other);
    expect((await pages.get(`${mine}/me`, as(`${name}=${theirs.cookie.split('=')[1]}`))).status).toBe(303);
    world.clock.pass(181 * day);
    expect((await pages.get(`${mine}/me`, as(cookie))).status).toBe(303);
  });

  it('close again on all devices at one press, and when the mobile is another', async () => {
    const link = links[0]!;
    const [first, second] = [await prove(link), await prove(link)];
    await pages.post(`${link}/device/forget`);
    expect((await pages.get(`${link}/me`, as(first.cookie))).status).toBe(200);
    await pages.post(`${link}/device/forget`, {}, as(second.cookie));
    for (const { cookie } of [first, second]) expect((await pages.get(`${link}/me`, as(cookie))).status).toBe(303);
    const third = await prove(link);
    await world.query(`UPDATE contact SET lookup_hash = 'another' WHERE kind = 'sms' AND masked = '154****0001'`);
    expect((await pages.get(`${link}/me`, as(third.cookie))).status).toBe(303);
  });

  it('keep what was typed when it is no code or the wrong one, and say where to turn without a phone', async () => {
    const link = links[0]!;
    await pages.post(`${link}/device/send`, { next: 'me' });
    const odd = await pages.post(`${link}/device`, { code: '12345', next: 'me' });
    expect([odd.status, formOf(odd.html, `${link}/device`).code]).toEqual([422, '12345']);
    await world.query(`UPDATE contact SET bad_since = now() WHERE kind = 'sms'`);
    const without = await pages.get(`${link}/device`);
    expect([without.status, textOf(without.html).includes('请与县人民政府办公室联系')]).toEqual([200, true]);
    expect((await pages.post(`${link}/device/send`, { next: 'me' })).status).toBe(409);
    await world.query(`UPDATE contact SET verified_at = now() WHERE kind = 'email'`);
    expect(textOf((await pages.get(`${link}/device`)).html)).toContain('@yanjin.example');
  });
});

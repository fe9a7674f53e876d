import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { aPlannedEdition, committee } from '../builders.js';
import { wecomChannel } from '../contracts/channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { type Answer, openPages, type Pages } from '../pages.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const address = 'https://kb.example.gov.cn';
const inWecom = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile Safari/537.36 wxwork/4.1.30';

/** A browser inside WeCom, with cookies for our pages and one that says whose WeCom it is. */
class WecomBrowser {
  cookies: Record<string, string> = {};
  constructor(
    private readonly pages: Pages,
    private readonly who: string,
    private readonly keepsCookies = true,
  ) {}

  private readonly headers = () => ({
    'user-agent': inWecom,
    cookie: Object.entries(this.cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
  });

  async get(path: string): Promise<Answer> {
    return this.kept(await this.pages.get(path, { headers: this.headers() }));
  }
  async post(path: string, body: Record<string, string>): Promise<Answer> {
    return this.kept(await this.pages.post(path, body, { headers: this.headers() }));
  }
  /** Follows the page that leads to WeCom; where WeCom leads back to, or what its page says. */
  async askWecom({ html }: Answer): Promise<string> {
    const url = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(html)![1]!.replaceAll('&#x3D;', '=');
    const headers = { 'user-agent': inWecom, cookie: this.who };
    const answer = await fetch(url.replaceAll('&amp;', '&'), { headers, redirect: 'manual' });
    return (answer.headers.get('location') ?? (await answer.text())).replace(address, '');
  }
  /** Opens a link and goes wherever it is led. */
  async open(path: string): Promise<Answer> {
    const first = await this.get(path);
    return first.html.includes('http-equiv="refresh"') ? this.land(await this.askWecom(first)) : first;
  }
  async land(path: string): Promise<Answer> {
    const answer = await this.get(path);
    return answer.status === 303 ? this.get(answer.location) : answer;
  }

  private kept(answer: Answer): Answer {
    for (const cookie of answer.setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (this.keepsCookies) this.cookies[name!] = value!;
    }
    return answer;
  }
}

describe('a link opened inside WeCom', () => {
  let place: SandboxUnderTest;
  let world: World;
  let pages: Pages;
  const vendor = { trusted: true, domain: 'kb.example.gov.cn' as string | undefined };

  /** One world for all: eleven people, and every test has some to itself. */
  beforeAll(async () => {
    const now = () => world.clock.now().getTime();
    const told = { trustedIp: () => vendor.trusted, trustedDomain: () => vendor.domain, now };
    place = await startSandboxUnderTest({ wecom: { ...office.wecom, users: 'any', ...told } });
    world = await openWorld({
      channels: [wecomChannel(place.sandbox)],
      environment: {
        WECOM_API_BASE: place.sandbox.wecomBase,
        WECOM_OAUTH_BASE: place.sandbox.wecomBase,
        WECOM_CORP_ID: office.wecom.corpId,
        WECOM_AGENT_ID: String(office.wecom.agentId),
        WECOM_SECRET: office.wecom.secret,
        WECOM_TRUSTED_DOMAIN: 'kb.example.gov.cn',
        PUBLIC_URL: address,
      },
    });
    await aPlannedEdition(world, committee);
    await world.get(DeliveryService).sendDue('wecom', never);
    pages = await openPages(world);
  });
  afterAll(async () => {
    await pages.close();
    await world.close();
    await place.close();
  });
  beforeEach(() => {
    vendor.trusted = true;
    vendor.domain = 'kb.example.gov.cn';
  });

  const cardOf = (user: string) => place.sandbox.book.all().find(({ to }) => to === user)!;
  const linkOf = (user: string) => new URL(cardOf(user).link!).pathname;
  const copyOf = async (user: string) => {
    const [row] = await world.query<{ id: string; reading: string }>(
      'SELECT c.id, c.reading FROM copy c JOIN delivery d ON d.copy_id = c.id WHERE d.id = $1',
      [cardOf(user).reference],
    );
    return row!;
  };
  const traces = async (user: string) => {
    const rows = await world.query<{ kind: string; proof: unknown }>(
      'SELECT kind, proof FROM reading_evidence WHERE copy_id = $1 ORDER BY id',
      [(await copyOf(user)).id],
    );
    return rows.filter(({ kind }) => kind !== 'fetched');
  };
  const browserOf = (user: string, keepsCookies = true) => new WecomBrowser(pages, `wecom_user=${user}`, keepsCookies);
  const markOf = ({ html }: Answer) => /name="page" value="([^"]+)"/.exec(html)![1]!;
  const press = async (browser: WecomBrowser, user: string, shown: Answer) => {
    world.clock.pass(10_000);
    return browser.post(`${linkOf(user)}/acknowledge`, { page: markOf(shown), blank: '' });
  };
  const untold = '没有核对您的身份';

  it('opens for the member it was sent to, and the evidence says that WeCom vouches for him', async () => {
    const browser = browserOf('R001');
    const shown = await browser.open(linkOf('r001'));
    expect(shown.status).toBe(200);
    expect(shown.html).toContain('data-opened');
    expect(shown.html).not.toContain(untold);
    await press(browser, 'r001', shown);
    expect(await traces('r001')).toEqual([
      { kind: 'acknowledged', proof: expect.objectContaining({ member: 'own' }) as unknown },
    ]);
    // For the rest of the day nothing is asked.
    world.clock.pass(60_000);
    expect((await browser.get(linkOf('r001'))).html).toContain('已签收');
    // Each copy is proven for itself.
    expect((await browser.get(linkOf('r002'))).html).toContain('正在核对身份');
  });

  it('opens nothing for another member, an external contact and a member of another corporation, and says so', async () => {
    const others = ['wecom_user=r002', 'wecom_contact=oAbc', 'wecom_user=ww00/r003'];
    for (const who of others) {
      const browser = new WecomBrowser(pages, who);
      const shown = await browser.open(linkOf('r003'));
      expect([who, shown.status]).toEqual([who, 403]);
      expect(shown.html).toContain('这个链接是发给别人的');
      expect(shown.html).not.toContain('data-opened');
      // Neither a second look, nor going back before WeCom has answered, nor a press by hand gets further.
      for (const seconds of [0, 10, 60]) {
        world.clock.pass(seconds * 1000);
        expect((await browser.get(linkOf('r003'))).html).toContain('正在核对身份');
      }
      const pressed = await browser.post(`${linkOf('r003')}/acknowledge`, { page: '', blank: '' });
      expect(pressed.location).toBe(`${linkOf('r003')}/acknowledge`);
      expect((await browser.get(pressed.location)).location).toBe(`${linkOf('r003')}#acknowledgement`);
    }
    expect((await copyOf('r003')).reading).toBe('unread');
    expect((await traces('r003')).map(({ kind }) => kind)).toEqual(others.map(() => 'otherMember'));
    expect(await world.query(`SELECT n FROM callback_count WHERE what = 'otherPerson'`)).toEqual([{ n: 3 }]);
    // The addressee under another account: who has typed the code from his phone gets in.
    const token = linkOf('r003').split('/').at(-1)!;
    const browser = browserOf('r002');
    browser.cookies.kb_reader = world.get(ReadingService).proofFor(token);
    expect((await browser.get(linkOf('r003'))).html).toContain('data-opened');
  });

  it('takes each way back once, for its own copy, for five minutes', async () => {
    const browser = browserOf('r004');
    const back = await browser.askWecom(await browser.get(linkOf('r004')));
    const elsewhere = back.replace(linkOf('r004'), linkOf('r005'));
    expect((await browserOf('r005').get(elsewhere)).location).toBe(linkOf('r005'));
    const forged = back.replace(/state=[^&]+/, `state=${'0'.repeat(64)}`);
    expect((await browser.get(forged)).setCookies).toEqual([]);
    expect((await browser.land(back)).html).toContain('data-opened');
    expect((await browserOf('r005').get(back)).setCookies).toEqual([]);
    // Whoever has another's way back in hand is not its addressee.
    const late = await browser.askWecom(await new WecomBrowser(pages, 'wecom_user=r005').get(linkOf('r005')));
    world.clock.pass(6 * 60_000);
    expect((await browserOf('r005').get(late)).setCookies).toEqual([]);
    expect((await copyOf('r005')).reading).toBe('unread');
  });

  it('falls back to the link where the address is not trusted (60020), and says so', async () => {
    vendor.trusted = false;
    const browser = browserOf('r006');
    const shown = await browser.open(linkOf('r006'));
    expect(shown.html).toContain(untold);
    expect(shown.html).toContain('data-opened');
    await press(browser, 'r006', shown);
    expect(await traces('r006')).toEqual([
      { kind: 'acknowledged', proof: expect.objectContaining({ member: 'untold' }) as unknown },
    ]);
    vendor.trusted = true;
    world.clock.pass(11 * 60_000);
    expect((await browser.open(linkOf('r006'))).html).not.toContain(untold);
  });

  it('falls back to the link when it is opened again after an error page of WeCom’s, without leading in a ring', async () => {
    vendor.domain = undefined;
    const browser = browserOf('r007');
    expect(await browser.askWecom(await browser.get(linkOf('r007')))).toContain('50001');
    // Two taps at once are no answer of WeCom's.
    expect((await browser.get(linkOf('r007'))).html).toContain('正在核对身份');
    world.clock.pass(20_000);
    expect((await browser.get(linkOf('r007'))).html).toContain(untold);
  });

  it('falls back to the link in a browser that keeps no cookie, where another member gets no further all the same', async () => {
    const browser = browserOf('r008', false);
    const shown = await browser.open(linkOf('r008'));
    expect(shown.html).toContain(untold);
    const pressed = await press(browser, 'r008', shown);
    expect(pressed.location).toBe(`${linkOf('r008')}#acknowledgement`);
    expect((await copyOf('r008')).reading).toBe('acknowledged');
    expect((await browserOf('r001', false).open(linkOf('r009'))).status).toBe(403);
  });

  it('needs no code of the addressee where the class asks for one, and lets nobody in who has lost the account', async () => {
    await world.query(`ALTER TABLE edition DISABLE TRIGGER USER`);
    const level = (text: string) => world.query(`UPDATE edition SET level = '${text}'`);
    await level('internal');
    const browser = browserOf('r010');
    expect((await browser.open(linkOf('r010'))).html).toContain('data-opened');
    expect((await pages.get(linkOf('r010'))).html).toContain('请先验证身份');
    const own = `WHERE kind = 'wecom' AND person_id = (SELECT person_id FROM copy WHERE id = '${(await copyOf('r010')).id}')`;
    // A work secret is read on paper.
    await level('workSecret');
    const another = browserOf('r009');
    expect((await another.open(linkOf('r009'))).html).toContain('请先验证身份');
    await level('internal');
    await world.query(`UPDATE contact SET lookup_hash = 'x' || lookup_hash ${own}`);
    expect((await browser.open(linkOf('r010'))).status).toBe(403);
    expect((await browser.get(linkOf('r010'))).html).toContain('正在核对身份');
    await world.query(`UPDATE contact SET lookup_hash = substr(lookup_hash, 2) ${own}`);
    vendor.trusted = false;
    expect((await browser.open(linkOf('r010'))).html).toContain('请先验证身份');
    await level('public');
  });

  it('asks nothing outside of WeCom, and nothing about somebody whose account is not on the list', async () => {
    expect((await pages.get(linkOf('r010'))).html).toContain('data-opened');
    await world.query(
      `DELETE FROM contact WHERE kind = 'wecom' AND person_id = (SELECT person_id FROM copy WHERE id = $1)`,
      [(await copyOf('r011')).id],
    );
    expect((await browserOf('r001').get(linkOf('r011'))).html).toContain('data-opened');
  });
});

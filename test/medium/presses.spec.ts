import { sha256Hex } from '../../src/platform/crypto.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { aPlannedEdition } from '../builders.js';
import { formOf, textOf } from '../e2e/person.js';
import { openPages, type Pages } from '../pages.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const [second, hour] = [1000, 3_600_000];

describe('a press of 签收', () => {
  let world: World;
  let pages: Pages;
  let links: string[];
  let link: string;

  beforeAll(async () => {
    const email = new RecordingChannel('email');
    world = await openWorld({ channels: [email], environment: { LINK_DAYS: '30' } });
    await aPlannedEdition(world);
    await world.get(DeliveryService).sendDue('email', never);
    links = email.taken.map(({ content }) => /\/r\/[\w-]{22}/.exec((content as { html: string }).html)![0]);
    pages = await openPages(world);
  });
  // A copy for each, so that none finds what another left.
  beforeEach(() => (link = links.pop()!));
  afterAll(async () => {
    await pages.close();
    await world.close();
  });

  const stored = async () => {
    const hash = sha256Hex(link.slice('/r/'.length));
    const [copy] = await world.query<{ id: string; reading: string }>(
      'SELECT id, reading FROM copy WHERE token_hash = $1',
      [hash],
    );
    const evidence = await world.query<{ kind: string; proof: object | null }>(
      `SELECT kind, proof FROM reading_evidence WHERE copy_id = $1 AND kind <> 'fetched' ORDER BY id`,
      [copy!.id],
    );
    return { reading: copy!.reading, evidence };
  };
  const acknowledged = (proof: object) => ({
    reading: 'acknowledged',
    evidence: [{ kind: 'acknowledged', proof }],
  });
  const nothing = { reading: 'unread', evidence: [] };
  const machine = { reading: 'unread', evidence: [{ kind: 'machine', proof: null }] };
  const form = async (path = link) => formOf((await pages.get(path)).html, `${link}/acknowledge`);
  const press = (fields: Record<string, string>) => pages.post(`${link}/acknowledge`, fields);
  const question = async () => form(`${link}/acknowledge`);

  it('counts at once from the page, and says how long that was open', async () => {
    const fields = await form();
    world.clock.pass(42 * second);
    expect(await press(fields)).toMatchObject({ status: 303, location: `${link}#acknowledgement` });
    expect(await stored()).toEqual(acknowledged({ pageSeconds: 42, asked: false }));
    const again = await press(fields);
    expect([again.location, (await stored()).reading]).toEqual([`${link}#acknowledgement`, 'acknowledged']);
    expect(textOf((await pages.get(link)).html)).toContain('已签收');
  });

  it('that is doubtful is asked about once, in words, and counts with the answer', async () => {
    const fields = await form();
    const doubted = await press(fields);
    expect(doubted).toMatchObject({ status: 303, location: `${link}/acknowledge` });
    const asking = textOf((await pages.get(doubted.location)).html);
    expect([asking.includes('请再按一次'), asking.includes('延津政务快报第14期')]).toEqual([true, true]);
    expect(await stored()).toEqual(nothing);
    const answer = await question();
    world.clock.pass(2 * second);
    expect((await press(answer)).location).toBe(`${link}#acknowledgement`);
    expect(await stored()).toEqual(acknowledged({ pageSeconds: 2, asked: true }));
    expect((await pages.get(`${link}/acknowledge`)).location).toBe(`${link}#acknowledgement`);
  });

  it.each(['', 'page=', 'page=a&page=b', 'x=1', `page=${'x'.repeat(3000)}`])(
    'without a page is asked about: %j',
    async (body) => {
      expect(await pages.post(`${link}/acknowledge`, body)).toMatchObject({
        status: 303,
        location: `${link}/acknowledge`,
      });
      expect(await stored()).toEqual(nothing);
    },
  );

  it('on a page of yesterday is asked about, not refused', async () => {
    const fields = await form();
    world.clock.pass(20 * hour);
    expect(await press(fields)).toMatchObject({ status: 303, location: `${link}/acknowledge` });
    const answer = await question();
    world.clock.pass(3 * second);
    await press(answer);
    expect((await stored()).reading).toBe('acknowledged');
  });

  it('counts in either of two tabs, and after going back', async () => {
    const [first, second_] = [await form(), await form()];
    world.clock.pass(60 * second);
    await press(second_);
    await press(first);
    expect((await stored()).reading).toBe('acknowledged');
  });

  const programmes: [what: string, act: () => Promise<unknown>][] = [
    ['fetches the page in advance', () => pages.get(link, { headers: { 'sec-purpose': 'prefetch;prerender' } })],
    ['asks for the head of the page', () => pages.head(link)],
    ['previews the link', () => pages.get(link, { headers: { 'user-agent': 'WeChat/LinkPreview' } })],
    ['opens the page that asks', () => pages.get(`${link}/acknowledge`)],
    ['posts nothing', () => pages.post(`${link}/acknowledge`)],
    ['posts nothing to what the script reports', () => pages.post(`${link}/opened`)],
    [
      'posts a made-up report of the script',
      () => pages.post(`${link}/opened?page=1k2j3h4g.aaaaaaaa.${'b'.repeat(22)}`),
    ],
    ['posts JSON', () => pages.post(`${link}/acknowledge`, '{}', { headers: { 'content-type': 'application/json' } })],
    ['posts fields twice', () => pages.post(`${link}/acknowledge`, 'page=a&page=b')],
    ['posts a long mark', () => press({ page: 'x'.repeat(5000) })],
    ['submits the form at once', async () => press(await form())],
    [
      'follows to the question and submits that at once',
      async () => {
        await press(await form());
        await press(await question());
      },
    ],
    [
      'takes the mark of another copy',
      async () => {
        const other = links[0]!;
        const { page } = formOf((await pages.get(other)).html, `${other}/acknowledge`);
        world.clock.pass(9 * second);
        await press({ page: page! });
      },
    ],
    [
      'changes the date of a mark',
      async () => {
        const { page } = await form();
        await press({ page: `${(world.clock.now().getTime() - 9000).toString(36)}${page!.slice(8)}` });
      },
    ],
    [
      'takes the mark of the unsubscribing page or a mark cut short',
      async () => {
        const { page } = await form();
        world.clock.pass(9 * second);
        await press({ page: page!.slice(0, -1) });
      },
    ],
    [
      'replays a press of another day',
      async () => {
        const fields = await form();
        world.clock.pass(30 * hour);
        await press(fields);
      },
    ],
    [
      'submits a form from another site',
      async () => {
        const fields = await form();
        world.clock.pass(9 * second);
        await pages.post(`${link}/acknowledge`, fields, { headers: { 'sec-fetch-site': 'cross-site' } });
      },
    ],
  ];
  it.each(programmes)('is none of a programme that %s', async (_, act) => {
    await act();
    expect(await stored()).toEqual(nothing);
  });

  const caught: [what: string, act: () => Promise<unknown>][] = [
    [
      'fills every field and takes its time',
      async () => {
        const fields = await form();
        world.clock.pass(9 * second);
        await press({ ...fields, blank: 'x' });
      },
    ],
    ['fills every field without a mark', () => press({ blank: 'http://spam.example' })],
    ['fills a field twice', () => pages.post(`${link}/acknowledge`, 'blank=&blank=')],
    [
      'submits every form, one after the other, at its leisure',
      async () => {
        const { html } = await pages.get(link);
        const forms = [...html.matchAll(/<form[^>]*action="(\/r\/[^"]*)"/g)].map(([, action]) => action!);
        expect(forms).toHaveLength(2);
        for (const action of forms) {
          world.clock.pass(9 * second);
          await pages.post(action, formOf(html, action));
        }
      },
    ],
    [
      'submits every form of the page that asks',
      async () => {
        const { html } = await pages.get(`${link}/acknowledge`);
        world.clock.pass(9 * second);
        await pages.post(`${link}/receive`, formOf(html, `${link}/receive`));
        await press(formOf(html, `${link}/acknowledge`));
        await pages.post(`${link}/opened?page=${formOf(html, `${link}/receive`).page}`);
      },
    ],
  ];
  it.each(caught)('is none of a programme that %s, and that is kept', async (_, act) => {
    await act();
    const { reading, evidence } = await stored();
    expect({ reading, kinds: new Set(evidence.map(({ kind }) => kind)) }).toEqual({
      reading: 'unread',
      kinds: new Set(['machine']),
    });
  });

  it('of a person counts after a programme was caught at the same copy', async () => {
    await pages.post(`${link}/receive`, await form());
    expect(await stored()).toEqual(machine);
    const fields = await form();
    world.clock.pass(5 * second);
    await press(fields);
    expect((await stored()).reading).toBe('acknowledged');
  });

  it('shows a person nothing of what is there for programmes', async () => {
    for (const path of [link, `${link}/acknowledge`]) {
      const { html } = await pages.get(path);
      const asides = [...html.matchAll(/class="reader__aside"[\s\S]*?<\/(?:form|span)>/g)].map(([aside]) => aside);
      expect(asides).toHaveLength(2);
      for (const aside of asides) {
        expect(aside).toContain('aria-hidden="true"');
        for (const [tag] of aside.matchAll(/<(?:button|input)(?![^>]*hidden)[^>]*>/g))
          expect(tag).toContain('tabindex="-1"');
      }
      expect(html).toMatch(/name="blank"[^>]*autocomplete="off"/);
    }
  });

  it('reports the page as opened only with its mark', async () => {
    const reported = /data-opened="([^"]*)"/.exec((await pages.get(link)).html)![1]!;
    expect((await pages.post(reported)).status).toBe(204);
    expect((await stored()).reading).toBe('opened');
  });
});

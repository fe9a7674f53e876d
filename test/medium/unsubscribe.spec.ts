import { endToken } from '../../src/distribution/subscriptions/subscription.service.js';
import { formOf, textOf } from '../e2e/person.js';
import { openPages, type Pages } from '../pages.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';
import { subscriptionOffice } from './subscription-office.js';

describe('the page that ends a subscription', () => {
  let world: World;
  let pages: Pages;
  const [email, sms] = [new RecordingChannel('email'), new RecordingChannel('sms')];
  const { start, subscribe, rows } = subscriptionOffice(() => ({ world, email, sms }));
  let end: string;
  let id: string;

  beforeAll(async () => {
    world = await openWorld({ channels: [email, sms] });
    await start();
    await subscribe();
    id = (await rows())[0]!.id;
    end = `/u/${endToken(world.vault, id)}`;
    pages = await openPages(world);
  });
  beforeEach(() => world.query(`UPDATE subscription SET state = 'active', ended_at = NULL, ended_via = NULL`));
  afterAll(async () => {
    await pages.close();
    await world.close();
  });
  const state = async () => {
    const [row] = await rows();
    return [row!.state, row!.ended_via];
  };
  const pressed = async () => formOf((await pages.get(end)).html, end);
  const from = (site: string) => ({ headers: { 'sec-fetch-site': 'cross-site', origin: site } });
  const multipart = (fields: string) => ({
    body: `--b\r\nContent-Disposition: form-data; name="${fields.split('=')[0]}"\r\n\r\n${fields.split('=')[1]}\r\n--b--\r\n`,
    how: { headers: { 'content-type': 'multipart/form-data; boundary=b' } },
  });

  it.each([
    ['as a form', () => pages.post(end, 'List-Unsubscribe=One-Click')],
    ['from elsewhere', () => pages.post(end, 'List-Unsubscribe=One-Click', from('https://mail.example'))],
    ['in another case', () => pages.post(end, 'List-Unsubscribe=one-click')],
    [
      'as multipart',
      () => {
        const { body, how } = multipart('List-Unsubscribe=One-Click');
        return pages.post(end, body, how);
      },
    ],
  ])('obeys a mail program that posts %s', async (_, post) => {
    const answer = await post();
    expect([answer.status, await state()]).toEqual([200, ['ended', 'oneClick']]);
  });

  it('answers a mail program without a redirect, even one that says it reads HTML', async () => {
    const url = new URL(end, pages.base);
    const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'List-Unsubscribe=One-Click';
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
  });

  it('obeys a person on the page', async () => {
    const form = await pressed();
    world.clock.pass(4000);
    const answer = await pages.post(end, form);
    expect([textOf(answer.html).includes('已退订'), await state()]).toEqual([true, ['ended', 'page']]);
  });

  it.each<[string, () => Promise<{ status: number; html: string }>]>([
    ['nothing', () => pages.post(end)],
    ['nothing from another site', () => pages.post(end, '', from('https://evil.example'))],
    ['something else', () => pages.post(end, 'unsubscribe=yes')],
    ['another word', () => pages.post(end, 'List-Unsubscribe=Yes')],
    ['the word twice', () => pages.post(end, 'List-Unsubscribe=One-Click&List-Unsubscribe=One-Click')],
    ['a made-up mark', () => pages.post(end, `page=1k2j3h4g.aaaaaaaa.${'b'.repeat(22)}`)],
    ['the form at once', async () => pages.post(end, await pressed())],
    [
      'the form of the other day',
      async () => {
        const form = await pressed();
        world.clock.pass(30 * 3_600_000);
        return pages.post(end, form);
      },
    ],
    [
      'multipart with something else',
      () => {
        const { body, how } = multipart('x=1');
        return pages.post(end, body, how);
      },
    ],
    ['only a look', () => pages.get(end)],
    ['only the head', () => pages.head(end)],
  ])('asks, and ends nothing, when it is sent %s', async (_, post) => {
    const answer = await post();
    expect([answer.status, await state()]).toEqual([200, ['active', null]]);
    if (answer.html) expect(answer.html).toContain(`action="${end}"`);
  });
});

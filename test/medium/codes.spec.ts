import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DomainError } from '../../src/domain/errors/errors.js';
import { CodeService } from '../../src/reading/code.service.js';
import { aPlannedEdition, committee, type IssueWish } from '../builders.js';
import { formOf, textOf } from '../e2e/person.js';
import { openPages, type Pages } from '../pages.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;
const hour = 3_600_000;

describe('codes', () => {
  let world: World;
  let pages: Pages;
  let sms: RecordingChannel;

  const open = async (level: 'public' | 'internal' = 'public', wish: IssueWish = committee) => {
    sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms] });
    await aPlannedEdition(world, { ...wish, level });
    await world.get(DeliveryService).sendDue('sms', never);
    pages = await openPages(world);
  };
  afterEach(async () => {
    await pages.close();
    await world.close();
  });
  const codeOf = (n: number) => (sms.taken.at(n)!.content as { params: Record<string, string> }).params.code!;
  const enter = (code: string, more: Record<string, string> = {}) => pages.post('/s', { code, ...more });
  const guess = (from: string, tail = '') =>
    world
      .get(CodeService)
      .tokenForCode({ code: '0000000000', tail }, from)
      .catch((error: unknown) => (error as DomainError).code);
  const counted = () => world.query<{ tries: number }>('SELECT tries FROM guess_count ORDER BY tries');

  it('that are wrong are counted at once, however many come together, and right ones pass meanwhile', async () => {
    await open();
    const another = (await world.another()).get(CodeService);
    const answers = await Promise.all([
      ...Array.from({ length: 300 }, () => guess('2001:db8:1:2::7')),
      ...Array.from({ length: 300 }, (_, n) =>
        another
          .tokenForCode({ code: '0000000001', tail: '' }, `2001:db8:1:2:${n}::1`)
          .catch((error: unknown) => (error as DomainError).code),
      ),
    ]);
    expect(answers.filter((code) => code === 'reading.codeWrong')).toHaveLength(10);
    expect(answers.filter((code) => code === 'reading.tooManyTries')).toHaveLength(590);
    const token = world.get(CodeService).tokenForCode({ code: codeOf(0), tail: '' }, '2001:db8:1:2::7');
    expect(await token).toMatch(/^[\w-]{22}$/);
    expect(await guess('2001:db8:1:3::7')).toBe('reading.codeWrong');
    // The right one is no guess; the counts are forgotten after a day.
    expect(await counted()).toEqual([{ tries: 1 }, { tries: 600 }, { tries: 601 }]);
    world.clock.pass(25 * hour);
    await guess('10.0.0.1');
    expect(await counted()).toEqual([{ tries: 1 }, { tries: 1 }]);
  });

  it('that are wrong get slower, with the time said, and nobody else waits', async () => {
    await open();
    for (let n = 0; n < 10; n++) expect((await enter('0000000000')).status).toBe(422);
    const slow = await enter('0000000000');
    expect([slow.status, slow.headers.get('retry-after')]).toEqual([429, '90']);
    expect(textOf(slow.html)).toContain('请2分钟后再试');
    const kept = await world.query('SELECT count(*)::int AS n FROM kept_page');
    await enter('0000000000');
    expect(await world.query('SELECT count(*)::int AS n FROM kept_page')).toEqual(kept);
    expect(Number((await enter('0000000000')).headers.get('retry-after'))).toBe(270);
    expect((await enter(codeOf(5))).location).toMatch(/^\/r\//);
    world.clock.pass(4 * 90_000);
    expect((await enter('0000000000')).status).toBe(422);
  });

  it('are found in what people type and paste; what is none is no try, and stays in the field', async () => {
    await open();
    const code = codeOf(3);
    const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    for (const typed of [wide, `【县政府办】第14期，请打开 https://kb.example/s 输入查阅码${code}查阅签收。`])
      expect((await enter(typed)).location).toMatch(/^\/r\//);
    for (let n = 0; n < 12; n++) {
      const odd = await enter('"不知道" 12345');
      expect(odd.status).toBe(422);
      expect(formOf(odd.html, '/s')).toEqual({ code: '"不知道" 12345' });
    }
    expect((await counted()).every(({ tries }) => tries === 0)).toBe(true);
    const wrong = await enter('0000000000');
    expect([wrong.status, formOf(wrong.html, '/s').code]).toEqual([422, '0000000000']);
  });

  it('that have run out are replaced by a new one to the own mobile', async () => {
    await open();
    const old = codeOf(0);
    world.clock.pass(73 * hour);
    const expired = await enter(old);
    expect([expired.status, textOf(expired.html).includes('72小时')]).toEqual([410, true]);
    const sent = sms.taken.length;
    expect((await pages.post('/s/renew', formOf(expired.html, '/s/renew'))).location).toBe('/s?sent=1');
    await world.get(DeliveryService).sendDue('sms', never);
    expect(sms.taken.slice(sent).map(({ address }) => address)).toEqual([sms.taken[0]!.address]);
    expect(codeOf(-1)).not.toBe(old);
    expect((await enter(codeOf(-1))).location).toMatch(/^\/r\//);
    expect((await enter(old)).status).toBe(422);
    expect((await pages.post('/s/renew', { code: '0000000000' })).status).toBe(422);
  });

  it('of an internal issue need the end of the mobile, five times at most', async () => {
    await open('internal');
    const [code, mobile] = [codeOf(0), sms.taken[0]!.address];
    const asked = await enter(code);
    expect([asked.status, textOf(asked.html).includes('手机号后四位')]).toEqual([422, true]);
    expect((await enter(code, { tail: mobile })).location).toMatch(/^\/r\//);
    for (let n = 0; n < 6; n++) expect((await enter(code, { tail: '9999' })).status).toBe(422);
    expect((await enter(code, { tail: mobile.slice(-4) })).status).toBe(422);
    expect((await enter(codeOf(1), { tail: sms.taken[1]!.address.slice(-4) })).location).toMatch(/^\/r\//);
  });

  it('ask for the end of the mobile in the form that comes back after a wrong try, and of nobody else', async () => {
    await open();
    expect((await pages.get('/s')).html).not.toContain('name="tail"');
    const wrong = await enter('0000000000');
    const form = formOf(wrong.html, '/s');
    expect(form).toEqual({ code: '0000000000', tail: '' });
    const [code, tail] = [codeOf(0), sms.taken[0]!.address.slice(-4)];
    const again = await pages.post('/s', { ...form, code });
    expect([again.status, formOf(again.html, '/s')]).toEqual([422, { code, tail: '' }]);
    expect((await pages.post('/s', { code, tail: tail === '9999' ? '9998' : '9999' })).status).toBe(422);
    expect((await pages.post('/s', { code, tail })).location).toMatch(/^\/r\//);
    // Somebody else in the same building, on a page that he has just opened.
    expect((await enter(codeOf(5))).location).toMatch(/^\/r\//);
  });

  it('ask for the end of the mobile from everybody while luck is likely, and then say no more of a right code than of a wrong', async () => {
    await open('public', {}); // How likely luck is depends on how many codes there are.
    await guess('127.0.0.1');
    await world.query(`UPDATE guess_count SET tries = 100000, level = 1`);
    const [right, wrong] = [await enter(codeOf(0)), await enter('0000000000')];
    const shown = (page: typeof right) => textOf(page.html.replaceAll(/value="\d{10}"/g, ''));
    expect([right.status, shown(right)]).toEqual([wrong.status, shown(wrong)]);
    expect(shown(right)).toContain('手机号后四位');
    expect((await enter(codeOf(0), { tail: sms.taken[0]!.address.slice(-4) })).location).toMatch(/^\/r\//);
  });
});

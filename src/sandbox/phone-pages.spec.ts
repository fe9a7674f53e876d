import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnsweredSms, Book, type NewMessage } from './book.js';
import type { SandboxReply } from './http.js';
import { phonePages } from './phone-pages.js';

let dir: string;
let book: Book;
beforeEach(() => {
  [answered, taken] = [[], true];
  dir = mkdtempSync(join(tmpdir(), 'kuaibao-phones-'));
  book = new Book(dir);
});
afterEach(() => {
  book.close();
  rmSync(dir, { recursive: true });
});

const sms: NewMessage = {
  provider: 'aliyun',
  kind: 'sms',
  reference: '1',
  to: '15400000001',
  providerId: '1',
  shown: true,
  title: '',
  text: '<b>汛情</b>',
  parts: 2,
};
const people = [{ name: '赵甲', email: 'r001@yanjin.example', mobile: '15400000001', wecom: 'zhaojia' }];

let answered: [AnsweredSms, string][];
let taken: boolean;
async function ask(method: string, path: string, body = ''): Promise<SandboxReply> {
  const answer = (message: AnsweredSms, content: string) => {
    answered.push([message, content]);
    return Promise.resolve(taken);
  };
  const url = new URL(path, 'http://x');
  const reply = await phonePages(book, people, { answer, press: () => Promise.resolve(false) })({
    method,
    url,
    headers: {},
    body,
  });
  if (typeof reply === 'string') throw new Error(reply);
  return reply;
}
const get = (path: string) => ask('GET', path);

describe('phonePages', () => {
  it('puts the channels of one person on one phone', async () => {
    book.add(sms);
    book.add({ ...sms, provider: 'smtp', kind: 'email', to: 'R001@yanjin.example', title: '快报' }, '<p>x</p>');
    const list = await get('/');
    expect(list.body.match(/<tr><td>/g)).toHaveLength(1);
    expect(list.body).toContain('赵甲');
    const phone = await get(`/phone/${encodeURIComponent('赵甲')}`);
    expect(phone.body).toContain('计 2 条');
    expect(phone.body).toContain('快报');
  });

  it('sends an SMS back from where it is shown, and says whether it was taken', async () => {
    const { n } = book.add({ ...sms, extension: '0017' });
    const other = book.add({ ...sms, to: '15400000002' });
    const phone = `/phone/${encodeURIComponent('赵甲')}`;
    expect((await get(phone)).body).toContain(`<form class="answer" method="post" action="${phone}">`);
    const sent = await ask('POST', phone, `n=${n}&text=${encodeURIComponent('已阅')}`);
    expect([sent.status, sent.headers?.location]).toEqual([303, `${phone}?sent=yes`]);
    expect((await get(`${phone}?sent=yes`)).body).toContain('短信已发出');
    taken = false;
    expect((await ask('POST', phone, `n=${n}&text=1`)).headers?.location).toBe(`${phone}?sent=no`);
    expect(answered).toMatchObject([
      [{ provider: 'aliyun', to: '15400000001', extension: '0017' }, '已阅'],
      [{ extension: '0017' }, '1'],
    ]);
    for (const body of ['', `n=${n}&text=`, `n=${other.n}&text=1`, `n=${n}&text=${'x'.repeat(501)}`])
      expect((await ask('POST', phone, body)).status).toBe(404);
    expect(answered).toHaveLength(2);
  });

  it('shows text as text and links only to the web', async () => {
    book.add(sms);
    book.add({
      ...sms,
      provider: 'wecom',
      kind: 'wecom',
      to: 'zhaojia',
      title: '"><script>',
      link: 'javascript:alert(1)',
    });
    const phone = await get(`/phone/${encodeURIComponent('赵甲')}`);
    expect(phone.body).toContain('&lt;b&gt;汛情&lt;/b&gt;');
    expect(phone.body).not.toContain('<script');
    expect(phone.body).not.toContain('javascript:');
  });

  it('shuts a mail in', async () => {
    book.add({ ...sms, provider: 'smtp', kind: 'email' }, '<script>alert(1)</script>');
    const policy = (await get('/mail/1')).headers?.['content-security-policy'] ?? '';
    expect(policy).toMatch(/^sandbox /);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('allow-scripts');
    expect(policy).not.toContain('allow-same-origin');
  });

  it('hides what no phone shows', async () => {
    book.add({ ...sms, shown: false });
    expect((await get('/')).body).toContain('还没有人收到消息。');
  });

  it.each(['/phone/nobody', '/phone/%E0%A4%A', '/mail/9', '/mail/x', '/else'])('has no page %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

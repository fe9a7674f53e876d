import { composeDigestMail } from './compose.js';
import type { DigestPart } from './digest.js';
import { seedEdition, seedHeadlines, seedOffice, withHeadlines } from './testing/seed-edition.js';

const person = { name: '王甲', postTitle: '县长', unitName: '县人民政府' };
const part = (number: number, more: Partial<DigestPart> = {}): DigestPart => ({
  edition: seedEdition({ number, level: 'public' }),
  carry: 'fullText',
  personal: { copyNumber: number, link: `https://kb.example.cn/r/link-${number}` },
  ...more,
});
const mail = (...parts: DigestPart[]) => composeDigestMail(parts, person, seedOffice);

it('lists each issue with its title, headlines, copy number and own link in both parts', () => {
  const { subject, html, text } = mail(part(14), part(15));
  expect(subject).toMatch(/^每日汇总：.*第14期.*等2期$/);
  for (const body of [html, text]) {
    for (const words of ['第14期', '第15期', '000014', '000015', seedHeadlines[0], '王甲同志'])
      expect(body).toContain(words);
    expect(body).toContain('https://kb.example.cn/r/link-14');
    expect(body).toContain('https://kb.example.cn/r/link-15');
    expect(body).toContain('查阅并签收');
  }
});

it('leaves the texts themselves behind the links', () => {
  const body = seedEdition().sections[0]!.items[0]!.body.split('\n')[0]!;
  expect(mail(part(14), part(15)).text.replaceAll('\n', '')).not.toContain(body);
});

it('names nothing of what may not be named, and shows no headlines where only a notice may go', () => {
  const neutral = part(14, { carry: 'neutralNotice', edition: seedEdition({ number: 14, level: 'workSecret' }) });
  const { subject, html, text } = mail(neutral, { ...neutral });
  expect(subject).toBe('每日汇总：2份新件待阅');
  for (const body of [html, text]) {
    expect(body).not.toContain('第14期');
    expect(body).not.toContain(seedHeadlines[0]);
  }
  const notice = mail(part(14, { carry: 'notice' }), neutral);
  expect(notice.subject).toMatch(/第14期.*等2期$/);
  expect(notice.text).not.toContain(seedHeadlines[0]);
});

it('escapes what an issue says', () => {
  const { html } = mail(part(14, { edition: withHeadlines('<script>alert(1)</script>') }), part(15));
  expect(html).not.toContain('<script>');
});

it('refuses to carry more than the class of an issue lets pass', () => {
  expect(() => mail(part(14), part(15, { edition: seedEdition({ number: 15, level: 'workSecret' }) }))).toThrow(
    'may not carry',
  );
});

describe('to a subscriber', () => {
  const subscribed = (number: number, end: string) =>
    part(number, {
      personal: { copyNumber: number, link: `https://kb.example.cn/r/link-${number}`, unsubscribe: end },
    });

  it('offers one press for the one subscription, and asks for no acknowledgement', () => {
    const { unsubscribe, text } = mail(
      subscribed(14, 'https://kb.example.cn/u/1'),
      subscribed(15, 'https://kb.example.cn/u/1'),
    );
    expect(unsubscribe).toBe('https://kb.example.cn/u/1');
    expect(text).toContain('https://kb.example.cn/u/1');
    expect(text).not.toContain('签收');
  });

  it('offers no one press where it would end the wrong one, but a link at each issue', () => {
    const { unsubscribe, html, text } = mail(
      subscribed(14, 'https://kb.example.cn/u/1'),
      subscribed(15, 'https://kb.example.cn/u/2'),
      part(16),
    );
    expect(unsubscribe).toBeUndefined();
    for (const body of [html, text])
      for (const end of ['/u/1', '/u/2']) expect(body).toContain(`https://kb.example.cn${end}`);
    expect(text).toContain('查阅并签收');
  });
});

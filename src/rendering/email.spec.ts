import type { EditionContent } from '../domain/issue/edition.js';
import { composeEmail } from './email.js';
import { loadTemplates } from './message-templates.js';
import { seedEdition, seedHeadlines, seedOffice, withHeadlines } from './testing/seed-edition.js';

const templates = loadTemplates('message');
const full = { carry: 'fullText', purpose: 'initial', round: 0 } as const;
const mail = (edition: EditionContent, occasion: Parameters<typeof composeEmail>[1] = full, office = seedOffice) =>
  composeEmail(edition, occasion, office, templates);

it('has every headline, section, unit, name and scope in both parts', () => {
  const { html, text } = mail(seedEdition());
  const words = [
    ...seedHeadlines,
    '【用地保障】',
    '【文明祭祀】',
    '（丰庄镇）',
    '责任编辑：李勉',
    '审核：路帅',
    '签发：范晓宇',
  ];
  for (const word of words) {
    expect(html).toContain(word);
    expect(text).toContain(word);
  }
  expect(html).toContain('各乡（镇）政府、街道办事处主要领导。');
  expect(text.replaceAll('\n', '')).toContain('本期发：县委常委，县人大正副主任');
});

it('has 报, 送 and 发 each on a line of its own', () => {
  const { html, text } = mail({ ...seedEdition(), scope: ['甲', '乙', '丙'], addressing: ['up', 'up', 'down'] });
  expect(html).toContain('<strong>报：</strong>甲，乙。');
  expect(html).toContain('<strong>发：</strong>丙。');
  expect(text).toContain('报：甲，乙。\n发：丙。');
  expect(text).not.toContain('本期发');
});

it('has the same running text in both parts', () => {
  const { html, text } = mail(seedEdition());
  const joined = text.replaceAll('\n', '');
  for (const { body } of seedEdition().sections.flatMap(({ items }) => items)) {
    for (const paragraph of body.split('\n')) {
      expect(html).toContain(paragraph);
      expect(joined).toContain(paragraph);
    }
  }
});

it('names the issue, its date and what is urgent or repeated in the subject', () => {
  const reminder = (round: number) => ({ ...full, purpose: 'reminder', round }) as const;
  expect(mail(seedEdition()).subject).toBe('延津政务快报第14期（2025年4月3日）');
  expect(mail(seedEdition({ urgency: 'extraUrgent' })).subject).toBe('【特急】延津政务快报第14期（2025年4月3日）');
  expect(mail(seedEdition(), reminder(1)).subject).toBe('【催阅】延津政务快报第14期（2025年4月3日）');
  expect(mail(seedEdition(), reminder(2)).subject).toBe('【再次催阅】延津政务快报第14期（2025年4月3日）');
  expect(mail(seedEdition(), reminder(3)).subject).toBe('【第3次催阅】延津政务快报第14期（2025年4月3日）');
});

it('escapes whatever the issue says in HTML, and only there', () => {
  const nasty = '<script>alert("1")</script>&';
  const edition = seedEdition({
    publication: nasty,
    issuer: nasty,
    editorName: nasty,
    scope: [nasty],
    scopeLabel: nasty,
  });
  const { html, text } = mail(withHeadlines(nasty, edition));
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
  expect(text).toContain(nasty);
  expect(text).not.toContain('&lt;');
});

it('hides nothing, and begins with the headlines where it may show them', () => {
  const notice = { ...full, carry: 'notice' } as const;
  const occasions = [full, notice, { ...notice, purpose: 'withdrawal' } as const];
  for (const occasion of occasions) {
    const { html } = mail(seedEdition(), occasion);
    expect(html).not.toMatch(/display:\s*none|visibility:|max-height:|opacity|font-size:\s*[0-8]px/);
    const seen = html
      .replace(/^[^]*<body[^>]*>/, '')
      .replace(/<[^>]*>/g, '')
      .trim();
    expect(seen.startsWith(seedHeadlines[0])).toBe(occasion === full);
  }
});

it.each([
  [false, '请勿直接回复。'],
  [true, '可直接回复本邮件。'],
])('says whether answers are read (%s)', (takesReplies, words) => {
  const { html, text } = mail(seedEdition(), full, { ...seedOffice, takesReplies });
  expect(html).toContain(words);
  expect(text).toContain(words);
});

it('keeps a line break out of the subject', () => {
  expect(mail(seedEdition({ publication: '快报\r\nBcc: x@example.com' })).subject).not.toMatch(/[\r\n]/);
});

it('uses no image, script, style sheet or address but the personal link', () => {
  const { html } = mail(seedEdition());
  expect(html).not.toMatch(/<img|<script|<style|<link|url\(/i);
  expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].every(([, address]) => address === '\uE002')).toBe(true);
});

it('breaks running text of the plain part at 76 columns, closing marks aside', () => {
  const lines = mail(seedEdition()).text.split('\n');
  const columns = (line: string) => [...line].reduce((sum, c) => sum + (c > '\u2013' ? 2 : 1), 0);
  expect(lines.filter((line) => columns(line) > 78)).toEqual([]);
  expect(lines.filter((line) => /^[，。、；：）”》]/.test(line))).toEqual([]);
});

it('shows level and urgency in the head, and says when it is a demonstration', () => {
  const demo = mail(seedEdition({ level: 'internal', urgency: 'urgent' }), full, { ...seedOffice, sandbox: true });
  expect(demo.text.split('\n')[0]).toBe('内部　加急　份号 \uE001');
  expect(demo.html).toContain('演示环境');
  expect(mail(seedEdition()).html).not.toContain('演示环境');
});

it('does without what an issue does not have', () => {
  const bare = seedEdition({
    issuer: null,
    editorName: null,
    reviewerName: null,
    approverName: null,
    scope: [],
    scopeLabel: null,
    number: null,
    date: null,
  });
  bare.sections = [{ name: null, items: [{ headline: null, body: '只有正文。', unitName: null, author: null }] }];
  const { html, text, subject } = mail(bare);
  expect(text).toContain('　　只有正文。');
  for (const part of [html, text, subject]) expect(part).not.toMatch(/null|undefined|NaN|本期发|【】|（）/);
});

it('does not repeat the whole text in a reminder', () => {
  const { html, text } = mail(seedEdition(), { ...full, purpose: 'reminder', round: 1 });
  for (const part of [html, text]) {
    expect(part).toContain(seedHeadlines[7]);
    expect(part).not.toContain('将批而未供土地处置工作');
  }
});

import type { EditionContent } from '../domain/issue/edition.js';
import { loadTemplates } from './message-templates.js';
import type { WecomContent } from './message.js';
import { fill, splitAtSlots } from './slots.js';
import { seedEdition, seedHeadlines, seedOffice, seedPerson, withHeadlines } from './testing/seed-edition.js';
import { composeWecom } from './wecom.js';
import type { Occasion } from './wording.js';

const templates = loadTemplates('message');
const digest: Occasion = { carry: 'digest', purpose: 'initial', round: 0 };
const card = (edition: EditionContent, occasion = digest) =>
  fill(splitAtSlots(composeWecom(edition, occasion, seedOffice.officeName, templates)), seedPerson) as WecomContent;

it('shows date, issuer, copy number and headlines, and leads to the personal link', () => {
  const { title, description, url, buttonText } = card(seedEdition());
  expect(title).toBe('延津政务快报第14期（2025年4月3日）');
  expect(description.split('\n').slice(0, 3)).toEqual([
    '2025年4月3日　延津县人民政府办公室',
    '份号：000014',
    `1. ${seedHeadlines[0]}`,
  ]);
  expect(url).toBe(seedPerson.link);
  expect([...buttonText].length).toBeLessThanOrEqual(4);
});

const long = '优化营商环境工作情况𠮷'.repeat(20);
const longIssue = withHeadlines(long, seedEdition({ publication: long, issuer: long, urgency: 'extraUrgent' }));
const occasions: Occasion[] = [
  digest,
  { ...digest, carry: 'notice' },
  { ...digest, carry: 'neutralNotice' },
  { ...digest, purpose: 'resend', round: 1 },
  { ...digest, purpose: 'reminder', round: 1 },
  { carry: 'notice', purpose: 'reminder', round: 14 },
];

it.each(occasions)('keeps within the bytes of a card when filled, however long the names: %j', (occasion) => {
  for (const edition of [seedEdition(), longIssue, withHeadlines(long, seedEdition())]) {
    const { title, description } = card(edition, occasion);
    expect(Buffer.byteLength(title)).toBeLessThanOrEqual(128);
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(512);
    expect([...title].length).toBeLessThanOrEqual(36);
    expect([...description].length).toBeLessThanOrEqual(160);
    expect(`${title}${description}`).not.toContain('\uFFFD');
    if (occasion.carry !== 'neutralNotice') {
      expect(title).toContain('第14期');
      expect(description).toContain('份号：000014');
    }
  }
});

it('says how many items there are when not all fit', () => {
  expect(card(withHeadlines('很长的标题'.repeat(6))).description).toContain('共8条，详见全文。');
  expect(card(withHeadlines('短标题')).description).not.toContain('详见全文');
});

it('lets no markup through, since WeCom reads a description as markup', () => {
  const { title, description } = card(
    withHeadlines('<div class="highlight">甲</div>&', seedEdition({ publication: '<b>' })),
  );
  expect(`${title}${description}`).not.toMatch(/[<>&]/);
  expect(description).toContain('＜div class="highlight"＞甲');
});

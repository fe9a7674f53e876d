import { printPage } from './print-page.js';
import { seedEdition, seedHeadlines, withHeadlines } from './testing/seed-edition.js';

it('prints head, items and foot', () => {
  const page = printPage(seedEdition({ level: 'internal' }), '/print.css', 14);
  for (const word of [
    ...seedHeadlines,
    '延津政务快报',
    '第14期',
    '000014',
    '内部',
    '（丰庄镇）',
    '签发：范晓宇',
    '本期发：县委常委，',
  ])
    expect(page).toContain(word);
});

it('escapes the content, and has no copy number for nobody', () => {
  const page = printPage(withHeadlines('<script>'), '/print.css');
  expect(page).not.toContain('<script>');
  expect(page).not.toContain('000');
});

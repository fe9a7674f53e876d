import { wrapText } from './wrap-text.js';

it.each([
  ['breaks between Chinese characters', '一二三四五六七', 8, '一二三四\n五六七'],
  ['lets closing marks hang over the edge', '一二三四。五六', 8, '一二三四。\n五六'],
  ['takes an opening mark along to the next line', '一二三（四五）', 8, '一二三\n（四五）'],
  ['keeps numbers and words whole', '完成14976余米', 8, '完成\n14976余\n米'],
  ['leaves a word alone that is wider than a line', 'https://example.gov.cn/s', 8, 'https://example.gov.cn/s'],
  ['keeps paragraphs', '一二\n三四', 8, '一二\n三四'],
  ['keeps what fits', '一二三四', 8, '一二三四'],
])('%s', (_rule, text, columns, expected) => {
  expect(wrapText(text, columns)).toBe(expected);
});

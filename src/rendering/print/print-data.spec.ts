import { seedEdition } from '../testing/seed-edition.js';
import { issueData } from './print-data.js';

const options = { today: '2026-11-30' };
const itemOf = (body: string) =>
  issueData(
    seedEdition({
      sections: [{ name: null, items: [{ headline: null, body, unitName: '县财政局', author: '王乙' }] }],
    }),
    options,
  ).sections[0]!.items[0]!;

it('has the date of the issue, and today only without one', () => {
  expect(issueData(seedEdition(), options).day).toEqual({ year: 2025, month: 4, day: 3 });
  expect(issueData(seedEdition({ date: null }), options).day).toEqual({ year: 2026, month: 11, day: 30 });
});

it.each([
  ['一、基本情况', 1],
  ['（一）组织领导', 2],
  ['十二、下步打算', 1],
  ['一、加强领导。县委成立专班', 0],
  ['（二）全县共处置5105亩；', 0],
  ['一是加强领导', 0],
  [`一、${'长'.repeat(39)}`, 0],
] as const)('takes %s for a title of level %d', (text, level) => {
  expect(itemOf(`${text}\n后文。`).paragraphs).toEqual([{ text, level }]);
});

it('ends the last paragraph with the unit, which may be all there is', () => {
  expect(itemOf('甲。\n乙。')).toMatchObject({
    paragraphs: [{ text: '甲。' }],
    last: '乙。',
    unit: '（县财政局 王乙）',
  });
  expect(itemOf('')).toMatchObject({ paragraphs: [], last: '', unit: '（县财政局 王乙）' });
});

it('lists the contents only of an issue of ten items and more', () => {
  const items = (count: number) => [
    {
      name: null,
      items: Array.from({ length: count }, () => ({ headline: '题', body: '文', unitName: null, author: null })),
    },
  ];
  expect([9, 10].map((count) => issueData(seedEdition({ sections: items(count) }), options).contents)).toEqual([
    false,
    true,
  ]);
});

it('drops what no printer has, and what only turns the direction of a line', () => {
  expect(issueData(seedEdition({ title: 'a\u0000\u202e\ue000\ud800b' }), options).title).toBe('ab');
});

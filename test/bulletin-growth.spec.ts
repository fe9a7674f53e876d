import { parseBulletinText } from '../src/domain/bulletin/parse.js';
import { growsTooFast } from './hostile-text.js';

/** Whatever is imported as a bulletin is read in time that grows with its length, however it is made up. */

const bulletin = [
  '青陵政务要情',
  '第 7 期',
  '青陵县人民政府办公室        2025年4月3日',
  '【要情】',
  '县水利局加快水毁工程修复 对12处水毁工程开展修复，已完工9处。（水利局）',
  '本期发：县委常委，副县长。',
  '责任编辑：李勉',
];
const bulletinWith = (line: number, between: (text: string) => string) => (text: string) =>
  parseBulletinText([...bulletin.slice(0, line), between(text), ...bulletin.slice(line)].join('\n'));

it('a bulletin: the work grows no faster than the text', () => {
  expect(growsTooFast(parseBulletinText)).toEqual([]);
});

/** A whole bulletin takes long: each text is put into one of its parts. */
it.each<[string, (text: string) => unknown]>([
  ['head', bulletinWith(2, (text) => text)],
  ['items', bulletinWith(5, (text) => `县水利局${text}甲。（水利局）\n${text}`)],
  ['distribution line', bulletinWith(5, (text) => `本期发：县委${text}。`)],
  ['foot', bulletinWith(6, (text) => `审核：${text}`)],
])('the %s of a bulletin: the work grows no faster than the text', (part, read) => {
  const parts = ['head', 'items', 'distribution line', 'foot'];
  expect(growsTooFast(read, [parts.indexOf(part), parts.length])).toEqual([]);
});

it.each(['一\n', '（\n', '标题\n', '\v字', '第1期\n'])(
  'a bulletin of too many lines of %j is refused in words',
  (line) => {
    const result = parseBulletinText(line.repeat(20_001));
    expect(result).toMatchObject({
      kind: 'notBulletin',
      reason: expect.stringMatching(/超过20000行.*核?确认/) as string,
    });
  },
);

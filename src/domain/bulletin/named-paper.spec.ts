import { namedPaper } from './named-paper.js';
import { NOTHING_KNOWN } from './paper-layout.js';

/** A file is read with what is known of the paper that its masthead names, and of no other. */

const papers = ['青陵快报', '快报', '青陵信息', '青陵信息专报'].map((series) => ({ ...NOTHING_KNOWN, series }));

it.each([
  ['青陵快报', '青陵快报'],
  ['青 陵 快 报', '青陵快报'],
  ['★青陵快报★', '青陵快报'],
  ['《青陵信息专报》', '青陵信息专报'],
  ['青陵快报第7期', '青陵快报'],
  ['青陵快报（2025年第7期）', '青陵快报'],
  ['青陵信息2025年4月第十二期', '青陵信息'],
  ['青陵快报增刊第2期', '青陵快报'],
  ['青陵信息\u3000\u3000总第312期', '青陵信息'],
  ['青陵快报增刊版简报', null],
  ['青陵快报通讯', null],
  ['青陵快报编辑部', null],
  ['新青陵快报', null],
  ['石岭快报', null],
])('%s: %s', (line, series) => {
  expect(namedPaper(null, ['内部资料', '', line, '第7期', '县政府办'], papers)?.series ?? null).toBe(series);
});

it('what was read as the name goes before what stands further down', () => {
  expect(namedPaper('青陵信息', ['青陵信息', '转发：', '青陵信息专报'], papers)?.series).toBe('青陵信息');
});

it('nothing is known of a paper without a name', () => {
  expect(namedPaper(null, ['第7期'], [{ ...NOTHING_KNOWN, series: '' }, NOTHING_KNOWN])).toBeNull();
});

import { parseBulletin } from '../src/domain/bulletin/parse.js';
import { generate } from './bulletins/bulletin.js';
import { judge } from './bulletins/judge.js';
import { markedBulletins } from './bulletins/marked.js';
import { share, tally } from './bulletins/tally.js';

/** Bulletins in layouts drawn from tables; npm run bulletins reads as many as one has patience for. */

const read = tally(2026, 300);

it('of 300 generated bulletins nearly every fact is read, and hardly any wrongly without a warning', () => {
  expect(share(read.facts, 'right')).toBeGreaterThan(0.99);
  expect(share(read.facts, 'silent')).toBeLessThan(0.002);
});

it('no layout is read much worse than the others', () => {
  const bad = Object.entries(read.byLayout).filter(
    ([, counts]) => counts.right + counts.warned + counts.silent > 200 && share(counts, 'right') < 0.9,
  );
  expect(bad.map(([name]) => name)).toEqual([]);
});

it('warns sparingly', () => expect(read.warnings / read.bulletins).toBeLessThan(2.5));

it('the same seed writes the same bulletins', () => {
  expect(generate(7, 12)).toEqual(generate(7, 12));
  expect(generate(7, 12).text).not.toBe(generate(7, 13).text);
});

it('a bulletin of two hundred items is read to its end', () => {
  const items = Array.from(
    { length: 200 },
    (_, index) => `县水利局做好第${index + 1}段河道清淤 组织力量120人，清淤${index + 1}公里，投入机具30台。（水利局）`,
  );
  const head = '青陵快报\n第3期\n青陵县人民政府办公室\n2025年4月3日\n【要情】\n';
  const result = parseBulletin(Buffer.from(`${head}${items.join('\n\n')}\n\n本期发：县委常委。\n编辑：李勉`));
  expect(result).toMatchObject({ kind: 'bulletin' });
  if (result.kind === 'bulletin') expect(result.bulletin.sections[0]?.items).toHaveLength(200);
});

describe('bulletins written by hand, each in a layout of its own', () => {
  it.each(markedBulletins().map((bulletin) => [bulletin.name, bulletin] as const))('%s', (_name, bulletin) => {
    const judged = judge(bulletin, parseBulletin(bulletin.bytes));
    expect(judged.length).toBeGreaterThan(10);
    expect(judged.filter(({ verdict }) => verdict !== 'right')).toEqual([]);
  });
});

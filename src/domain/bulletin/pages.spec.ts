import { toLines } from './lines.js';
import { dropPageMarks, dropRunningHeaders, joinMasthead } from './pages.js';
import { parseBulletinText } from './parse.js';

const texts = (text: string): string[] => dropPageMarks(toLines(text)).lines.map((line) => line.text);

describe('page marks', () => {
  it.each([
    '— 3 —',
    '-3-',
    '- 3 -',
    '－3－',
    '—3—',
    '– 12 –',
    '·3·',
    '第 3 页',
    '第3页 共5页',
    '第 3 页 共 5 页',
    '第3页/共5页',
    '第三页',
    '— 三 —',
    '共5页 第3页',
    '3/5',
    'Page 3 of 5',
    '3',
  ])('%j is dropped and leaves a page gap', (mark) => {
    const { lines } = dropPageMarks(toLines(`一段文字没有结束\n\n${mark}\n\n下一页的文字。`));
    expect(lines.map(({ text, gap }) => [text, gap])).toEqual([
      ['一段文字没有结束', 'none'],
      ['下一页的文字。', 'page'],
    ]);
  });

  it('on the same line as text are dropped from its edge', () => {
    expect(texts('一段文字没有结束 — 3 —\n— 4 — 下一页的文字。')).toEqual(['一段文字没有结束', '下一页的文字。']);
  });

  it.each(['2025', '1234', '3人', '第3名', '3.5', '007', '第3期', '— 附 —'])('%j is no page mark', (line) => {
    expect(texts(`一段文字。\n\n${line}\n\n下一段。`)).toEqual(['一段文字。', line, '下一段。']);
  });

  it('drawn rules are dropped', () => expect(texts('甲\n────────\n===\n* * *\n乙')).toEqual(['甲', '乙']));

  it('a lone number inside a wrapped sentence is content, with a warning', () => {
    const { lines, warnings } = dropPageMarks(toLines('全县共有特色种植大棚\n120\n个，比去年多。'));
    expect(lines.map(({ text }) => text)).toEqual(['全县共有特色种植大棚', '120', '个，比去年多。']);
    expect(warnings).toEqual([expect.objectContaining({ line: 2, code: 'lone_number' })]);
  });

  it('lone numbers in a column are content', () => {
    expect(texts('单位\n1220\n213\n99.4%\n环卫中心')).toEqual(['单位', '1220', '213', '99.4%', '环卫中心']);
  });

  it('a lone number out of the page sequence is dropped with a warning', () => {
    const { lines, warnings } = dropPageMarks(toLines('一段文字。\n\n1\n\n二段文字。\n\n88\n\n三段文字。'));
    expect(lines.map(({ text }) => text)).toEqual(['一段文字。', '二段文字。', '三段文字。']);
    expect(warnings).toEqual([expect.objectContaining({ line: 7, code: 'lone_number' })]);
  });
});

describe('form feeds', () => {
  it('cut a line in two with a page gap and the same number', () => {
    expect(toLines('甲\f乙\n\f\n丙')).toEqual([
      { number: 1, text: '甲', indent: 0, gap: 'none' },
      { number: 1, text: '乙', indent: 0, gap: 'page' },
      { number: 3, text: '丙', indent: 0, gap: 'page' },
    ]);
  });
});

describe('running headers', () => {
  const parts = { series: '青陵快报', issueNumber: 18, issuer: '青陵县人民政府办公室' };
  const kept = (text: string): string[] =>
    dropRunningHeaders(dropPageMarks(toLines(text)).lines, parts).lines.map((line) => line.text);

  it.each([
    '青陵快报',
    '青陵快报            第18期',
    '《青陵快报》第 18 期  第2页',
    '第18期',
    '青陵县人民政府办公室 青陵快报 2025年4月22日',
  ])('%j is one', (line) => {
    expect(kept(`没有结束的文字\n${line}\n下一页的文字。`)).toEqual(['没有结束的文字', '下一页的文字。']);
  });

  it.each(['第17期', '青陵快报社来访', '青陵县人民政府办公室', '第18期培训班开班'])('%j is none', (line) => {
    expect(kept(`文字。\n${line}\n文字。`)).toContain(line);
  });

  it('of any other text are known by coming again at page breaks, with a warning', () => {
    const text = '甲文字\n— 1 —\n县府信息汇编\n乙文字\n— 2 —\n县府信息汇编\n丙文字。';
    const { lines, warnings } = dropRunningHeaders(dropPageMarks(toLines(text)).lines, parts);
    expect(lines.map((line) => line.text)).toEqual(['甲文字', '乙文字', '丙文字。']);
    expect(warnings.map(({ line, code }) => [line, code])).toEqual([
      [3, 'running_header'],
      [6, 'running_header'],
    ]);
  });
});

describe('a masthead on two lines', () => {
  const joined = (head: string, top: string): string | undefined =>
    joinMasthead(dropPageMarks(toLines(`${head}\n2025年第5期\n某某局\n正文一段。\n1 / 2\n${top}\n正文又一段。`)).lines)
      .map(({ text }) => text)
      .find((text) => text.startsWith('盐湖'));
  const whole = '盐湖工业园区安全环保工作动态';

  it.each([
    ['盐湖工业园区\n安全环保工作动态', `${whole} 2025年第5期`],
    ['盐湖工业园区\n安全环保工作动态', whole],
    ['盐湖工业园区\n\n安全环保工作动态', `${whole}\u3000第5期`],
    ['盐湖工业园区安全\n环保工作动态', `《${whole}》第5期（总第12期）`],
    ['内部资料 注意保存\n盐湖工业园区\n安全环保工作动态', `${whole} 第5期`],
    ['盐湖工业园区\n安全环保工作动态', '盐 湖 工 业 园 区 安 全 环 保 工 作 动 态'],
  ])('%j is whole where the top of a page says %j', (head, top) => expect(joined(head, top)).toBe(whole));

  it.each([
    ['no page has it', '盐湖工业园区\n安全环保工作动态', '另一行文字'],
    ['the top has the second line only', '盐湖工业园区\n安全环保工作动态', '安全环保工作动态 2025年第5期'],
    ['the top says more than the masthead', '盐湖工业园区\n安全环保工作动态', `${whole}编辑部召开会议`],
    ['it would be no name', '盐湖工业园区\n安全环保专题会召开', '盐湖工业园区安全环保专题会召开 第5期'],
  ])('stays as it is where %s', (_what, head, top) => expect(joined(head, top)).toBe('盐湖工业园区'));

  it('is the name of the paper, and both lines stand in the original', () => {
    const item = (name: string) => `【要闻】\n${name}组织专项检查\n查出隐患13项，已全部整改。（应急管理局）`;
    const text = `盐湖工业园区\n安全环保工作动态\n2025年第5期\n盐湖工业园区安全环保局 2025年5月9日\n${item('园区')}\n1 / 2\n${whole} 2025年第5期\n${item('企业')}\n发：园区各企业`;
    const result = parseBulletinText(text);
    expect(result).toMatchObject({ kind: 'bulletin', bulletin: { series: whole, issueNumber: 5 } });
    if (result.kind === 'bulletin')
      expect(result.original.lines.slice(0, 2)).toMatchObject([
        { number: 1, kind: 'head', joined: false },
        { number: 2, joined: true },
      ]);
  });
});

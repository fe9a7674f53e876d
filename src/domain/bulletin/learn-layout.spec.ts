import { judge } from '../../../test/bulletins/judge.js';
import { generate } from '../../../test/bulletins/bulletin.js';
import { layoutOf } from '../../../test/bulletins/learned.js';
import { learned, share, tally } from '../../../test/bulletins/tally.js';
import type { Bulletin } from './bulletin.js';
import { learnLayout } from './learn-layout.js';
import { NOTHING_KNOWN, type PaperLayout } from './paper-layout.js';
import { parseBulletin, parseBulletinText } from './parse.js';

/** What one issue shows of its paper, and what that is worth for the next one. */

function read(text: string, paper: PaperLayout | null = null) {
  const result = parseBulletinText(text, [], { paper });
  if (result.kind !== 'bulletin') throw new Error(JSON.stringify(result));
  return result;
}

/** The layout after somebody has put right what was read. */
function taught(text: string, correct: (bulletin: Bulletin) => Partial<Bulletin> = () => ({})): PaperLayout {
  const { bulletin, lines } = read(text);
  return learnLayout({ ...bulletin, ...correct(bulletin) }, lines, null);
}

const issue = `每周情况
第7期（总第207期）
青陵县人民政府办公室    2025年4月3日
上情下达  下情上报
本期看点
◇ 县水利局完成春季清淤
◇ 柳河镇启动夏收准备
【要情】
● 县水利局完成春季清淤。清淤12公里，投入机具30台，惠及3个村。（水利局）
● 柳河镇启动夏收准备。检修机具300台，备足麦种，晾晒场地已经平整。（柳河镇）
本期发：县委常委，副县长。
责任编辑：李勉  审核：王守  签发：周五洲
（本刊仅限机关内部阅读）`;

describe('what an issue shows', () => {
  it('is how it is set', () => {
    expect(taught(issue)).toEqual({
      ...{ series: '每周情况', number: '第{期号}期(总第{总期号}期)', issuer: '青陵县人民政府办公室' },
      ...{ headLines: ['上情下达下情上报'], contentsLabel: '本期看点', contentsMark: '◇' },
      ...{ section: '【{名}】', sectionNames: ['要情'], mark: '●', headline: 'stop' },
      ...{ unitPlace: 'end', unit: '({名})', units: ['水利局', '柳河镇'], scopeLabels: ['本期发'] },
      ...{ editorLabels: ['责任编辑'], reviewerLabels: ['审核'], approverLabels: ['签发'] },
      ...{ footLines: ['(本刊仅限机关内部阅读)'], byHand: [] },
    });
  });

  it.each<[what: string, from: string, to: string, layout: Partial<PaperLayout>]>([
    ['numbered sections', '【要情】', '（一）要情', { section: '(一){名}' }],
    ['bare sections', '【要情】', '要情', { section: '{名}' }],
    ['a number with its year', '第7期（总第207期）', '〔2025〕7号', { number: '〔{年}〕{期号}号' }],
    ['numbered items', '● 县', '1．县', { mark: null }],
    ['no marks', '● ', '', { mark: '' }],
    ['headlines on lines', '清淤。清', '清淤\n清', { headline: null }],
    ['a blank behind headlines', '。', '\u3000', { headline: 'blank' }],
  ])('%s', (_what, from, to, layout) => {
    const text = issue
      .split('\n')
      .map((line) => (from === '。' ? line.replace(from, to) : line.replaceAll(from, to)))
      .join('\n');
    expect(taught(text)).toMatchObject(layout);
  });

  it.each([
    ['（水利局）', '\n\u3000\u3000供稿：水利局', { unitPlace: 'below', unit: '供稿:{名}' }],
    ['（水利局）', '/水利局', { unitPlace: 'end', unit: '/{名}' }],
  ])('the unit as %s, %j', (from, to, layout) => {
    const text = issue.replace(from, to).replace('（柳河镇）', to.replace('水利局', '柳河镇'));
    expect(taught(text)).toMatchObject(layout);
  });

  it('stays where the next one shows nothing, and follows where it shows something else', () => {
    const later = issue.replace('【要情】\n', '').replaceAll('●', '■').replace('第7期（总第207期）', '第8期');
    const { bulletin, lines } = read(later);
    const layout = learnLayout(bulletin, lines, taught(issue));
    expect(layout).toMatchObject({ section: '【{名}】', mark: '■', number: '第{期号}期' });
  });

  it('does not touch what a person wrote or removed', () => {
    const own: PaperLayout = {
      ...NOTHING_KNOWN,
      section: '〖{名}〗',
      mark: null,
      byHand: ['section', 'mark', 'headLines'],
    };
    const { bulletin, lines } = read(issue);
    expect(learnLayout(bulletin, lines, own)).toMatchObject({
      ...{ section: '〖{名}〗', mark: null, headLines: [], headline: 'stop', byHand: own.byHand },
    });
  });
});

const next = (from: string, to: string): string =>
  issue.replace('第7期（总第207期）', '第8期（总第208期）').replaceAll(from, to);
const units = (bulletin: Bulletin): unknown => bulletin.sections.flatMap(({ items }) => items.map(({ unit }) => unit));

describe('what was put right once', () => {
  it('the name of a unit that looks like none', () => {
    const odd = issue.replace('（水利局）', '（青陵之声）');
    const layout = taught(odd, ({ sections }) => ({
      sections: sections.map((section) => ({
        ...section,
        items: section.items.map((item, at) => (at === 0 ? { ...item, unit: '青陵之声' } : item)),
      })),
    }));
    const { bulletin } = read(next('（柳河镇）', '（青陵之声）'), layout);
    expect(units(bulletin)).toEqual(['水利局', '青陵之声']);
    expect(bulletin.warnings.filter(({ code }) => code.startsWith('attribution'))).toEqual([]);
  });

  it('a label that only this paper has', () => {
    const own = (text: string): string => text.replace('审核：', '把关：');
    const layout = taught(own(issue), () => ({ reviewer: '王守' }));
    expect(layout.reviewerLabels).toEqual(['把关']);
    expect(read(own(next('王守', '孙立'))).bulletin.reviewer).toBeNull();
    expect(read(own(next('王守', '孙立')), layout).bulletin.reviewer).toBe('孙立');
  });

  it('a label that says something else in other papers', () => {
    const own = (text: string): string => text.replace('审核：', '值班主编：');
    const layout = taught(own(issue), () => ({ reviewer: '王守' }));
    expect(read(own(next('王守', '孙立')), layout).bulletin.reviewer).toBe('孙立');
  });

  it('who issues it, whatever the name looks like', () => {
    const own = (text: string): string => text.replace('青陵县人民政府办公室', '青陵老干部之家');
    const layout = taught(own(issue), () => ({ issuer: '青陵老干部之家' }));
    expect(read(own(next('', ''))).bulletin.issuer).not.toBe('青陵老干部之家');
    expect(read(own(next('', '')), layout).bulletin).toMatchObject({ issuer: '青陵老干部之家', date: '2025-04-03' });
  });

  it('a name of the paper that looks like none', () => {
    const own = (text: string): string => text.replace('每周情况', '青陵瞭望');
    const layout = taught(own(issue));
    const codes = (paper: PaperLayout | null): string[] =>
      read(own(next('', '')), paper).bulletin.warnings.map(({ code }) => code);
    expect(codes(null)).toContain('series_guessed');
    expect(codes(layout)).not.toContain('series_guessed');
  });

  it('lines that say nothing', () => {
    const own = (text: string): string => text.replace('上情下达  下情上报', '第二届青陵好新闻评选进行中');
    const warned = (paper: PaperLayout | null): string[] =>
      read(own(next('', '')), paper).bulletin.warnings.map(({ code }) => code);
    const layout = taught(own(issue));
    expect(warned(layout).filter((code) => code.startsWith('unknown'))).toEqual([]);
  });
});

describe('a paper that has changed', () => {
  const layout = taught(issue);

  it.each([
    ['【', '〖'],
    ['● ', '◆ '],
    ['● ', ''],
    ['。清', '\n\u3000\u3000清'],
    ['第8期（总第208期）', '2025年第8期'],
    ['青陵县人民政府办公室', '青陵县政务督查室'],
    ['每周情况', '青陵信息'],
  ])('%j has become %j: it is read as without what was known', (from, to) => {
    const text = next(from, to).replaceAll(from === '【' ? '】' : from, from === '【' ? '〗' : to);
    const [without, withIt] = [read(text).bulletin, read(text, layout).bulletin];
    const plain = ({ doubts: _doubts, warnings: _warnings, ...facts }: Bulletin): unknown => facts;
    expect(plain(withIt)).toEqual(plain(without));
  });
});

describe('papers of the generator', () => {
  it('need no correction once one issue was corrected', () => {
    const { facts } = tally(20251130, 40, undefined, learned('corrected'));
    expect(share(facts, 'right')).toBeGreaterThanOrEqual(0.999);
    expect(share(facts, 'silent')).toBeLessThanOrEqual(0.001);
  });

  it('need fewer where nobody corrected anything', () => {
    const { facts } = tally(20251131, 40, undefined, learned('asRead'));
    expect(share(facts, 'right')).toBeGreaterThanOrEqual(0.995);
  });

  it('are hardly hurt by the layout of another, which none of them is ever given', () => {
    const counts = { right: 0, warned: 0, silent: 0 };
    for (let index = 0; index < 40; index += 1) {
      const bulletin = generate(20251132, index);
      const paper = layoutOf(generate(20251133, index));
      for (const { verdict } of judge(bulletin, parseBulletin(bulletin.bytes, { paper }))) counts[verdict] += 1;
    }
    expect(share(counts, 'right')).toBeGreaterThanOrEqual(0.98);
  });
});

import { generate } from '../../test/bulletins/bulletin.js';
import { asWordFile, para, run, wordFile } from '../../test/word-file.js';
import type { Bulletin } from '../domain/bulletin/bulletin.js';
import { parseBulletinText } from '../domain/bulletin/parse.js';
import { readBulletinFile } from './bulletin-file.js';

type Set = { text: string; run?: string; paragraph?: string };

const styles = ['刊头', '栏目', '稿件标题', 'heading 1', 'heading 2']
  .map((name) => `<w:style w:type="paragraph" w:styleId="${name}"><w:name w:val="${name}"/></w:style>`)
  .join('');
const named = (style: string) => ({ paragraph: `<w:pStyle w:val="${style}"/>` });
const bold = { run: '<w:b/>' };
const middle = { paragraph: '<w:jc w:val="center"/>' };
const large = { run: '<w:color w:val="FF0000"/><w:sz w:val="72"/>', ...middle };

async function read(lines: readonly (string | Set)[]): Promise<Bulletin> {
  const set = lines.map((line) => (typeof line === 'string' ? { text: line } : line));
  const body = set.map(({ text, run: own, paragraph }) => para(run(text, own), paragraph)).join('');
  const result = await readBulletinFile(wordFile({ body, styles }));
  if (result.kind !== 'bulletin') throw new Error(JSON.stringify(result));
  return result.bulletin;
}
const outline = ({ sections }: Bulletin) =>
  sections.map(({ name, items }) => [name, ...items.map(({ headline }) => headline)]);

const head = ['青陵政务快报', '第7期', '青陵县人民政府办公室　2025年4月3日'];
const foot = ['本期发：县委常委，副县长。', '责任编辑：李一　审核：王二　签发：张三'];
const body = '近日，县水利局组织巡查，排查隐患31处。';
const other = '县教体局对全县学校开展检查，整改问题12个。';

/** The same text is read otherwise where it has no looks: see the last test. */
type Case = [name: string, lines: (string | Set)[], outline: unknown];
const ambiguous: Case[] = [
  [
    'bold lines with commas are headlines',
    [
      ...head,
      { text: '县委召开会议，部署防汛工作', ...bold },
      body,
      { text: '东风镇建好路，管好路', ...bold },
      other,
      ...foot,
    ],
    [[null, '县委召开会议，部署防汛工作', '东风镇建好路，管好路']],
  ],
  [
    'headings of two levels are sections and headlines',
    [
      ...head,
      { text: '重大项目现场', ...named('heading 1') },
      { text: '水库', ...named('heading 2') },
      body,
      { text: '学校', ...named('heading 2') },
      other,
      ...foot,
    ],
    [['重大项目现场', '水库', '学校']],
  ],
  [
    'headings under headlines are parts of an article',
    [
      ...[...head, { text: '石桥乡扎实推进环境整治', ...named('heading 1') }, body],
      ...[{ text: '健全机制', ...named('heading 2') }, other],
      ...[{ text: '强化保障', ...named('heading 2') }, body],
      ...[{ text: '东风镇多措并举促增收', ...named('heading 1') }, other, ...foot],
    ],
    [[null, '石桥乡扎实推进环境整治', '东风镇多措并举促增收']],
  ],
  [
    'short lines in the middle above bold ones are sections',
    [
      ...[...head, { text: '要闻', ...middle }, { text: '县委书记调研项目', ...bold }, body],
      ...[{ text: '乡村', ...middle }, { text: '石桥乡抢抓春管', ...bold }, other, ...foot],
    ],
    [
      ['要闻', '县委书记调研项目'],
      ['乡村', '石桥乡抢抓春管'],
    ],
  ],
  [
    'paragraphs in the styles of an office are what the styles are called',
    [
      ...head,
      { text: '县域巡礼', ...named('栏目') },
      { text: '水库，学校', ...named('稿件标题') },
      body,
      { text: '抓早，抓小', ...named('稿件标题') },
      other,
      ...foot,
    ],
    [['县域巡礼', '水库，学校', '抓早，抓小']],
  ],
];

/** Looks agree with what the text alone says. */
const plain: Case[] = [
  [
    'headings of one level over items are sections',
    [
      ...head,
      ...[{ text: '要闻', ...named('heading 1') }, '县住建局清理河道。完成投资96万元，惠及群众2000人。'],
      ...[{ text: '乡村', ...named('heading 1') }, '石桥乡抢抓春管。完成投资96万元，惠及群众2000人。'],
      ...foot,
    ],
    [
      ['要闻', '县住建局清理河道'],
      ['乡村', '石桥乡抢抓春管'],
    ],
  ],
];

describe('the looks of a Word document decide where its text does not', () => {
  it.each([...ambiguous, ...plain])('%s', async (_, lines, expected) => {
    expect(outline(await read(lines))).toEqual(expected);
  });

  it.each(ambiguous)('without looks it is not known that %s', async (_, lines, expected) => {
    expect(outline(await read(lines.map((line) => (typeof line === 'string' ? line : line.text))))).not.toEqual(
      expected,
    );
  });

  it.each(['清风', '青陵之声', '工作信息交流园地'])('the large red line is the masthead: %s', async (name) => {
    const { series, warnings } = await read([
      ...['青陵县委办公室文件汇编', { text: name, ...large }, ...head.slice(1)],
      ...[{ text: '县水利局加快工程修复', ...bold }, body, ...foot],
    ]);
    expect(series).toBe(name);
    expect(warnings.map(({ code }) => code)).not.toContain('series_guessed');
  });

  it.each<[string, Omit<Set, 'text'>]>([
    ['bold', bold],
    ['in the middle', middle],
    ['a heading', named('heading 1')],
  ])('what all of a text is says nothing: %s', async (_, look) => {
    const lines = [...head, '【防汛】', '县水利局加快修复。完成投资，保障供水。（县水利局）', ...foot];
    expect(outline(await read(lines.map((text) => ({ text, ...look }))))).toEqual(outline(await read(lines)));
  });

  it.each(['一是抓排查整改', '（二）抓整改', '2.抓整改', '一要加强领导'])(
    'a bold point of a list begins no item: %s',
    async (point) => {
      const lines = ['县水利局加快工程修复', body, { text: point, ...bold }, body, '县教体局推进校园安全', other];
      const plain = lines.map((line) => (typeof line === 'string' ? line : line.text));
      expect(outline(await read([...head, ...lines, ...foot]))).toEqual(
        outline(await read([...head, ...plain, ...foot])),
      );
    },
  );
});

it('a Word document without looks reads as its text', async () => {
  for (let index = 0; index < 40; index += 1) {
    const text = generate(1107, index).text.replace(/\r\n?/g, '\n').replaceAll('\f', '');
    const plain = parseBulletinText(text);
    const word = await readBulletinFile(asWordFile(text));
    if (plain.kind === 'bulletin' && word.kind === 'bulletin') expect(word.bulletin).toEqual(plain.bulletin);
    else expect(word).toEqual(plain);
  }
});

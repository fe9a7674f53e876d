import { para, row, run, table, wordFile } from '../../../../test/word-file.js';
import type { DocumentLine } from '../document-text.js';
import { readDocument } from '../read-document.js';

type WordFile = Parameters<typeof wordFile>[0];
const lines = async (body: string, more: Partial<WordFile> = {}): Promise<DocumentLine[]> =>
  (await readDocument(wordFile({ body, ...more }), 'zip')).lines;
const style = (id: string, inside: string, more = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"${more}>${inside}</w:style>`;
const text = para('一段普通的正文，占了全文的大部分。'.repeat(3));

/** The look of the first line; the second one is plain text. */
const lookOf = async (paragraph: string, styles?: string) =>
  (await lines(paragraph + text, styles === undefined ? {} : { styles })).find((line) => line.look)!.look!;

describe('the looks of a paragraph of a Word document', () => {
  const styles =
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>' +
    style('Normal', '<w:name w:val="Normal"/>', ' w:default="1"') +
    style(
      '1',
      '<w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr>',
    ) +
    style('heir', '<w:name w:val="刊头"/><w:basedOn w:val="1"/><w:rPr><w:color w:val="FF0000"/></w:rPr>') +
    style('thin', '<w:name w:val="薄"/><w:basedOn w:val="1"/><w:rPr><w:b w:val="0"/></w:rPr>') +
    style('2', '<w:name w:val="标题 2"/>') +
    style('loop', '<w:name w:val="loop"/><w:basedOn w:val="loop"/>') +
    '<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>';
  const styled = (id: string, more = '') => para(run('县水利局加快工程', more), `<w:pStyle w:val="${id}"/>`);

  it.each<[string, string, object]>([
    [
      'none of its own',
      para('县水利局'),
      { bold: false, centred: false, red: false, size: 1, heading: null, lead: null },
    ],
    [
      'of its own',
      para(run('县水利局', '<w:b/><w:color w:val="C00000"/><w:sz w:val="48"/>'), '<w:jc w:val="center"/>'),
      { bold: true, red: true, size: 1.5, centred: true },
    ],
    ['of its style', styled('1'), { bold: true, centred: true, size: 1.38, heading: 1, style: 'heading 1' }],
    [
      'of the style that its own is based on',
      styled('heir'),
      { bold: true, red: true, size: 1.38, heading: 1, style: '刊头' },
    ],
    ['taken back by its style', styled('thin'), { bold: false, centred: true }],
    ['taken back by itself', styled('1', '<w:b w:val="0"/><w:sz w:val="32"/>'), { bold: false, size: 1 }],
    ['of the style of its letters', para(run('县水利局', '<w:rStyle w:val="strong"/>')), { bold: true }],
    ['thin for being bold twice', styled('1', '<w:rStyle w:val="strong"/>'), { bold: false }],
    ['a heading by the name of its style alone', styled('2'), { heading: 2, style: '标题 2' }],
    ['a heading of its own', para(run('县水利局'), '<w:outlineLvl w:val="2"/>'), { heading: 3 }],
    ['no heading any more', para(run('县水利局'), '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'), { heading: null }],
    ['a style that is based on itself', styled('loop'), { bold: false, style: 'loop' }],
    ['a style that nobody defined', styled('nobody'), { bold: false, size: 1 }],
    ['a bold face', para(run('县水利局', '<w:rFonts w:eastAsia="方正小标宋简体"/>')), { bold: true }],
    ['bold but for its full stop', para(run('县水利局加快工程修复', '<w:b/>') + run('。')), { bold: true }],
    [
      'a bold beginning',
      para(run('县水利局', '<w:b/>') + run('加快工程修复，完成投资。')),
      { bold: false, lead: '县水利局' },
    ],
    ['letters spread over the line', para(run('县水利局'), '<w:jc w:val="distribute"/>'), { centred: true }],
    ['a dark colour that is not red', para(run('县水利局', '<w:color w:val="1F3864"/>')), { red: false }],
    [
      'those before a change',
      para(
        run('县水利局', '<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>'),
        '<w:pPrChange><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange>',
      ),
      { bold: false, centred: false },
    ],
  ])('%s', async (_, paragraph, look) => {
    expect(await lookOf(paragraph, styles)).toMatchObject(look);
  });

  it('each line of a paragraph has its own', async () => {
    const [first, second] = await lines(para(`${run('政务快报', '<w:b/>')}<w:r><w:br/></w:r>${run('第7期')}`) + text);
    expect([first, second]).toMatchObject([
      { text: '政务快报', look: { bold: true } },
      { text: '第7期', look: { bold: false } },
    ]);
  });

  it('a row is bold where all of it is', async () => {
    const bold = (words: string) => para(run(words, '<w:b/>'));
    const [one, other] = await lines(table(row(bold('甲'), bold('乙')), row(bold('丙'), '丁')) + text);
    expect([one!.look!.bold, other!.look!.bold]).toEqual([true, false]);
  });

  it('text that its style hides stands aside', async () => {
    const file = wordFile({
      body: para(run('机密'), '<w:pStyle w:val="h"/>') + text,
      styles: style('h', '<w:rPr><w:vanish/></w:rPr>'),
    });
    const { lines: shown, aside } = await readDocument(file, 'zip');
    expect(shown.map((line) => line.text).join('')).not.toContain('机密');
    expect(aside).toContain('机密');
  });
});

describe('where a paragraph stands', () => {
  it.each<[string, string, string]>([
    ['at the edge', '', '甲'],
    ['two letters in', '<w:ind w:firstLineChars="200" w:firstLine="640"/>', '　　甲'],
    ['two letters in by measure', '<w:ind w:firstLine="400"/>', '　　甲'],
    ['in by a hair', '<w:ind w:firstLine="100"/>', '甲'],
    ['hanging', '<w:ind w:left="400" w:hanging="400"/>', '甲'],
    ['far in', '<w:ind w:left="2000"/>', `${'　'.repeat(10)}甲`],
    ['in the middle, whatever it is indented', '<w:ind w:firstLineChars="200"/><w:jc w:val="center"/>', '甲'],
  ])('%s', async (_, properties, line) => {
    expect((await lines(para('甲', properties) + text))[0]!.text).toBe(line);
  });

  it('blanks that were typed are not doubled', async () => {
    expect((await lines(para(run('　　甲'), '<w:ind w:firstLineChars="200"/>') + text))[0]!.text).toBe('　　甲');
  });

  it.each<[string, string, string[]]>([
    ['a break in a paragraph', para(run('甲') + '<w:r><w:br w:type="page"/></w:r>' + run('乙')), ['甲', '\f', '乙']],
    ['a paragraph that begins a page', para('甲') + para('乙', '<w:pageBreakBefore/>'), ['甲', '\f', '乙']],
    ['the first paragraph, which begins one anyway', para('甲', '<w:pageBreakBefore/>') + para('乙'), ['甲', '乙']],
    ['the end of a section', para('甲', '<w:sectPr/>') + para('乙'), ['甲', '\f', '乙']],
    [
      'the end of a section within a page',
      para('甲', '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + para('乙'),
      ['甲', '乙'],
    ],
    ['a column that ends', para(run('甲') + '<w:r><w:br w:type="column"/></w:r>' + run('乙')), ['甲', '乙']],
  ])('a page ends at %s', async (_, body, expected) => {
    expect((await lines(body)).map((line) => line.text)).toEqual(expected);
  });
});

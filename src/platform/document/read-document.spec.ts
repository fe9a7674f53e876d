import { para, row, run, table, textBox, wordFile } from '../../../test/word-file.js';
import { zipFile } from '../../../test/zip-file.js';
import { documentKind } from './document-kind.js';
import { readDocument } from './read-document.js';

const linesOf = async (body: string, more: Omit<Parameters<typeof wordFile>[0], 'body'> = {}) =>
  (await readDocument(wordFile({ body, ...more }), 'zip')).lines.map(({ text }) => text);

describe('the lines of a Word document', () => {
  it.each([
    ['runs of one paragraph', para(run('第') + run('101', '<w:b/>') + run('期')), ['第101期']],
    [
      'a line break and a tab',
      para(`<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>`),
      ['甲\t乙', '丙'],
    ],
    ['tab stops, which are no tabs', para(run('甲'), '<w:tabs><w:tab w:val="left"/></w:tabs>'), ['甲']],
    ['an insertion', para(`<w:ins>${run('新')}</w:ins>${run('文')}`), ['新文']],
    ['a deletion', para(`<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>${run('文')}`), ['文']],
    [
      'what was moved',
      para(`<w:moveFrom>${run('甲')}</w:moveFrom>${run('乙')}<w:moveTo>${run('甲')}</w:moveTo>`),
      ['乙甲'],
    ],
    ['a deleted paragraph mark', para(run('前'), '<w:rPr><w:del/></w:rPr>') + para('后'), ['前后']],
    ['hidden text', para(run('看') + run('不见', '<w:vanish/>') + run('见', '<w:vanish w:val="0"/>')), ['看见']],
    [
      'a field',
      para(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText><w:t>码</w:t></w:r>' +
          `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('3月')}<w:r><w:fldChar w:fldCharType="end"/></w:r>${run('底')}`,
      ),
      ['3月底'],
    ],
    [
      'a field that never ends',
      para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run('甲')) + para('乙'),
      ['', '乙'],
    ],
    [
      'a text box, once, before its paragraph',
      para(textBox(para('青陵政务快报')) + run('第7期')),
      ['青陵政务快报', '第7期'],
    ],
    ['a row', table(row('第7期', '县政府办', '4月3日')), ['第7期    县政府办    4月3日']],
    ['a row of long cells', table(row(para('甲') + para('乙'), '丙')), ['甲', '乙', '丙']],
    ['a deleted row', table(`<w:tr><w:trPr><w:del/></w:trPr><w:tc>${para('旧')}</w:tc></w:tr>`, row('新')), ['新']],
    ['a table in a cell', table(row(table(row('甲', '乙')) + para('丙'))), ['甲    乙', '丙']],
    ['a content control', `<w:sdt><w:sdtContent>${para('甲')}</w:sdtContent></w:sdt>`, ['甲']],
    [
      'readings above characters',
      para('<w:ruby><w:rt><w:r><w:t>yuán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>垣</w:t></w:r></w:rubyBase></w:ruby>'),
      ['垣'],
    ],
    ['signs of XML', para('a&b<c'), ['a&b<c']],
  ])('%s', async (_, body, lines) => {
    expect(await linesOf(body)).toEqual(lines);
  });

  describe('with numbers that stand nowhere as text', () => {
    const level = (n: number, format: string, text: string, more = '') =>
      `<w:lvl w:ilvl="${n}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`;
    const numbering =
      `<w:abstractNum w:abstractNumId="0">${level(0, 'chineseCountingThousand', '%1、', '<w:pStyle w:val="2"/>')}${level(1, 'decimal', '（%2）')}${level(2, 'decimal', '%2.%3')}</w:abstractNum>` +
      `<w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '\uf0b7')}</w:abstractNum>` +
      '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>' +
      '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>';
    const styles =
      '<w:style w:styleId="2"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style><w:style w:styleId="3"><w:basedOn w:val="2"/></w:style>';
    const listed = (text: string, list: number, at = 0) =>
      para(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr>`);
    const numbered = (body: string) => linesOf(body, { numbering, styles });

    it.each([
      [
        'in Chinese, level under level',
        listed('甲', 5) + listed('乙', 5, 1) + listed('丙', 5, 1) + listed('丁', 5) + listed('戊', 5, 1),
        ['一、甲', '（1）乙', '（2）丙', '二、丁', '（1）戊'],
      ],
      [
        'of several levels in one',
        listed('甲', 5) + listed('乙', 5, 1) + listed('丙', 5, 2),
        ['一、甲', '（1）乙', '1.1 丙'],
      ],
      [
        'by style, and its heir',
        para('甲', '<w:pStyle w:val="2"/>') + para('乙', '<w:pStyle w:val="3"/>'),
        ['一、甲', '二、乙'],
      ],
      [
        'none where the paragraph says so',
        para('甲', '<w:pStyle w:val="2"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ['甲'],
      ],
      ['that begin anew', listed('甲', 5) + listed('乙', 7), ['一、甲', '一、乙']],
      ['that are marks', listed('甲', 6), ['● 甲']],
      [
        'not in front of nothing',
        listed('甲', 5) + para('<w:r/>', '<w:numPr><w:numId w:val="5"/></w:numPr>') + listed('乙', 5),
        ['一、甲', '', '二、乙'],
      ],
      [
        'beyond ten',
        Array.from({ length: 21 }, () => listed('甲', 5)).join(''),
        expect.arrayContaining(['十、甲', '十一、甲', '二十、甲', '二十一、甲']),
      ],
    ])('%s', async (_, body, lines) => {
      expect(await numbered(body)).toEqual(lines);
    });
  });

  it('stand apart from headers, footers, notes, hidden text, text boxes and properties', async () => {
    const { lines, aside } = await readDocument(
      wordFile({
        body: para(run('正文') + run('机', '<w:vanish/>') + run('密', '<w:vanish/>')),
        header: para('页眉'),
        footer: para('页脚'),
        title: '题目',
        custom: { 密级: '机密' },
      }),
      'zip',
    );
    expect(lines.map(({ text }) => text)).toEqual(['正文']);
    expect(aside.sort()).toEqual(['题目', '页眉', '页脚', '机密', '机密', '密级：机密'].sort());
  });
});

describe('a file that is refused with a sentence', () => {
  const deep = '<w:tbl><w:tr><w:tc>'.repeat(400) + '</w:tc></w:tr></w:tbl>'.repeat(400);
  it.each<[string, () => Buffer, RegExp]>([
    ['a workbook', () => zipFile({ 'xl/workbook.xml': '<workbook/>' }), /Excel/],
    ['an OFD', () => zipFile({ 'OFD.xml': '<OFD/>' }), /OFD/],
    ['an .odt', () => zipFile({ 'content.xml': '<x/>' }), /另存为 \.docx/],
    ['any other zip', () => zipFile({ 'a.txt': 'a' }), /压缩文件/],
    ['one that is cut off', () => wordFile({ body: para('甲') }).subarray(0, 300), /损坏/],
    [
      'one with a password',
      () => zipFile({ 'word/document.xml': { content: '<w:document xmlns:w="x"/>', flags: 1 } }),
      /密码/,
    ],
    ['one that is not well formed', () => zipFile({ 'word/document.xml': '<document><body>' }), /损坏/],
    [
      'one with a document type',
      () => zipFile({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><document/>' }),
      /损坏/,
    ],
    ['nested without end', () => wordFile({ body: deep }), /损坏/],
    ['a million paragraphs', () => wordFile({ body: '<w:p/>'.repeat(1_000_000) }), /太大/],
    ['one text of 70 MB', () => wordFile({ body: para(run('字'.repeat(25_000_000))) }), /太大|损坏/],
    [
      'a bomb beside the text',
      () => wordFile({ body: para('甲'), header: `<w:p>${' '.repeat(80_000_000)}</w:p>` }),
      /太大/,
    ],
  ])('%s', async (_, make, sentence) => {
    await expect(readDocument(make(), 'zip')).rejects.toThrow(sentence);
  });

  it.each<[string, Parameters<typeof wordFile>[0]]>([
    ['in its properties', { body: '<w:p/>'.repeat(200_000), custom: { 密级: '机密' } }],
    ['in its header', { body: '<w:p/>'.repeat(200_000), header: para('机密') }],
    ['on its page', { body: para('机密') + '<w:p/>'.repeat(200_000) }],
    [
      'in the properties of a workbook',
      { body: '', custom: { 密级: '机密' }, entries: { 'word/document.xml': '<x/>' } },
    ],
  ])('tells what had been seen %s', async (_, file) => {
    await expect(readDocument(wordFile(file), 'zip')).rejects.toMatchObject({
      aside: expect.arrayContaining(['机密']) as string[],
    });
  });

  it('is stopped when its time is over, and the next one is read all the same', async () => {
    await expect(readDocument(wordFile({ body: para('甲').repeat(50_000) }), 'zip', 1)).rejects.toThrow(/太大/);
    expect(await linesOf(para('甲'))).toEqual(['甲']);
  });
});

it.each([
  [wordFile({ body: '' }), 'zip'],
  [zipFile({}), 'zip'],
  [Buffer.from('%PDF-1.7\n'), 'pdf'],
  [Buffer.from('\ufeff\n%PDF-1.4\n'), 'pdf'],
  [Buffer.from('%PDF 是什么格式\n第7期'), null],
  [Buffer.from('PK赛简报\n第7期'), null],
  [Buffer.from('P'), null],
  [Buffer.alloc(0), null],
])('a file is what it begins like, and a text that begins with PK is none (%#)', (bytes, expected) => {
  expect(documentKind(bytes)).toBe(expected);
});

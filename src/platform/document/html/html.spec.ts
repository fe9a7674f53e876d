import { documentKind } from '../document-kind.js';
import { readDocument } from '../read-document.js';

const read = (html: string | Buffer) => readDocument(Buffer.from(html), 'html');
const linesOf = async (html: string) => (await read(html)).lines.map(({ text }) => text);

describe('the lines of a web page', () => {
  it.each<[string, string, string[]]>([
    ['paragraphs', '<p>甲</p><p>乙', ['甲', '乙']],
    ['line breaks', '<p>甲<br>乙<br/>丙</p>', ['甲', '乙', '丙']],
    ['sections in sections', '<section><section>甲<section>乙</section></section>丙</section>', ['甲', '乙', '丙']],
    ['words in one line', '<p>第<span>7</span><b>期</b></p>', ['第7期']],
    ['blanks and line ends of the source', '<p>\n  第7期\n  2025年 </p>', ['第7期 2025年']],
    ['blanks that were typed', '<p>&nbsp;&nbsp;甲　　乙</p>', ['\u00a0\u00a0甲　　乙']],
    ['what is kept as it was typed', '<pre>甲   乙\n丙</pre>', ['甲   乙', '丙']],
    ['signs', '<p>a&amp;b&lt;c&#x4e2d;&ldquo;</p>', ['a&b<c中“']],
    ['an empty paragraph', '<p>甲</p><p></p><p>乙</p>', ['甲', '', '乙']],
    ['a row of cells', '<table><tr><td>第7期</td><td><p>县政府办</p></td></tr><tr><td>甲', ['第7期    县政府办', '甲']],
    ['a table that sets the page', '<table><tr><td><p>甲</p><p>乙</p></td></tr></table>', ['甲', '乙']],
    ['a numbered list', '<ol start="3"><li>甲</li><li>乙</li></ol>', ['3. 甲', '4. 乙']],
    ['a list with marks, and one without', '<ul><li>甲</ul><ul style="list-style:none"><li>乙</ul>', ['● 甲', '乙']],
    ['readings above characters', '<p><ruby>垣<rt>yuán</rt></ruby></p>', ['垣']],
    ['scripts and styles', '<p>甲</p><script>var a="<p>乙</p>"</script><style>p{}</style>', ['甲']],
    ['notes of the source', '<p>甲<!-- 乙 --></p>', ['甲']],
    ['a first line that stands in', '<p style="text-indent:2em">甲</p>', ['　　甲']],
    ['a page break', '<p>甲</p><p style="page-break-before:always">乙</p>', ['甲', '\f', '乙']],
    ['a sign that ends nothing', '<p>甲</b></div>乙</p>', ['甲乙']],
    ['what is deleted', '<p><del>旧</del><ins>新</ins></p>', ['新']],
  ])('%s', async (_, html, lines) => {
    expect(await linesOf(html)).toEqual(lines);
  });

  it.each([
    ['display', '<p style="display:none">机密</p>'],
    ['visibility', '<p style="visibility: hidden">机密</p>'],
    ['no size', '<p><span style="font-size:0">机密</span></p>'],
    ['an attribute', '<p hidden>机密</p>'],
    ['the style of Word', '<span style="mso-hide:all">机密</span>'],
    ['a style sheet', '<style>.no{display:none} @media print{.yes{display:none}}</style><p class="no">机密</p>'],
    ['a note of the source', '<!-- 机密 -->'],
    ['words for a picture', '<img alt="机密">'],
    ['a description of the page', '<meta name="keywords" content="机密">'],
    ['its title', '<title>机密</title>'],
    ['a field of a form', '<input type="hidden" value="机密">'],
  ])('what %s hides is no text, and is seen all the same', async (_, hidden) => {
    const { lines, aside } = await read(`<html><body>${hidden}<p class="yes">青陵政务快报</p><p>第7期</p>`);
    expect(lines.map(({ text }) => text)).toEqual(['青陵政务快报', '第7期']);
    expect(aside).toContain('机密');
  });

  it.each<[string, string, object]>([
    ['bold type', '<b>县水利局</b>', { bold: true }],
    ['bold by its style', '<span style="font-weight:700">县水利局</span>', { bold: true }],
    ['thin within bold', '<b><span style="font-weight:normal">县水利局</span></b>', { bold: false }],
    ['red letters', '<font color="#FF0000">县水利局</font>', { red: true }],
    [
      'red by name and by number',
      '<span style="color: rgb(192, 0, 0)">县水<i style="color:red">利局</i></span>',
      { red: true },
    ],
    ['blue letters', '<span style="color:#00f">县水利局</span>', { red: false }],
    ['large letters', '<span style="font-size:24pt">县水利局</span>', { size: 2 }],
    ['letters twice as large', '<span style="font-size:200%">县水利局</span>', { size: 2 }],
    ['a heading', '<h2>县水利局</h2>', { heading: 2, bold: true, size: 1.5 }],
    ['the middle of the page', '<div align="center">县水利局</div>', { centred: true }],
    ['the middle of the page by a style sheet', '<div class="mid">县水利局</div>', { centred: true }],
    ['a bold beginning', '<b>县水利局</b>加快修复', { bold: false, lead: '县水利局' }],
  ])('looks: %s', async (_, html, look) => {
    const text = '<p>正文正文正文正文正文正文正文正文正文</p>';
    const { lines } = await read(`<style>.mid { text-align : center }</style>${html}${text}`);
    expect(lines[0]!.look).toMatchObject(look);
  });
});

const article = [
  '青陵政务快报',
  '第7期',
  '青陵县人民政府办公室 2025年4月3日',
  '县水利局加快工程修复',
  '近日，县水利局排查隐患31处。',
];
const body = article.map((line) => `<p><span>${line}</span></p>`).join('');

describe('the page of a site around a bulletin', () => {
  it('as WeChat sends it, whose script shows the article', async () => {
    const { lines, heads } = await read(
      `<!DOCTYPE html><html><head><title>青陵发布</title><script>var a = 1</script></head><body><h1 id="activity-name">青陵政务快报</h1>
       <div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">${body}</div>
       <div>微信扫一扫关注该公众号</div><div style="display:none">知道了</div></body></html>`,
    );
    expect(lines.map(({ text }) => text)).toEqual(article);
    expect(heads).toEqual([{ text: '青陵发布' }]);
  });

  it('with menus, which are left out with a word of it', async () => {
    const links = (words: string[]) => words.map((word) => `<li><a href="/${word}">${word}</a></li>`).join('');
    const { lines, remarks } = await read(
      `<html><body><ul>${links(['首页', '政务公开', '互动交流', '走进青陵'])}</ul>${body}</body></html>`,
    );
    expect(lines.map(({ text }) => text)).toEqual(article);
    expect(remarks).toMatchObject([{ text: expect.stringMatching(/共4行/) as string }]);
  });

  it.each([
    [
      'headlines that lead to their texts',
      '<p><a href="/1.html">县水利局加快工程修复</a></p><p>近日，排查隐患31处。</p>',
    ],
    [
      'contents that lead down the page',
      '<p><a href="#1">甲</a></p><p><a href="#2">乙</a></p><p><a href="#3">丙</a></p>',
    ],
  ])('%s are kept', async (_, html) => {
    const { lines, remarks } = await read(`${html}<p>正文</p>`);
    expect(lines).toHaveLength(html.split('<p>').length);
    expect(remarks).toEqual([]);
  });
});

describe('a page in another encoding', () => {
  const page = (charset: string) => `<html><head><meta charset="${charset}"></head><body><p>a</p>`;
  it.each([
    ['UTF-8 with its mark', Buffer.from(`\ufeff<html><p>中文</p>`)],
    ['GB18030', Buffer.concat([Buffer.from(page('gb2312')), Buffer.from('d6d0cec4', 'hex')])],
    ['Big5', Buffer.concat([Buffer.from(page('big5')), Buffer.from('a4a4a4e5', 'hex')])],
    ['UTF-16', Buffer.from(`\ufeff<html><p>中文</p>`, 'utf16le')],
  ])('%s', async (_, bytes) => {
    expect(documentKind(bytes)).toBe('html');
    expect((await readDocument(bytes, 'html')).lines.at(-1)!.text).toBe('中文');
  });
});

it.each([
  ['<!DOCTYPE html><html>', 'html'],
  ['\n <HTML lang="zh">', 'html'],
  ['<?xml version="1.0"?>\n<html xmlns="x">', 'html'],
  ['<!-- saved from url=(0014)about:internet -->\n<html>', 'html'],
  ['<p>青陵政务快报</p><p>第7期</p>', 'html'],
  ['<div>青陵政务快报<br>第7期</div>', 'html'],
  ['<p align="center">青陵政务快报</p>\n第7期\n青陵县\n正文\n正文\n正文', null],
  ['<青陵政务快报>\n第7期', null],
  ['<b>青陵政务快报</b>\n\n第7期\n正文', null],
  ['a < b', null],
  ['# 青陵政务快报\n<br>\n第7期', null],
])('%j is what it is', (text, kind) => {
  expect(documentKind(Buffer.from(text))).toBe(kind);
});

describe('a page that is made to hurt', () => {
  it.each<[string, () => string, RegExp]>([
    ['without text', () => '<html><script>1</script>', /没有文字/],
    ['with pictures alone', () => '<html><img src="a.png">', /没有文字/],
    ['nested without end', () => '<html>' + '<div>'.repeat(200_000) + '甲', /损坏.*粘贴/],
    ['of a million lines', () => '<html>' + '<p>甲</p>'.repeat(1_000_000), /太大/],
    ['of one long line', () => '<html>' + '字'.repeat(5_000_000), /太大/],
    ['with zero bytes', () => '<html>\0\0\0', /损坏/],
  ])('%s is refused in words', async (_, make, sentence) => {
    await expect(read(make())).rejects.toThrow(sentence);
  });

  it.each<[string, () => string]>([
    ['signs that never end', () => '<p>甲</p>' + '<'.repeat(500_000)],
    ['ends without beginnings', () => '<p>甲</p>' + '</div>'.repeat(200_000)],
    ['a style sheet without end', () => `<style>${'@media{a{}'.repeat(50_000)}</style><p>甲</p>`],
    ['an attribute without end', () => `<p>甲</p><p style="${'color:red;'.repeat(100_000)}">`],
  ])('%s is read to what there is', async (_, make) => {
    expect((await read(make())).lines[0]!.text).toBe('甲');
  });
});

import { textCell, workbookFile, type WorkbookXml } from './workbook-file.js';

const megabyte = 1024 * 1024;
const head = `<row r="1">${textCell('姓名')}${textCell('手机')}</row>`;
const book = (data: string, more: Partial<WorkbookXml> = {}) =>
  workbookFile({ sheets: [{ name: '名单', data }], ...more });
const lines = (count: number, row: (n: number) => string) => Array.from({ length: count }, (_, n) => row(n)).join('');
const numbered = lines(1_048_575, (n) => `<row r="${n + 2}"/>`);

/** Files made to take all memory or time, or that broken programs write; each with what its refusal says. */
export const hostileFiles: readonly (readonly [string, () => Buffer, RegExp])[] = [
  [
    'a cell at XFD1048576',
    () => book(`${head}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`),
    /1048576行.*超过上限/,
  ],
  ['a cell at XFD1', () => book(`<row r="1"><c r="XFD1"><v>1</v></c></row>`), /XFD列.*超过上限60列/],
  ['a cell beyond the last column', () => book(`<row r="1"><c r="XFE1"><v>1</v></c></row>`), /损坏/],
  ['a row beyond the last', () => book(`<row r="9999999999"><c><v>1</v></c></row>`), /损坏/],
  ['rows that go back', () => book(`<row r="9"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>`), /损坏/],
  ['a row of 16,384 cells', () => book(`<row>${'<c><v>1</v></c>'.repeat(16_384)}</row>`), /超过上限60列/],
  ['300,000 rows', () => book(lines(300_000, () => '<row><c><v>1</v></c></row>')), /超过上限51000行/],
  ['empty rows without end', () => book(head + '<row/>'.repeat(1_100_000)), /损坏|展开后太大/],
  [
    'one text used three million times',
    () =>
      book(
        lines(50_000, () => `<row>${'<c t="s"><v>0</v></c>'.repeat(60)}</row>`),
        { strings: `<si><t>${'长'.repeat(2000)}</t></si>` },
      ),
    /内容已经太多/,
  ],
  [
    'a text of 12 MB',
    () => book(`<row><c t="inlineStr"><is><t>${'a'.repeat(12 * megabyte)}</t></is></c></row>`),
    /太大/,
  ],
  ['an attribute of 12 MB', () => book(`<row r="${'1'.repeat(12 * megabyte)}"/>`), /太大/],
  ['a comment of 12 MB', () => book(`<!--${'a'.repeat(12 * megabyte)}-->`), /太大/],
  ['a text of many runs', () => book('', { strings: `<si>${'<r><t>a</t></r>'.repeat(40_000)}</si>` }), /太大/],
  ['millions of texts', () => book('', { strings: '<si/>'.repeat(2_100_000) }), /太大/],
  ['millions of formats', () => book('', { styles: `<cellXfs>${'<xf/>'.repeat(200_000)}</cellXfs>` }), /损坏/],
  ['12 MB of nothing', () => book(' '.repeat(12 * megabyte)), /太大/],
  ['elements 100,000 deep', () => book('<a>'.repeat(100_000)), /损坏/],
  ['a document type with entities', () => withDoctype(), /损坏/],
  ['not closed', () => Buffer.from(book(head)).subarray(0, -30), /损坏/],
  ['XML that breaks off', () => book('<row><c t="s"><v>1'), /损坏/],
  ['a million entries', () => withCount(book(head), 65_535), /损坏/],
  ['a directory that points behind the file', () => withOffset(book(head)), /损坏/],
  ['an entry that lies about its size', () => lying(), /太大/],
  [
    'a relationship to itself',
    () => book('', { more: { 'xl/_rels/workbook.xml.rels': selfRelation } }),
    /没有内容|损坏/,
  ],
  ['CSV of 9 million rows', () => Buffer.from('a\n'.repeat(9_000_000)), /超过上限51000行/],
  ['one line of 19 MB', () => Buffer.from('a'.repeat(19 * megabyte)), /超过2000个字/],
  ['one line of 19 MB in cells', () => Buffer.from('a,'.repeat(9 * megabyte)), /超过上限60列/],
  ['quotes that never close', () => Buffer.from('"a,'.repeat(6 * megabyte)), /超过上限60列/],
  ['rows of quotes that never close', () => Buffer.from(`${'"a,'.repeat(59)}a\n`.repeat(100_000)), /超过上限51000行/],
  ['a quote and 19 MB of lines', () => Buffer.from(`a,b\n"${'a\n'.repeat(9 * megabyte)}`), /超过上限51000行/],
  ['19 MB of quotes', () => Buffer.from('"'.repeat(19 * megabyte)), /超过2000个字/],
  ['a number sign and 19 MB', () => Buffer.from(`#${'＃'.repeat(6 * megabyte)}`), /超过2000个字/],
];

/** Large and odd, and yet nothing but a list. */
export const harmlessFiles: readonly (readonly [string, () => Buffer])[] = [
  ['1,048,576 rows without anything', () => book(head + numbered)],
  [
    '20,000 rows of dressed blanks',
    () => book(head + lines(20_000, (n) => `<row r="${n + 2}">${'<c s="1"/>'.repeat(30)}</row>`)),
  ],
  ['a bomb in front of the archive', () => Buffer.concat([lying(), book(head)])],
  [
    'a picture of 170 MB that nobody needs',
    () => book(head, { more: { 'xl/media/image1.png': { content: Buffer.alloc(170 * megabyte) } } }),
  ],
  [
    'a hidden sheet that would be refused',
    () =>
      workbookFile({
        sheets: [
          { name: '名单', data: head },
          { name: '旧', state: 'hidden', data: '<row r="1"><c r="XFD1"><v>1</v></c></row>' },
        ],
      }),
  ],
  ['19 MB of commas below', () => Buffer.from(`姓名,手机\n${','.repeat(19 * megabyte)}`)],
  ['19 million blank lines below', () => Buffer.from(`姓名,手机\n${'\n'.repeat(19 * megabyte)}`)],
  ['19 million CRs, then a line', () => Buffer.from(`姓名,手机\n${'\r'.repeat(19 * megabyte)} \n`)],
  ['a blank in row 60,000', () => book(`${head}<row r="60000">${textCell(' ', 'A60000')}</row>`)],
];

const selfRelation =
  '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="workbook.xml"/></Relationships>';

function withDoctype(): Buffer {
  const entity = (n: number) => `<!ENTITY a${n} "${`&a${n - 1};`.repeat(10)}">`;
  const dtd = `<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">${lines(20, (n) => entity(n + 1))}]>`;
  return book(head, { more: { 'xl/sharedStrings.xml': `${dtd}<sst><si><t>&a20;</t></si></sst>` } });
}

function withCount(bytes: Buffer, count: number): Buffer {
  bytes.writeUInt16LE(count, bytes.length - 12);
  return bytes;
}

function withOffset(bytes: Buffer): Buffer {
  bytes.fill(0x7f, bytes.length - 10, bytes.length - 2);
  return bytes;
}

/** A worksheet of 12 MB that calls itself one of ten bytes. */
function lying(): Buffer {
  const content = Buffer.alloc(12 * megabyte, ' ');
  content.write('<worksheet><!--', 0);
  return book(head, { more: { 'xl/worksheets/sheet1.xml': { content, statedSize: 10 } } });
}

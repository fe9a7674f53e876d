import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bulletin, ParseResult } from './bulletin.js';
import { decodeText } from './decode.js';
import { bulletinJson } from './json.js';
import { parseBulletin, parseBulletinText } from './parse.js';

const fixture = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '../../../test/fixtures/bulletins', `${name}.txt`));
const seed = fixture('seed').toString('utf8');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bom = Uint8Array.of(0xef, 0xbb, 0xbf);
const joined = (...parts: Uint8Array[]): Uint8Array => Buffer.concat(parts);

function bulletinOf(result: ParseResult): Bulletin {
  if (result.kind !== 'bulletin') throw new Error(`${result.kind} ${JSON.stringify(result)}`);
  return result.bulletin;
}

describe('encodings and line ends', () => {
  const plain = bulletinOf(parseBulletinText(seed));

  it.each([
    ['UTF-8', utf8(seed)],
    ['UTF-8 with BOM', joined(bom, utf8(seed))],
    ['CRLF', utf8(seed.replaceAll('\n', '\r\n'))],
    ['CRLF with BOM', joined(bom, utf8(seed.replaceAll('\n', '\r\n')))],
    ['CR', utf8(seed.replaceAll('\n', '\r'))],
    ['a final newline', utf8(`${seed}\n`)],
    ['many final newlines', utf8(`${seed}\n\n\n`)],
  ])('%s gives the same bulletin, line numbers included', (_name, bytes) => {
    expect(bulletinOf(parseBulletin(bytes))).toEqual(plain);
  });

  it('GB18030 with either byte order mark is read like without', () => {
    const bytes = fixture('syn04_gb18030');
    const want = bulletinOf(parseBulletin(bytes));
    expect(want.extra.encoding).toBe('gb18030');
    expect(want.editor).toBe('王㛃');
    expect(bulletinOf(parseBulletin(joined(bom, bytes)))).toEqual(want);
    expect(bulletinOf(parseBulletin(joined(Uint8Array.of(0x84, 0x31, 0x95, 0x33), bytes)))).toEqual(want);
  });

  it('returns the text by line, with newlines only', () => {
    const result = parseBulletin(joined(bom, utf8(seed.replaceAll('\n', '\r\n'))));
    expect(result).toMatchObject({ kind: 'bulletin', text: seed });
  });

  it('invisible characters do not hide a label', () => {
    expect(
      bulletinOf(parseBulletinText(seed.replace('本期发', '本\u200b期发').replace('第 14 期', '第\u200d 14 期')))
        .warnings,
    ).toEqual(plain.warnings);
  });

  it('bytes of no known character are warned of at their line', () => {
    const bytes = fixture('syn04_gb18030');
    const { warnings } = bulletinOf(parseBulletin(joined(bytes, Uint8Array.of(0x20, 0xff, 0x0a))));
    expect(warnings).toEqual([expect.objectContaining({ line: 24, code: 'unreadable_character' })]);
  });

  it('decodes only strict UTF-8 as UTF-8', () => {
    expect(decodeText(utf8('简报'))).toEqual({ text: '简报', encoding: 'utf-8' });
    expect(decodeText(Uint8Array.of(0xbc, 0xf2, 0xb1, 0xa8))).toEqual({ text: '简报', encoding: 'gb18030' });
  });
});

describe('what is no bulletin', () => {
  it.each([
    ['nothing', new Uint8Array(), '没有文字'],
    ['blanks', utf8('  \n\u3000\n\f\n'), '没有文字'],
    ['too much', utf8('简'.repeat(800_000)), '2 MB'],
    ['bytes with NUL', Uint8Array.of(0x61, 0, 0x62), '不是文本'],
    ['a docx', joined(Uint8Array.of(0x50, 0x4b, 3, 4), utf8(seed)), '.docx'],
    ['a pdf', utf8(`%PDF-1.7\n${seed}`), 'PDF'],
    ['UTF-16', joined(Uint8Array.of(0xff, 0xfe), Buffer.from('第1期', 'utf16le')), 'UTF-16'],
    ['noise', Uint8Array.from({ length: 400 }, (_, index) => 128 + ((index * 37) % 128)), '编码'],
    ['one huge line', utf8('县水利局加快修复，'.repeat(70_000)), '期号'],
    ['a letter', utf8('王主任：\n请于第3期培训班前报名。\n此致'), '期号'],
    ['a page of a story', utf8('第三期\n夜里下了一场雨。\n他醒来时，天已经亮了。'), '不像'],
    ['a news article', utf8('县长调研春耕\n4月2日，县长到石桥乡调研。\n责任编辑：李勉'), '期号'],
    ['a head without a body', utf8('青陵快报\n第3期\n青陵县人民政府办公室\n2025年4月3日'), '没有正文'],
  ])('%s is refused with a reason', (_name, bytes, reason) => {
    const result = parseBulletin(bytes);
    if (result.kind !== 'notBulletin') throw new Error(result.kind);
    expect(result.reason).toContain(reason);
  });

  it('pasted text is held to the same bounds', () => {
    expect(parseBulletinText('')).toMatchObject({ kind: 'notBulletin' });
    expect(parseBulletinText('简'.repeat(800_000))).toMatchObject({ kind: 'notBulletin' });
    expect(parseBulletinText('第1期\0')).toMatchObject({ kind: 'notBulletin' });
  });

  it('a paper with a document number and 抄送 is an ordinary paper', () => {
    const paper =
      '青陵县人民政府文件\n青政〔2025〕9号\n青陵县人民政府关于做好防汛工作的通知\n各乡镇人民政府：\n现通知如下。\n抄送：县委办公室，县人大常委会办公室。\n青陵县人民政府办公室  2025年4月3日印发';
    expect(parseBulletinText(paper)).toMatchObject({ kind: 'notBulletin' });
  });
});

describe('hostile input', () => {
  const head = '青陵快报\n第1期\n';
  it.each([
    ['one line of a whole bulletin’s size', `${head}${'县水利局加快修复，'.repeat(60_000)}。`],
    ['brackets that never close', `${head}${'（'.repeat(100_000)}${'】'.repeat(100_000)}`],
    ['a run of blanks', `${head}报${' '.repeat(1_000_000)}x`],
    ['figures and dashes before a mark', `第1期\n${'1-'.repeat(5_000)}秘密不`],
    ['labels without end', `${head}【甲】\n文字。\n${'报：甲。送：乙。'.repeat(20_000)}`],
    ['a distribution that never ends', `${head}【甲】\n文字。\n本期发：甲，\n${'乙，丙\n'.repeat(20_000)}`],
  ])('%s is read to its end', (_name, text) => {
    // What grows with the square of its input would run into the runner's time limit.
    expect(parseBulletinText(text).kind).toMatch(/bulletin/i);
  });

  it('gives at most twenty warnings of a kind, and says how many more there are', () => {
    const { warnings } = bulletinOf(parseBulletinText(`${head}${'【空】\n'.repeat(50)}`));
    const empty = warnings.filter(({ code }) => code === 'empty_section');
    expect(empty).toHaveLength(20);
    expect(empty.at(-1)?.message).toContain('还有 30 处');
  });
});

describe('bulletinJson', () => {
  it('has exactly the public keys, in order', () => {
    const json = bulletinJson(bulletinOf(parseBulletinText(seed))) as {
      sections: { items: object[] }[];
      warnings: object[];
    };
    expect(Object.keys(json)).toEqual([
      'title',
      'series',
      'issueNumber',
      'totalNumber',
      'date',
      'issuer',
      'sections',
      'distribution',
      'editor',
      'reviewer',
      'approver',
      'classification',
      'urgency',
      'warnings',
      'confidence',
      'alternatives',
    ]);
    const [section] = json.sections;
    expect(Object.keys(section ?? {})).toEqual(['name', 'items']);
    expect(Object.keys(section?.items[0] ?? {})).toEqual(['headline', 'body', 'unit', 'author']);
    const [warning] = json.warnings;
    expect(Object.keys(warning ?? {})).toEqual(['line', 'code', 'message']);
  });
});

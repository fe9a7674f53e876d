import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { para, run, wordFile } from '../../test/word-file.js';
import type { Bulletin } from '../domain/bulletin/bulletin.js';
import { readBulletinFile } from './bulletin-file.js';

const fixtures = join(import.meta.dirname, '..', '..', 'test', 'fixtures');
const bulletinIn = async (bytes: Uint8Array): Promise<Bulletin> => {
  const result = await readBulletinFile(bytes);
  if (result.kind !== 'bulletin') throw new Error(JSON.stringify(result));
  return result.bulletin;
};
/** Lines have other numbers, and a text file its encoding. */
const structure = ({ warnings: _, doubts: _doubts, extra, ...facts }: Bulletin) => ({
  ...facts,
  extra: { ...extra, encoding: null },
});

/**
 * Made of the texts in `bulletins` by LibreOffice 7.4, or by the writer of `test/office-style.ts`: set plainly, as the standard
 * for official papers has it, in two columns, below a running head. `name.style.docx`.
 */
describe.each(['word', 'pdf', 'html'])('a document that an office program wrote (%s)', (folder) => {
  const files = readdirSync(join(fixtures, folder)).filter((name) => !name.startsWith('numbered_'));

  it.each(files)('%s has the structure of its text', async (file) => {
    const text = await bulletinIn(readFileSync(join(fixtures, 'bulletins', `${file.split('.')[0]!}.txt`)));
    const document = await bulletinIn(readFileSync(join(fixtures, folder, file)));
    expect(structure(document)).toEqual(structure(text));
  });
});

describe('a Word document', () => {
  it('with a list that numbers itself and a table as its head', async () => {
    const result = await readBulletinFile(readFileSync(join(fixtures, 'word', 'numbered_list_and_table.docx')));
    if (result.kind !== 'bulletin') throw new Error(result.kind);
    const { issueNumber, date, issuer, sections } = result.bulletin;
    expect({ issueNumber, date, issuer }).toEqual({
      issueNumber: 7,
      date: '2025-04-03',
      issuer: '青陵县人民政府办公室',
    });
    expect(sections.flatMap(({ items }) => items.map(({ headline }) => headline)).slice(0, 2)).toEqual([
      '县水利局加快水毁工程修复',
      '县教体局推进校园安全',
    ]);
  });

  const body = [
    '第7期',
    '青陵县人民政府办公室　2025年4月3日',
    '【农业】',
    '县水利局加快工程修复。完成投资96万元。（县水利局）',
    '本期发：县委常委。',
    '责任编辑：李一',
  ];
  it.each<[string, string, string[], string | null]>([
    ['is used where the text has none', '青陵政务快报', body, '青陵政务快报'],
    ['with its number too', '青陵政务快报　第7期', body.slice(1), '青陵政务快报'],
    ['gives way to the one of the text', '信息交流', ['青陵政务快报', ...body], '青陵政务快报'],
    ['that is none is not used', '第 1 页', body, null],
  ])('a masthead in its header %s', async (_, header, lines, series) => {
    const file = wordFile({ body: lines.map((text) => para(run(text))).join(''), header: para(run(header)) });
    expect(await bulletinIn(file)).toMatchObject({ series, issueNumber: 7, date: '2025-04-03' });
  });
});

/** What a file is called says nothing: they are told by their bytes. */
describe('what cannot be read is refused in words', () => {
  const compound = (stream: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(stream, 'utf16le')]);
  it.each<[string, Buffer, RegExp]>([
    ['.doc', compound('WordDocument'), /旧版 Word.*另存为 \.docx/],
    ['.xls', compound('Workbook'), /Excel/],
    ['.ppt', compound('PowerPoint Document'), /演示文稿/],
    ['.wps of Works', compound('MatOST'), /WPS.*另存为 \.docx/],
    ['a .docx with a password', compound('EncryptedPackage'), /密码/],
    ['.rtf', Buffer.from('{\\rtf1\\ansi'), /RTF.*另存为 \.docx/],
    ['.png', Buffer.from('89504e470d0a1a0a00', 'hex'), /图片/],
    ['.jpg', Buffer.from('ffd8ffe000104a46', 'hex'), /图片/],
    ['.gif', Buffer.from('GIF89a\0'), /图片/],
    ['.bmp', Buffer.from('BM\0\0\0\0\0\0'), /图片/],
    ['.tif', Buffer.from('49492a0008000000', 'hex'), /图片/],
    ['.rar', Buffer.from('526172211a0700', 'hex'), /压缩文件.*解压/],
    ['.7z', Buffer.from('377abcaf271c', 'hex'), /压缩文件.*解压/],
    ['.gz', Buffer.from('1f8b0800', 'hex'), /压缩文件.*解压/],
  ])('%s', async (_, bytes, sentence) => {
    expect(await readBulletinFile(bytes)).toMatchObject({
      kind: 'notBulletin',
      reason: expect.stringMatching(sentence) as string,
    });
  });

  it.each(['BM快报', 'GIF动图'])('a text that begins with %s is a text', async (text) => {
    const result = await readBulletinFile(Buffer.from(text));
    expect(JSON.stringify(result)).toMatch(/期号/);
  });
});

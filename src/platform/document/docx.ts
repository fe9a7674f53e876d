import { damaged } from '../office-file/file-fault.js';
import { relationsOf } from '../office-file/relations.js';
import { readPart } from '../office-file/xml-part.js';
import { ZipArchive } from '../office-file/zip-archive.js';
import { DocumentRefused, type DocumentText } from './document-text.js';
import { attribute, ListNumbers } from './list-numbers.js';
import { PageReader } from './page-reader.js';

/** Bytes that the parts we read may unfold to; pictures are never unfolded. */
const largestInflated = 60 * 1024 * 1024;

const besides = new Set(['header', 'footer', 'footnotes', 'endnotes', 'comments']);
const properties = new Set(['core-properties', 'extended-properties', 'custom-properties']);

/** Sentences about a zip that is no Word document. */
const others: readonly (readonly [string, string])[] = [
  ['xl/workbook.xml', '这是 Excel 表格，不是简报。请选择简报的 .docx、.pdf 或 .txt 文件。'],
  ['ppt/presentation.xml', '这是演示文稿，不是简报。请选择简报的 .docx、.pdf 或 .txt 文件。'],
  ['OFD.xml', '这是 OFD 版式文件，不能导入。请用排版前的 Word 或 WPS 文件，或者打开后复制全文，粘贴到导入页。'],
  ['content.xml', '这是 OpenDocument 文件（.odt）。请在 WPS 或 Word 中打开，另存为 .docx 后再导入。'],
];
const archive = '这是压缩文件，不是简报。请解压后选择其中的 .docx、.pdf 或 .txt 文件。';

/**
 * Text of a Word document (.docx, also as WPS writes it). Nothing in it is executed, no link is followed. It works without a
 * pause: see `readDocument`.
 *
 * @throws DocumentRefused where the zip is no such document; FileFault
 */
export function readDocx(bytes: Buffer): DocumentText {
  const zip = new ZipArchive(bytes, largestInflated);
  const outer = [...relationsOf(zip, '').values()];
  const main = outer.find(({ kind, part }) => kind === 'officeDocument' && zip.has(part))?.part ?? 'word/document.xml';
  if (!zip.has(main) || rootOf(zip, main) !== 'document')
    throw new DocumentRefused(others.find(([part]) => zip.has(part))?.[1] ?? archive);
  const inner = [...relationsOf(zip, main).values()].filter(({ part }) => zip.has(part));
  const partOf = (wanted: string) => inner.find(({ kind }) => kind === wanted)?.part ?? null;
  const numbers = new ListNumbers(zip, { numbering: partOf('numbering'), styles: partOf('styles') });
  const body = new PageReader(numbers);
  readPart(zip.pieces(main), body);
  const aside = [...body.aside];
  const heads: string[] = [];
  for (const { kind, part } of inner)
    if (besides.has(kind)) {
      const reader = new PageReader(null);
      readPart(zip.pieces(part), reader);
      aside.push(...reader.lines, ...reader.aside);
      if (kind === 'header') heads.push(...reader.lines);
    }
  for (const { kind, part } of outer) if (properties.has(kind) && zip.has(part)) aside.push(...propertiesIn(zip, part));
  return {
    lines: body.lines.map((text) => ({ text })),
    heads: heads.filter((line) => line.trim() !== '').map((text) => ({ text })),
    aside: aside.filter((line) => line.trim() !== ''),
  };
}

function rootOf(zip: ZipArchive, part: string): string | null {
  let root: string | null = null;
  readPart(zip.pieces(part), { open: (name) => (root ??= name), done: () => root !== null });
  return root;
}

const mostProperties = 2000;

/** `密级：机密` for a property with a name, `机密` for its value. */
function propertiesIn(zip: ZipArchive, part: string): string[] {
  const found: string[] = [];
  let name = '';
  readPart(zip.pieces(part), {
    open: (element, attributes) => {
      if (element === 'property') name = attribute(attributes, 'name');
    },
    text: (text) => {
      if (text.trim() === '') return;
      found.push(text);
      if (name !== '') found.push(`${name}：${text}`);
      if (found.length > mostProperties) throw damaged();
    },
  });
  return found;
}

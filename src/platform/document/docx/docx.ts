import { damaged } from '../../office-file/file-fault.js';
import { relationsOf } from '../../office-file/relations.js';
import { readPart } from '../../office-file/xml-part.js';
import { ZipArchive } from '../../office-file/zip-archive.js';
import { type DocumentLine, DocumentRefused, type DocumentText } from '../document-text.js';
import { usualSize, withRelativeSizes } from '../relative-sizes.js';
import { attribute } from './attributes.js';
import { ListNumbers } from './list-numbers.js';
import { PageReader } from './page-reader.js';
import { Styles } from './styles.js';

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
 * @param seen gets what was read so far, properties first
 * @throws DocumentRefused where the zip is no such document; FileFault
 */
export function readDocx(bytes: Buffer, seen: string[]): DocumentText {
  const zip = new ZipArchive(bytes, largestInflated);
  const outer = [...relationsOf(zip, '').values()];
  for (const { kind, part } of outer) if (properties.has(kind) && zip.has(part)) addProperties(zip, part, seen);
  const aside = [...seen];
  const main = outer.find(({ kind, part }) => kind === 'officeDocument' && zip.has(part))?.part ?? 'word/document.xml';
  if (!zip.has(main) || rootOf(zip, main) !== 'document')
    throw new DocumentRefused(others.find(([part]) => zip.has(part))?.[1] ?? archive);
  const inner = [...relationsOf(zip, main).values()].filter(({ part }) => zip.has(part));
  const partOf = (wanted: string) => inner.find(({ kind }) => kind === wanted)?.part ?? null;
  const styles = new Styles(zip, partOf('styles'));
  const page = (part: string, numbers: ListNumbers | null): PageReader => {
    const reader = new PageReader(styles, numbers);
    try {
      readPart(zip.pieces(part), reader);
    } finally {
      for (const { text } of reader.lines) seen.push(text);
      for (const text of reader.aside) seen.push(text);
    }
    return reader;
  };
  const heads: DocumentLine[] = [];
  for (const { kind, part } of inner)
    if (besides.has(kind)) {
      const reader = page(part, null);
      for (const { text } of reader.lines) aside.push(text);
      aside.push(...reader.aside);
      if (kind === 'header') heads.push(...reader.lines);
    }
  const body = page(main, new ListNumbers(zip, partOf('numbering')));
  aside.push(...body.aside);
  const usual = usualSize(body.lines);
  return {
    lines: withRelativeSizes(body.lines, usual),
    heads: withRelativeSizes(heads, usual).filter(({ text }) => text.trim() !== ''),
    aside: aside.filter((line) => line.trim() !== ''),
  };
}

function rootOf(zip: ZipArchive, part: string): string | null {
  let root: string | null = null;
  readPart(zip.pieces(part), { open: (name) => (root ??= name), done: () => root !== null });
  return root;
}

const mostProperties = 2000;

/** Adds `密级：机密` for a property with a name, `机密` for its value. */
function addProperties(zip: ZipArchive, part: string, seen: string[]): void {
  let [name, count] = ['', 0];
  readPart(zip.pieces(part), {
    open: (element, attributes) => {
      if (element === 'property') name = attribute(attributes, 'name');
    },
    text: (text) => {
      if (text.trim() === '') return;
      seen.push(text);
      if (name !== '') seen.push(`${name}：${text}`);
      count += 1;
      if (count > mostProperties) throw damaged();
    },
  });
}

import type * as Pdfjs from 'pdfjs-dist/legacy/build/pdf.min.mjs';
import { damaged, FileFault, locked, tooLarge } from '../../office-file/file-fault.js';
import { type DocumentLine, DocumentRefused, type DocumentRemark, type DocumentText } from '../document-text.js';
import { wordsBeside } from './beside.js';
import { limitBuffers } from './buffer-limit.js';
import { regionsOf } from './columns.js';
import { withoutFurniture } from './furniture.js';
import { type Glyph, GlyphWalk, type PageGlyphs } from './glyphs.js';
import { isGibberish } from './letters.js';
import type { Matrix } from './matrix.js';
import { linesOf, type PageLine } from './page-lines.js';
import { paragraphsOf } from './paragraphs.js';
import { carefully, loadPdfjs } from './pdf-library.js';
import { segmentsOf } from './segments.js';

/** Far more than any bulletin has. */
const mostPages = 200;

const orPaste = '或者打开后复制全文，粘贴到导入页';
const scanned = `这份 PDF 里没有文字，多半是扫描件或图片，不能导入。请用排版前的 Word 或 WPS 文件（.docx）；如需用扫描件，请先做文字识别，核对后粘贴到导入页。`;
const gibberish = `这份 PDF 里的文字没有编码（复制出来也是乱码），不能导入。请用排版前的 Word 或 WPS 文件（.docx），或者重新导出 PDF。`;
const tooManyPages = (count: number): string =>
  `这份 PDF 有 ${count} 页，一期简报不会超过 ${mostPages} 页。请确认选对了文件，${orPaste}。`;

/**
 * Text of a PDF, its lines, columns and paragraphs rebuilt from where the letters stand. Nothing in it is executed, no link is
 * followed, no picture unpacked. It changes its thread for good: see `readDocument`.
 *
 * @param seen gets what was read so far, what stands beside the pages first
 * @throws DocumentRefused where no text can be read; FileFault
 */
export async function readPdf(bytes: Buffer, seen: string[]): Promise<DocumentText> {
  const pdfjs = await loadPdfjs();
  const isTooLarge = limitBuffers();
  try {
    const document = await pdfjs.getDocument({ ...carefully, data: new Uint8Array(bytes) }).promise;
    const text = await readPages(pdfjs, document, seen);
    if (isTooLarge()) throw tooLarge();
    return text;
  } catch (error) {
    if (error instanceof DocumentRefused && !isTooLarge()) throw error;
    throw faultOf(error, isTooLarge());
  }
}

function faultOf(error: unknown, isTooLarge: boolean): FileFault {
  if (isTooLarge) return tooLarge();
  if (error instanceof FileFault) return error;
  if (error instanceof Error && error.name === 'PasswordException') return locked();
  return damaged(error);
}

async function readPages(pdfjs: typeof Pdfjs, document: Pdfjs.PdfDocument, seen: string[]): Promise<DocumentText> {
  const aside = await wordsBeside(document);
  seen.push(...aside);
  if (document.numPages > mostPages) throw new DocumentRefused(tooManyPages(document.numPages));
  const layers = await document.getOptionalContentConfig().catch(() => null);
  const pages: PageLine[][] = [];
  let [width, height] = [0, 0];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const view = page.getViewport({ scale: 1 });
    [width, height] = [Math.max(width, view.width), Math.max(height, view.height)];
    const walk = new GlyphWalk(pdfjs, {
      ...{ start: view.transform as unknown as Matrix, width: view.width, height: view.height, layers },
      fonts: page.commonObjs,
    });
    const glyphs = walk.walk(await page.getOperatorList({ annotationMode: pdfjs.AnnotationMode.ENABLE }));
    const { main, others } = byDirection(glyphs);
    const lines = regionsOf(segmentsOf(main)).flatMap((region) => linesOf(region, number));
    pages.push(lines);
    const besides = others.flatMap(lineTexts);
    aside.push(...besides);
    seen.push(...besides, ...lines.map(({ text }) => text));
    page.cleanup();
  }
  const { pages: kept, heads } = withoutFurniture(pages, height);
  aside.push(...heads);
  const texts = kept.flat().map(({ text }) => text);
  if (texts.length === 0) throw new DocumentRefused(scanned);
  if (isGibberish(texts.join(''))) throw new DocumentRefused(gibberish);
  const lines = paragraphsOf(kept, width);
  return {
    lines,
    heads: heads.map((text) => ({ text })),
    aside: aside.filter((line) => line.trim() !== ''),
    remarks: pages.flatMap((page, at) => (page.length === 0 ? [emptyPage(lines, at + 1)] : [])),
  };
}

/** A page that is a picture cannot be told from an empty one, for no picture is unpacked. */
const emptyPage = (lines: readonly DocumentLine[], page: number): DocumentRemark => ({
  line: Math.max(1, lines.findLastIndex((line) => (line.page ?? page) < page) + 1),
  code: 'page_without_text',
  text: `PDF 第${page}页没有文字；如是图片或表格的截图，其中的文字没有读取，请核对。`,
});

/** The direction that most of a page is written in; letters that stand otherwise are a watermark or a note in the margin. */
function byDirection({ seen, unseen, noted }: PageGlyphs): { main: Glyph[]; others: Glyph[][] } {
  const sorted = [...seen].sort(([, one], [, other]) => other.length - one.length);
  const main = sorted.find(([degrees]) => degrees % 90 === 0)?.[1] ?? [];
  return { main, others: [...sorted.map(([, glyphs]) => glyphs).filter((some) => some !== main), unseen, noted] };
}

const lineTexts = (glyphs: readonly Glyph[]): string[] =>
  linesOf({ segments: segmentsOf(glyphs), column: '' }, 0).map(({ text }) => text);

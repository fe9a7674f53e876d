import { Parser } from 'htmlparser2';
import { decodeText } from '../../../domain/bulletin/decode.js';
import { damaged } from '../../office-file/file-fault.js';
import { DocumentRefused, type DocumentText } from '../document-text.js';
import { usualSize, withRelativeSizes } from '../relative-sizes.js';
import { HtmlReader } from './html-reader.js';
import type { PageLine } from './page-text.js';

const noText = '这个网页文件里没有文字。请在浏览器中打开网页，复制全文，粘贴到导入页。';
/** So many links one below the other, or in one line, are a menu of the site. */
const aMenu = 3;
/** Where so much of a page's text stands in one place, the rest is what the site has around it. */
const most = 0.4;

/**
 * Text of a web page or of pasted HTML: what a browser shows of it. Nothing in it is executed, nothing is fetched.
 *
 * @param seen gets all words of the page, also those that nobody sees
 * @throws DocumentRefused where it has no text; FileFault
 */
export function readHtml(bytes: Buffer, seen: string[]): DocumentText {
  const reader = new HtmlReader();
  const parser = new Parser(reader, { decodeEntities: true, recognizeSelfClosing: true });
  try {
    parser.write(decoded(bytes));
    parser.end();
  } finally {
    for (const line of [...reader.aside, ...reader.lines.map(({ text }) => text)]) seen.push(line);
  }
  const { shown, beside, menu } = partsOf(reader.lines);
  if (!shown.some(({ text }) => text.trim() !== '')) throw new DocumentRefused(noText);
  const usual = usualSize(shown);
  const lines = withRelativeSizes(
    shown.map(({ text, look }) => ({ text, ...(look ? { look } : {}) })),
    usual,
  );
  return {
    lines,
    heads: reader.title === '' ? [] : [{ text: reader.title }],
    aside: [...reader.aside, ...beside.map(({ text }) => text)].filter((line) => line.trim() !== ''),
    remarks: menu === 0 ? [] : [{ line: 1, code: 'web_page_text', text: menuLeftOut(menu) }],
  };
}

const menuLeftOut = (count: number): string => `网页上成片的链接（栏目导航等，共${count}行）已略去，请核对。`;

function partsOf(all: readonly PageLine[]): { shown: PageLine[]; beside: PageLine[]; menu: number } {
  const letters = (some: readonly PageLine[]): number => some.reduce((sum, { text }) => sum + text.trim().length, 0);
  const open = all.filter(({ hidden }) => hidden === 'no');
  const perhaps = all.filter(({ hidden }) => hidden === 'perhaps');
  // A page whose scripts show its text later hides most of it until then.
  const visible = letters(perhaps) > letters(open) ? all.filter(({ hidden }) => hidden !== 'surely') : open;
  const held = visible.filter((line) => line.held);
  const article = letters(held) >= letters(visible) * most ? held : visible;
  const isMenu = menus(article);
  const shown = article.filter((line) => !isMenu.has(line));
  const kept = new Set(shown);
  return { shown, beside: all.filter((line) => !kept.has(line)), menu: article === visible ? isMenu.size : 0 };
}

function menus(lines: readonly PageLine[]): Set<PageLine> {
  const found = new Set<PageLine>();
  let run: PageLine[] = [];
  const close = (): void => {
    if (run.reduce((sum, { links }) => sum + links, 0) >= aMenu) for (const line of run) found.add(line);
    run = [];
  };
  for (const line of lines)
    if (line.links > 0) run.push(line);
    else if (line.text.trim() !== '') close();
  close();
  return found;
}

const charset = /<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w-]{2,20})/i;

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const stated = charset.exec(bytes.toString('latin1', 0, 4096))?.[1]?.toLowerCase() ?? '';
  try {
    if (/^big5/.test(stated)) return new TextDecoder('big5', { fatal: true }).decode(bytes);
  } catch {
    // It states what it is not.
  }
  const { text } = decodeText(bytes);
  if (text.includes('\0')) throw damaged();
  return text;
}

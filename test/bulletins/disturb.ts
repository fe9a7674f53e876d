import type { Chance } from './drawn.js';
import { spaced } from './head-forms.js';
import type { Row, Truth } from './truth.js';

/** What happens to a bulletin on its way: pages, narrow columns, scanners, web sites, editors of Markdown, encodings. */

type Lines = (rows: readonly Row[], chance: Chance, truth: Truth) => string[];

const texts = (rows: readonly Row[]): string[] => rows.map((row) => row.text);

const pageMarks: ((page: number) => string)[] = [
  (page) => `— ${page} —`,
  (page) => `- ${page} -`,
  (page) => `－${page}－`,
  (page) => `第 ${page} 页 共 9 页`,
  (page) => String(page),
  (page) => `第${page}页`,
];

/** Cuts running text at page ends; `header`: what is printed at the top of each page. */
function paged(rows: readonly Row[], chance: Chance, header: (truth: Truth) => string[], truth: Truth): string[] {
  const mark = chance.ofPaper('page mark', () => chance.one(pageMarks));
  let page = 0;
  return rows.flatMap(({ text, para, zone }) => {
    if (!para || zone === 'note' || text.length < 50 || !chance.yes(0.35)) return [text];
    const at = chance.between(Math.floor(text.length * 0.4), text.length - 14);
    page += 1;
    return [text.slice(0, at), '', mark(page), '', ...header(truth), text.slice(at)];
  });
}

/** Lines of at most `width` characters, as text copied from a page has. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) {
    let end = at + width;
    while (end < text.length && /[，。；：、！？）”》】]/u.test(text.charAt(end)) && end < at + width + 2) end += 1;
    lines.push(text.slice(at, end));
    at += end - at - width;
  }
  return lines;
}

/** The same by width: a figure is half as wide as a character. */
function wrappedByWidth(text: string, width: number): string[] {
  const lines: string[] = [];
  let [line, used] = ['', 0];
  for (const char of text) {
    const wide = /[ -~]/u.test(char) ? 1 : 2;
    if (used + wide > width && !/[，。；：、！？）”》】]/u.test(char)) {
      lines.push(line);
      [line, used] = ['', 0];
    }
    line += char;
    used += wide;
  }
  return [...lines, line];
}

/** Only the words of the form: number, recipients, sign-off. */
const oldForm = (text: string): string =>
  text
    .replace(/^(（?)总第/u, '$1總第')
    .replace(/责任编辑/gu, '責任編輯')
    .replace(/审核/gu, '審核')
    .replace(/签发/gu, '簽發')
    .replace(/^本期发/u, '本期發')
    .replace(/^报：/u, '報：');

const narrowed = (text: string): string =>
  text.replace(/[（）：，；]/gu, (char) => ({ '（': '(', '）': ')', '：': ':', '，': ',', '；': ';' })[char] ?? char);
const widened = (text: string): string =>
  text.replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

const everyRow =
  (change: (text: string, row: Row, chance: Chance) => string | string[]): Lines =>
  (rows, chance) =>
    rows.flatMap((row) => change(row.text, row, chance));

export const disturbances: Record<string, Lines> = {
  none: texts,
  pages: (rows, chance, truth) => paged(rows, chance, () => [], truth),
  'pages with the name and number': (rows, chance, truth) =>
    paged(rows, chance, ({ series, issueNumber }) => [`${series ?? ''}              第${issueNumber}期`], truth),
  'pages with the place, the name and number': (rows, chance, truth) =>
    paged(rows, chance, ({ series, issueNumber }) => [`青石县${series ?? ''}\u3000第${issueNumber}期`], truth),
  'pages with the name': (rows, chance, truth) => paged(rows, chance, ({ series }) => [series ?? ''], truth),
  'form feeds': (rows, chance, truth) =>
    paged(rows, chance, () => [], truth).map((line, index) => (index % 9 === 8 ? `\f${line}` : line)),
  'blank line inside a sentence': everyRow((text, { para, zone }, chance) => {
    if (!para || zone !== 'body' || text.length < 70 || !chance.yes(0.3)) return text;
    const at = chance.between(50, text.length - 14);
    return /[。，；、！]/u.test(text.charAt(at - 1)) ? text : [text.slice(0, at), '', text.slice(at)];
  }),
  'wrapped at 28': everyRow((text, { para }) => (para ? wrapped(text, 28) : text)),
  'wrapped at 36': everyRow((text, { para }) => (para ? wrapped(text, 36) : text)),
  'wrapped at 60 half-width columns': everyRow((text, { para }) => (para ? wrappedByWidth(text, 60) : text)),
  'wrapped at 76 half-width columns': everyRow((text, { para }) => (para ? wrappedByWidth(text, 76) : text)),
  'a blank after every character': everyRow((text) =>
    text.length > 0 ? spaced(text.replace(/\s+|^#+/gu, ' ').trim()) : text,
  ),
  'blanks around figures': everyRow((text, { zone }) =>
    zone === 'body' ? text.replace(/\d+/gu, ' $& ').trim() : text,
  ),
  'stray dots': everyRow((text, { zone }, chance) =>
    zone === 'body' && text !== '' && chance.yes(0.15) ? [text, chance.one(['.', '。', '·', ','])] : text,
  ),
  'half-width punctuation': everyRow((text) => narrowed(text)),
  'full-width digits': everyRow((text) => widened(text)),
  'old script, the form': everyRow((text) => oldForm(text)),
  Markdown: everyRow((text, { zone }, chance) => {
    if (text === '' || zone === 'page') return text;
    if (zone === 'head') return chance.yes(0.3) ? `# ${text.trim()}` : `**${text.trim()}**`;
    return zone === 'foot' ? `${text}  ` : text;
  }),
  'Markdown rules': (rows) =>
    rows.flatMap(({ text }, index) =>
      index > 0 && rows[index - 1]?.zone !== rows[index]?.zone ? ['---', text] : [text],
    ),
  'web page': (rows, _chance, truth) => [
    '首页 > 政务公开 > 政务信息',
    `发布时间：${truth.date}  浏览次数：123次`,
    '字体：【大 中 小】',
    ...texts(rows),
    '【打印本页】 【关闭窗口】',
    '上一篇：没有了',
  ],
  'everything indented': everyRow((text) => (text === '' ? text : `    ${text.trim()}`)),
  'blank lines everywhere': everyRow((text) => [text, '']),
  'no blank lines': (rows) => texts(rows).filter((text) => text !== ''),
  'blanks at line ends': everyRow((text) => `${text}   `),
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const gbk = (() => {
  let table: Map<string, number[]> | null = null;
  return (): Map<string, number[]> => {
    if (table) return table;
    table = new Map();
    const decoder = new TextDecoder('gb18030');
    for (let high = 0x81; high <= 0xfe; high += 1)
      for (let low = 0x40; low <= 0xfe; low += 1)
        if (low !== 0x7f) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
    return table;
  };
})();

function toGb(text: string): Uint8Array {
  const table = gbk();
  // What needs four bytes is left to the other encodings.
  if ([...text].some((char) => char > '\x7f' && !table.has(char))) return utf8(text);
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes.push(...(code < 0x80 ? [code] : (table.get(char) ?? [])));
  }
  return Uint8Array.from(bytes);
}

export const encodings: Record<string, (text: string) => Uint8Array> = {
  'UTF-8': utf8,
  'UTF-8 with a mark': (text) => utf8(`\uFEFF${text}`),
  CRLF: (text) => utf8(text.replaceAll('\n', '\r\n')),
  GB18030: (text) => toGb(text),
};

import type { Handler } from 'htmlparser2';
import { damaged, tooLarge } from '../../office-file/file-fault.js';
import type { Css } from './css.js';
import { asides, blocks, dropped, empty, headingOf, inlineCss, isHolder, ownCss } from './elements.js';
import { type PageLine, PageText, type Setting } from './page-text.js';
import { StyleSheet } from './style-sheet.js';

/** Articles of WeChat nest some forty deep. */
const deepest = 1000;
const usualPixels = 16;
const mostWordsBeside = 50_000;

interface Open extends Setting {
  name: string;
  bold: boolean;
  red: boolean;
  size: number;
  hidden: 'surely' | 'perhaps' | 'no';
  keepsBlanks: boolean;
  link: boolean;
  /** No part of the page's text. */
  aside: boolean;
  dropped: boolean;
  /** Points of a list that stand in it: null for no list, 0 for marks, else the next number. */
  next: number | null;
  /** Points of a list have something in front of them. */
  marks: boolean;
  cells: PageLine[][];
  /** How much of the page there was before. */
  from: number;
}

const page: Open = {
  ...{ name: '', bold: false, red: false, size: usualPixels, hidden: 'no', keepsBlanks: false, link: false },
  ...{ aside: false, dropped: false, next: null, marks: true, cells: [], from: 0 },
  ...{ centred: false, heading: null, indent: 0, held: false },
};

/** Walks through a page as its parser finds it, and keeps what is shown apart from what is not. */
export class HtmlReader implements Partial<Handler> {
  title = '';
  /** Words that are no part of the page's text: its title, descriptions, notes of the source, words for pictures. */
  readonly aside: string[] = [];
  private readonly text = new PageText();
  private readonly sheet = new StyleSheet();
  private readonly open: Open[] = [page];

  get lines(): readonly PageLine[] {
    return this.text.lines;
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    if (this.open.length > deepest) throw damaged();
    this.noteWords(attributes);
    const around = this.open.at(-1)!;
    if (name === 'br') return this.breakLine(around);
    const css: Css = { ...ownCss(name, attributes), ...this.sheet.of(name, attributes), ...inlineCss(attributes) };
    if (blocks.has(name)) this.text.endLine(around);
    if (empty.has(name)) return this.breakPage(css);
    this.breakPage(css);
    const own = this.inside(around, name, attributes, css);
    this.open.push(own);
    if (name === 'td' || name === 'th') this.openCell(around);
    if (name === 'li') this.markPoint(own);
  }

  onclosetag(name: string): void {
    if (empty.has(name)) return;
    const own = this.open.length > 1 ? this.open.pop()! : page;
    if (name === 'td' || name === 'th') {
      this.text.endLine(own);
      this.open.at(-1)!.cells.push(this.text.closeCell());
    } else if (blocks.has(name)) this.text.endLine(own);
    if (name === 'tr' && !own.aside) this.text.putRow(own.cells);
    const isBlank = (name === 'p' || name === 'div') && this.text.length === own.from;
    if (isBlank && own.hidden === 'no' && name === 'p') this.text.put({ text: '' });
  }

  ontext(text: string): void {
    const own = this.open.at(-1)!;
    if (own.name === 'style') this.sheet.add(text);
    if (own.dropped) return;
    if (own.aside) this.note(text);
    if (own.name === 'title' && this.title === '') this.title = text.replace(/\s+/gu, ' ').trim().slice(0, 200);
    if (own.aside || (text.trim() === '' && this.text.isEmpty && !/[\u00a0\u3000]/.test(text))) return;
    const { bold, red, size, keepsBlanks, link, hidden } = own;
    for (const [at, line] of (keepsBlanks ? text.split('\n') : [text]).entries()) {
      if (at > 0) this.breakLine(own);
      if (line !== '') this.text.add({ text: line, bold, red, size, keepsBlanks, link, hidden });
    }
  }

  oncomment(text: string): void {
    this.note(text.replace(/<[^>]{0,1000}>/g, '\n'));
  }

  onend(): void {
    this.text.endLine(page);
  }

  private inside(around: Open, name: string, attributes: Record<string, string>, css: Css): Open {
    const { size } = css;
    const isBlock = blocks.has(name) || name === 'td' || name === 'th';
    const href = attributes.href ?? '';
    return {
      name,
      bold: css.bold ?? around.bold,
      red: css.red ?? around.red,
      size: size === undefined ? around.size : 'pixels' in size ? size.pixels : around.size * size.times,
      hidden: around.hidden === 'surely' ? 'surely' : (css.hidden ?? around.hidden),
      keepsBlanks: css.keepsBlanks ?? around.keepsBlanks,
      link: around.link || (name === 'a' && href !== '' && !href.startsWith('#')),
      aside: around.aside || asides.has(name),
      dropped: around.dropped || dropped.has(name),
      next: name === 'ol' ? Number.parseInt(attributes.start ?? '1', 10) || 1 : name === 'ul' ? 0 : null,
      marks: css.marks ?? around.marks,
      cells: [],
      from: this.text.length,
      centred: (isBlock ? css.centred : undefined) ?? around.centred,
      heading: headingOf(name) ?? around.heading,
      indent: css.indent ?? around.indent,
      held: around.held || isHolder(name, attributes),
    };
  }

  private breakLine(around: Open): void {
    if (around.aside || around.dropped) return;
    if (this.text.isEmpty) this.text.put({ text: '' });
    else this.text.endLine(around);
  }

  private breakPage({ breaksPage }: Css): void {
    if (breaksPage === true && this.text.lines.length > 0) this.text.put({ text: '\f' });
  }

  private openCell(row: Open): void {
    this.text.endLine(row);
    this.text.openCell();
  }

  private markPoint({ marks }: Open): void {
    const list = this.open.at(-2)!;
    if (list.next === null || !marks) return;
    this.text.markNext(list.next === 0 ? '● ' : `${list.next}. `);
    if (list.next > 0) list.next += 1;
  }

  private noteWords({ alt, title, content, value }: Record<string, string>): void {
    for (const words of [alt, title, content, value]) if (words) this.note(words);
  }

  private note(words: string): void {
    const plain = words.trim();
    if (plain !== '') this.aside.push(plain);
    if (this.aside.length > mostWordsBeside) throw tooLarge();
  }
}

import type { DocumentLine } from '../document-text.js';
import { type Letters, lookOfLetters } from '../letters.js';
import { rowOf } from '../table-row.js';
import { tooLarge } from '../../office-file/file-fault.js';

/** Far more than any bulletin has. */
const mostLines = 100_000;
const mostCharacters = 3_000_000;

export interface PageLetters extends Letters {
  keepsBlanks: boolean;
  /** Leads to another page. */
  link: boolean;
  hidden: 'surely' | 'perhaps' | 'no';
}

/** How a block sets its lines. */
export interface Setting {
  centred: boolean;
  heading: number | null;
  indent: number;
  /** Stands where the site has its articles. */
  held: boolean;
}

export interface PageLine extends DocumentLine {
  hidden: 'surely' | 'perhaps' | 'no';
  held: boolean;
  /** How many links to other pages the line is made of; 0 where other words stand in it. */
  links: number;
}

/** Lines of a page as they are put together. */
export class PageText {
  readonly lines: PageLine[] = [];
  private readonly containers: PageLine[][] = [this.lines];
  private letters: PageLetters[] = [];
  private mark = '';
  private characters = 0;

  add(letters: PageLetters): void {
    this.characters += letters.text.length;
    if (this.characters > mostCharacters) throw tooLarge();
    this.letters.push(letters);
  }

  /** Stands in front of the next line: the number of a list. */
  markNext(mark: string): void {
    this.mark = mark;
  }

  get isEmpty(): boolean {
    return this.letters.length === 0;
  }

  /** How much there is so far. */
  get length(): number {
    return this.containers.at(-1)!.length + this.letters.length;
  }

  endLine(setting: Setting): void {
    const letters = withoutDoubleBlanks(this.letters);
    this.letters = [];
    const text = letters.map((some) => some.text).join('');
    if (text === '') return;
    this.put(lineOf(letters, text, this.mark, setting));
    this.mark = '';
  }

  put(line: DocumentLine & Partial<PageLine>): void {
    const container = this.containers.at(-1)!;
    container.push({ hidden: 'no', held: false, links: 0, ...line });
    if (container.length > mostLines) throw tooLarge();
  }

  openCell(): void {
    this.containers.push([]);
  }

  closeCell(): PageLine[] {
    return this.containers.length > 1 ? this.containers.pop()! : [];
  }

  putRow(cells: readonly (readonly PageLine[])[]): void {
    for (const line of rowOf(cells)) {
      if (line.text.trim() === '') continue;
      const own = cells.flat();
      this.put({
        ...line,
        hidden: own.every(({ hidden }) => hidden !== 'no') ? (own[0]?.hidden ?? 'no') : 'no',
        held: own.some(({ held }) => held),
        links: own.every(({ links }) => links > 0) ? own.length : 0,
      });
    }
  }
}

function lineOf(letters: readonly PageLetters[], text: string, mark: string, setting: Setting): PageLine {
  const shown = letters.filter((some) => some.text.trim() !== '');
  const isIn = setting.indent >= 1.2 && !setting.centred && !/^\s/u.test(text);
  return {
    text: (isIn ? '　　' : '') + mark + text,
    ...(shown.length === 0
      ? {}
      : { look: { heading: setting.heading, centred: setting.centred, ...lookOfLetters(letters) } }),
    hidden: shown.every(({ hidden }) => hidden !== 'no') ? (shown[0]?.hidden ?? 'no') : 'no',
    held: setting.held,
    links: shown.length > 0 && shown.every(({ link }) => link) ? shown.length : 0,
  };
}

const spaces = /[ \t\n\r\f]+/g;

/** Blanks and line ends of the source are one blank, and none at the ends of a line, as in browsers. */
function withoutDoubleBlanks(letters: readonly PageLetters[]): PageLetters[] {
  const kept: PageLetters[] = [];
  let last = ' ';
  for (const some of letters) {
    let { text } = some;
    if (!some.keepsBlanks) {
      text = text.replace(spaces, ' ');
      if (last === ' ') text = text.replace(/^ /, '');
    }
    if (text === '') continue;
    last = text.at(-1)!;
    kept.push({ ...some, text });
  }
  const end = kept.at(-1);
  if (end && !end.keepsBlanks) end.text = end.text.replace(/ $/, '');
  return kept.filter(({ text }) => text !== '');
}

import type { DocumentLine } from '../document-text.js';
import { type Letters, lookOfLetters } from '../letters.js';
import type { ParagraphProperties, RunProperties } from './properties.js';
import type { FoldedStyle, Styles } from './styles.js';

/** A first line stands in from here on; beyond the other it is set by its place, to the right or below something. In letters. */
const [indented, farIn] = [1.2, 20];
const blank = '\u3000';

/** A paragraph while it is read. */
export class Paragraph {
  readonly own: ParagraphProperties = {};
  /** Its mark is deleted: it goes on in the next one. */
  goesOn = false;
  /** A section ends with it, and a page. */
  endsPage = false;
  /** What nobody sees of it. */
  hidden = '';
  private pieces: Letters[] = [];

  constructor(private readonly styles: Styles) {}

  get text(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  get style(): FoldedStyle {
    return this.styles.paragraph(this.own.style);
  }

  add(text: string, run: RunProperties): void {
    const shown = this.styles.shown(run, this.style);
    if (shown.hidden) this.hidden += text;
    else this.pieces.push({ ...shown, text });
  }

  /** Takes the beginning that stands in a paragraph without an end. */
  continues(before: Paragraph): void {
    for (const piece of this.pieces) before.pieces.push(piece);
    this.pieces = before.pieces;
  }

  get breaksPage(): boolean {
    return this.own.breaksPage ?? this.style.paragraph.breaksPage ?? false;
  }

  /**
   * Its lines, cut where it has line breaks; a page break is a line of its own, as in any document.
   *
   * @param number of a list, in front of it
   */
  lines(number: string): DocumentLine[] {
    const lines: DocumentLine[] = [];
    let line: Letters[] = [];
    const close = (): void => {
      lines.push(this.line(line, lines.length === 0 ? number : ''));
      line = [];
    };
    for (const piece of this.pieces)
      for (const part of piece.text.split(/([\n\f])/)) {
        if (part === '\n') close();
        else if (part === '\f') {
          if (line.length > 0) close();
          lines.push({ text: '\f' });
        } else if (part !== '') line.push({ ...piece, text: part });
      }
    if (line.length > 0 || lines.at(-1)?.text !== '\f') close();
    return lines;
  }

  private line(pieces: readonly Letters[], number: string): DocumentLine {
    const text = number + pieces.map((piece) => piece.text).join('');
    if (text.trim() === '') return { text };
    const { paragraph, name } = this.style;
    const { centred = false, outline = null } = { ...paragraph, ...this.own };
    const letters = lookOfLetters(pieces);
    return {
      text: centred || /^\s/u.test(text) ? text : this.indent(letters.size) + text,
      look: { heading: outline, centred, ...letters, ...(name === '' ? {} : { style: name }) },
    };
  }

  /** Blanks for what the first line stands in, as one types them. */
  private indent(size: number): string {
    const { left = 0, leftLetters, first = 0, firstLetters } = { ...this.style.paragraph, ...withoutLetters(this.own) };
    const letters = (twips: number): number => twips / (size * 10);
    const place =
      (leftLetters === undefined ? letters(left) : leftLetters / 100) +
      (firstLetters === undefined ? letters(first) : firstLetters / 100);
    return place < indented ? '' : blank.repeat(Math.min(farIn, Math.round(place)));
  }
}

/** An indent that is stated in twips alone replaces one that a style states in letters; 0 letters mean that none are stated. */
function withoutLetters(own: ParagraphProperties): ParagraphProperties {
  const { left, leftLetters, first, firstLetters } = own;
  return {
    ...own,
    ...(left !== undefined && !leftLetters ? { leftLetters: undefined } : {}),
    ...(first !== undefined && !firstLetters ? { firstLetters: undefined } : {}),
  };
}

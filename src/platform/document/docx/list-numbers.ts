import { readPart } from '../../office-file/xml-part.js';
import type { ZipArchive } from '../../office-file/zip-archive.js';
import { attribute, valueOf } from './attributes.js';

/** Numbers that a word processor draws in front of paragraphs, which stand nowhere as text (ECMA-376 part 1, 17.9). */

interface Level {
  start: number;
  format: string;
  /** `%1、`, `（%2）`. */
  text: string;
  style: string | null;
}

interface ListOf {
  levels: Map<number, Level>;
  /** Lists of one definition count on, one after the other. */
  definition: string;
}

export class ListNumbers {
  private readonly lists = new Map<string, ListOf>();
  private readonly counts = new Map<string, number[]>();

  constructor(zip: ZipArchive, part: string | null) {
    if (part !== null) this.readNumbering(zip, part);
  }

  /**
   * The next number of a paragraph, with what stands behind it; '' where it has none.
   *
   * @param list `w:numId`, `0` for "none"; of the paragraph, or else of its style
   */
  next(list: string | undefined, level: number | undefined, style: string | undefined): string {
    const known = list === undefined ? undefined : this.lists.get(list);
    if (known === undefined) return '';
    const at = level ?? this.levelOf(known, style);
    const own = known.levels.get(at);
    if (own === undefined || own.format === 'none') return '';
    if (own.format === 'bullet') return '● ';
    const counts = this.counts.get(known.definition) ?? [];
    this.counts.set(known.definition, counts);
    counts[at] = counts[at] === undefined ? own.start : counts[at] + 1;
    counts.length = at + 1;
    const text = own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const of = known.levels.get(Number(digit) - 1);
      return of === undefined ? '' : written(counts[Number(digit) - 1] ?? of.start, of.format);
    });
    return /[\p{Ps}\p{Pe}、．]$/u.test(text) ? text : `${text} `;
  }

  private levelOf({ levels }: ListOf, style: string | undefined): number {
    for (const [at, level] of levels) if (level.style !== null && level.style === style) return at;
    return 0;
  }

  private readNumbering(zip: ZipArchive, part: string): void {
    const definitions = new Map<string, Map<number, Level>>();
    let levels: Map<number, Level> | null = null;
    let level: Level | null = null;
    let list: string | null = null;
    readPart(zip.pieces(part), {
      open: (name, attributes) => {
        const value = valueOf(attributes);
        if (name === 'abstractNum') {
          levels = new Map();
          definitions.set(attribute(attributes, 'abstractNumId'), levels);
        } else if (name === 'num') [list, levels] = [attribute(attributes, 'numId'), null];
        else if (name === 'abstractNumId' && list !== null)
          this.lists.set(list, { definition: value, levels: new Map<number, Level>(definitions.get(value) ?? []) });
        else if (name === 'lvl') {
          level = { start: 1, format: 'decimal', text: '', style: null };
          const own = list === null ? levels : this.lists.get(list)?.levels;
          own?.set(Number(attribute(attributes, 'ilvl')), level);
        } else if (name === 'startOverride' && list !== null) this.restart(list);
        else if (level === null) return;
        else if (name === 'start') level.start = Number(value) || 0;
        else if (name === 'numFmt') level.format = value;
        else if (name === 'lvlText') level.text = value.slice(0, 50);
        else if (name === 'pStyle') level.style = value;
      },
      close: (name) => {
        if (name === 'lvl') level = null;
        if (name === 'num') list = null;
      },
    });
  }

  /** A list that begins anew counts by itself. */
  private restart(list: string): void {
    const known = this.lists.get(list);
    if (known) this.lists.set(list, { ...known, definition: `list ${list}` });
  }
}

const counted = '零一二三四五六七八九';
const legal = '零壹贰叁肆伍陆柒捌玖';

/** ST_NumberFormat (ECMA-376 part 1, 17.18.59), as far as Chinese offices use it; others count in digits. */
function written(n: number, format: string): string {
  switch (format) {
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
      return inTens(n, counted, '十', '百');
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
      return inTens(n, legal, '拾', '佰');
    case 'ideographDigital':
    case 'taiwaneseDigital':
      return String(n).replace(/\d/g, (digit) => (digit === '0' ? '〇' : counted[Number(digit)]!));
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return n >= 1 && n <= 20 ? String.fromCodePoint(0x245f + n) : String(n);
    case 'decimalEnclosedParen':
      return n >= 1 && n <= 20 ? String.fromCodePoint(0x2473 + n) : `(${n})`;
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(n).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    case 'decimalZero':
      return String(n).padStart(2, '0');
    case 'lowerLetter':
    case 'upperLetter': {
      const letter = String.fromCodePoint(97 + ((n - 1) % 26)).repeat(Math.min(9, Math.floor((n - 1) / 26) + 1));
      return format === 'upperLetter' ? letter.toUpperCase() : letter;
    }
    default:
      return String(n);
  }
}

function inTens(n: number, digits: string, ten: string, hundred: string): string {
  if (n < 0 || n > 999) return String(n);
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  if (n < 10) return digits[n]!;
  const front = hundreds > 0 ? `${digits[hundreds]!}${hundred}` : '';
  if (tens === 0) return front + (ones > 0 ? digits[0]! + digits[ones]! : '');
  const middle = tens === 1 && hundreds === 0 ? ten : `${digits[tens]!}${ten}`;
  return front + middle + (ones > 0 ? digits[ones]! : '');
}

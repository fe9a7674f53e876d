import { type Attribution, closingBracket, readAttribution, readCredit } from './attribution.js';
import type { BulletinWarning } from './bulletin.js';
import { joint } from './glyphs.js';
import { isHeadlineLine, partingBlanks, spaceSplit } from './headline.js';
import { type LineKind, lineKind } from './line-kind.js';
import type { SourceLine } from './lines.js';
import { type HeadlineStyle, type OpenParagraph, relate, TAIL } from './rejoin.js';
import { quoteEnd, quoteStart } from './warnings.js';

/** A paragraph of the body, its page breaks joined. `isHeadline`: it is a headline on a line of its own. */
export interface Paragraph {
  line: number;
  kind: LineKind;
  text: string;
  isHeadline: boolean;
  attribution: Attribution;
}

const MAY_END_ITEM = new Set<LineKind['kind']>(['section', 'bullet', 'tag']);

/** How the lines that must begin an item (after a section heading or an attribution) look in the whole text. */
export function headlineStyle(lines: readonly SourceLine[], kinds: readonly LineKind[]): HeadlineStyle {
  let inline = 0;
  let onLine = 0;
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    const follows = !before || kinds[index - 1]?.kind === 'section' || endsWithCredit(before.text);
    const text = kinds[index]?.kind;
    if (!follows || (text !== 'text' && text !== 'bullet')) return;
    if (/[，。]/u.test(line.text)) inline += 1;
    else if (headsNext(line.text, lines[index + 1]?.text ?? '')) onLine += 1;
  });
  if (inline === onLine) return 'unknown';
  return inline > onLine ? 'inline' : 'line';
}

/** A blank that parts a headline in either line means that a page break cut an inline headline. */
function headsNext(text: string, next: string): boolean {
  return isHeadlineLine(text) && /[，。]/u.test(next) && partingBlanks(text).length + partingBlanks(next).length === 0;
}

function endsWithCredit(text: string): boolean {
  const bracket = closingBracket(text.slice(-TAIL));
  return bracket !== null && bracket.afterSentence && readCredit(bracket.content) !== null;
}

interface Building extends OpenParagraph {
  line: number;
  lastLine: number;
  full: LineKind;
  pieces: string[];
}

function begin(line: SourceLine, kind: LineKind, startsItem: boolean): Building {
  const text = kind.kind === 'bullet' || kind.kind === 'tag' ? kind.text : line.text;
  return {
    line: line.number,
    lastLine: line.number,
    full: kind,
    kind: kind.kind,
    pieces: [text],
    text,
    length: text.length,
    tail: text.slice(-TAIL),
    startsItem: startsItem || MAY_END_ITEM.has(kind.kind),
  };
}

function extend(open: Building, line: SourceLine): void {
  const piece = joint(open.tail, line.text) + line.text;
  open.pieces.push(piece);
  open.length += piece.length;
  open.tail = (open.tail + piece).slice(-TAIL);
  if (open.length <= TAIL) open.text = open.pieces.join('');
  open.lastLine = line.number;
}

/** Cuts the body lines into paragraphs, joining what page breaks and line wraps cut apart. */
export function buildParagraphs(
  lines: readonly SourceLine[],
  numberedSections: boolean,
): { paragraphs: Paragraph[]; warnings: BulletinWarning[] } {
  const kinds = lines.map((line) => lineKind(line, numberedSections));
  const style = headlineStyle(lines, kinds);
  const paragraphs: Paragraph[] = [];
  const warnings: BulletinWarning[] = [];
  let open: Building | null = null;
  let startsItem = true;
  let wrapped = 0;

  const close = (
    building: Building,
    isHeadline: boolean,
    next: SourceLine | undefined,
    nextKind: LineKind | undefined,
  ): void => {
    const itemEnds = !next || !nextKind || MAY_END_ITEM.has(nextKind.kind) || spaceSplit(next.text) !== null;
    const text = building.pieces.join('');
    const plain = building.kind === 'section' || building.kind === 'row' || isHeadline;
    const attribution: Attribution = plain ? { kind: 'none' } : readAttribution(text, itemEnds);
    paragraphs.push({ line: building.line, kind: building.full, text, isHeadline, attribution });
    startsItem = building.kind === 'section' || attribution.kind === 'credit';
    if (isHeadline) startsItem = false;
  };

  for (const [index, line] of lines.entries()) {
    const kind = kinds[index] ?? { kind: 'text' };
    const relation = open && open.kind !== 'section' ? relate(open, line, kind, style) : null;
    if (open && relation?.is === 'join') {
      if (line.gap === 'none' && !relation.unsure) wrapped = wrapped || open.lastLine;
      else warnings.push(joinWarning(open, line, relation.unsure));
      extend(open, line);
      continue;
    }
    if (open) {
      if (relation?.is === 'headline' && relation.unsure) warnings.push(headlineWarning(open.line, open.text));
      close(open, relation?.is === 'headline', line, kind);
    }
    open = begin(line, kind, startsItem);
  }
  if (open) close(open, false, undefined, undefined);
  if (wrapped > 0)
    warnings.push({ line: wrapped, code: 'line_join', message: '正文中有在行末折断的句子，已接成整段，请对照原文。' });
  return { paragraphs, warnings };
}

function joinWarning(open: Building, line: SourceLine, unsure: boolean): BulletinWarning {
  const halves = `“${quoteEnd(open.tail)}”与“${quoteStart(line.text)}”`;
  return unsure
    ? { line: open.lastLine, code: 'headline_joined', message: `${halves}被分开，按同一标题或同一句接上，请核对标题。` }
    : { line: open.lastLine, code: 'page_join', message: `${halves}在换页处断开，已接成一句。` };
}

function headlineWarning(line: number, text: string): BulletinWarning {
  return { line, code: 'headline_guessed', message: `“${quoteStart(text)}”单独成行，按新稿件的标题处理，请核对。` };
}

import { closerOf, pairBrackets } from './brackets.js';
import { isHeadlineLine, numbering, partingBlanks, startsLikeSentence, startsWithTime } from './headline.js';
import type { LineKind } from './line-kind.js';
import type { SourceLine } from './lines.js';

/*
 * Whether a line continues the paragraph before it. A page break inside a sentence may be nothing but a blank line, and a
 * headline may stand on a line of its own, so the two look alike; how the other items of the same text begin decides.
 */

/** How items of this text mostly begin: headline and body on one line, or the headline on a line of its own. */
export type HeadlineStyle = 'inline' | 'line' | 'unknown';

/** The paragraph being built. `tail` is its last characters; `length` its whole length. */
export interface OpenParagraph {
  kind: LineKind['kind'];
  text: string;
  length: number;
  tail: string;
  /** Nothing of the current item stands before it. */
  startsItem: boolean;
}

export const TAIL = 200;

export type Relation = { is: 'join'; unsure: boolean } | { is: 'break' } | { is: 'headline'; unsure: boolean };

const JOIN: Relation = { is: 'join', unsure: false };
const GUESSED_JOIN: Relation = { is: 'join', unsure: true };
const BREAK: Relation = { is: 'break' };

const ENDS_SENTENCE = /(?:[。！？!?；;：:”’」』）)】〕》…]|[^\d]\.)$/u;
const CONTINUES = /^[，。、；：！？）】》”’」』〕…％%,;:!?)\]]/u;
const UNFINISHED = /[、，,（(“‘《【的和与及]$/u;
const MIN_INNER_HEADLINE = 10;
/** A title set on two lines has no line shorter than this. */
const MIN_TITLE_LINE = 8;

function closesWhatIsOpen(tail: string, next: string): boolean {
  const opener = pairBrackets(tail).unmatchedOpen.at(-1);
  const closer = closerOf(opener === undefined ? undefined : tail.charAt(opener));
  if (opener === undefined || closer === undefined) return false;
  const start = next.slice(0, 80);
  const close = start.indexOf(closer);
  const again = start.indexOf(tail.charAt(opener));
  return close >= 0 && (again < 0 || again > close);
}

const MID_SENTENCE = /[，。]/u;

/** `next` is a body line of kind `kind` that follows the open paragraph. */
export function relate(open: OpenParagraph, next: SourceLine, kind: LineKind, style: HeadlineStyle): Relation {
  if (kind.kind === 'outline') return outlineFollows(open, next) ? BREAK : JOIN;
  if (kind.kind !== 'text') return BREAK;
  if (open.kind === 'row' || open.kind === 'credit') return BREAK;
  if (CONTINUES.test(next.text)) return JOIN;
  if (closesWhatIsOpen(open.tail, next.text)) return JOIN;
  if (open.kind === 'outline' && isHeadlineLine(open.text.slice(numbering(open.text).length)))
    return next.gap === 'page' ? JOIN : BREAK;
  const headline = headlineRelation(open, next, style);
  if (headline) return headline;
  return ENDS_SENTENCE.test(open.tail) ? BREAK : JOIN;
}

/** 1、2号楼 behind an unfinished sentence is no numbering. */
function outlineFollows(open: OpenParagraph, next: SourceLine): boolean {
  const unfinished = !ENDS_SENTENCE.test(open.tail) && MID_SENTENCE.test(open.tail);
  return !(unfinished && /^\d/.test(numbering(next.text)));
}

function headlineRelation(open: OpenParagraph, next: SourceLine, style: HeadlineStyle): Relation | null {
  if (open.length > TAIL || !isHeadlineLine(open.text) || UNFINISHED.test(open.text)) return null;
  return open.startsItem ? startOfItem(open.text, next, style) : insideItem(open, next, style);
}

function startOfItem(text: string, next: SourceLine, style: HeadlineStyle): Relation {
  if (startsWithTime(next.text)) return { is: 'headline', unsure: false };
  if (style !== 'line' && partingBlanks(text).length > 0) return GUESSED_JOIN;
  if (startsLikeSentence(next.text)) return { is: 'headline', unsure: style === 'inline' };
  if (style !== 'line' && partingBlanks(next.text).length > 0) return GUESSED_JOIN;
  const twoLines = text.length >= MIN_TITLE_LINE && next.text.length >= MIN_TITLE_LINE && next.gap === 'none';
  if (twoLines && isHeadlineLine(next.text)) return GUESSED_JOIN;
  const stop = next.text.search(/[，,；。]/u);
  const endsShort = stop >= 0 && next.text.charAt(stop) === '。';
  if (endsShort && style === 'inline' && next.gap !== 'none') return GUESSED_JOIN;
  return { is: 'headline', unsure: style === 'inline' };
}

/** A headline line in the middle of running text starts a new item; a short one is taken for a cut sentence or a sub-heading. */
function insideItem(open: OpenParagraph, next: SourceLine, style: HeadlineStyle): Relation | null {
  if (open.kind !== 'text' || next.gap === 'page' || style === 'inline') return null;
  if (open.length < MIN_INNER_HEADLINE || /[：:]|[）)]$/u.test(open.text) || !MID_SENTENCE.test(next.text)) return null;
  return { is: 'headline', unsure: true };
}

import { type Attribution, readAttribution } from './attribution.js';
import type { BulletinWarning } from './bulletin.js';
import { findDate } from './dates.js';
import { SURE } from './doubts.js';
import { joint } from './glyphs.js';
import { holdsList, spaceSplit } from './headline.js';
import type { Kind } from './kinds.js';
import type { LineFacts } from './line-facts.js';
import type { SourceLine } from './lines.js';
import { isBareUnit, unitsAlone } from './units.js';
import { quoteEnd, quoteStart } from './warnings.js';

/** A line of the body and what it was judged to be. `confidence` falls to a half where another kind fits as well. */
export interface BodyLine {
  facts: LineFacts;
  kind: Kind;
  confidence: number;
  second: Kind;
}

/** A paragraph of the body, its page breaks joined. */
export interface Paragraph {
  line: number;
  kind: 'section' | 'headline' | 'item' | 'text' | 'credit';
  facts: LineFacts;
  text: string;
  /** What 【】 at the head of the text holds; `text` is without it. */
  tag: string | null;
  confidence: number;
  second: Kind;
  attribution: Attribution;
  /** All its lines, the first of them too. */
  lines: readonly SourceLine[];
  /** Those of them that were titles of their own. */
  titles: ReadonlySet<number>;
}

const TAIL = 200;

interface Building {
  first: BodyLine;
  pieces: string[];
  tail: string;
  lastLine: number;
  lines: SourceLine[];
  titles: Set<number>;
}

/** Cuts the body lines into paragraphs, joining what page breaks and line wraps cut apart. */
export function buildParagraphs(lines: readonly BodyLine[]): { paragraphs: Paragraph[]; warnings: BulletinWarning[] } {
  const paragraphs: Paragraph[] = [];
  const warnings: BulletinWarning[] = [];
  let open: Building | null = null;
  let wrapped = 0;
  const close = (building: Building, next: BodyLine | undefined): void =>
    void paragraphs.push(paragraphOf(building, next));
  for (const line of lines) {
    const goesOn = open !== null && continuesIt(open, line);
    if (open && goesOn) {
      const { line: source } = line.facts;
      const unsure = line.confidence < SURE || line.kind === 'headline';
      if (source.gap === 'none' && !unsure) wrapped = wrapped || open.lastLine;
      else warnings.push(joinWarning(open, source, unsure));
      const piece = joint(open.tail, source.text) + source.text;
      open.pieces.push(piece);
      open.tail = (open.tail + piece).slice(-TAIL);
      open.lastLine = source.number;
      open.lines.push(source);
      if (line.kind === 'headline') open.titles.add(source.number);
      continue;
    }
    if (open) close(open, line);
    const { text, number } = line.facts.line;
    const start = { first: line, pieces: [startOf(line)], tail: text.slice(-TAIL), lastLine: number };
    open = { ...start, lines: [line.facts.line], titles: new Set() };
  }
  if (open) close(open, undefined);
  if (wrapped > 0)
    warnings.push({ line: wrapped, code: 'line_join', message: '正文中有在行末折断的句子，已接成整段，请对照原文。' });
  return { paragraphs, warnings };
}

const continuesIt = (open: Building, line: BodyLine): boolean =>
  line.kind === 'more' || (line.kind === 'headline' && open.first.kind === 'headline' && !line.facts.mark);

/** The text of a line without the mark of an item. */
function startOf({ facts, kind }: BodyLine): string {
  if (kind === 'section') return facts.section ?? facts.numbered ?? facts.core;
  if (kind === 'item' && holdsList(facts.line.text)) return facts.line.text;
  return kind === 'item' || kind === 'headline' ? facts.core : facts.line.text;
}

function paragraphOf({ first, pieces, lines, titles }: Building, next: BodyLine | undefined): Paragraph {
  const whole = pieces.join('');
  const tag = tagOf(first);
  const text = tag ? whole.slice(first.facts.core.length - tag.rest.length) : whole;
  const itemEnds = !next || beginsAnother(next);
  const kind = first.kind === 'more' ? 'text' : (first.kind as Paragraph['kind']);
  const plain = kind === 'section' || (first.facts.row && kind === 'text');
  const attribution: Attribution =
    kind === 'credit'
      ? creditOf(text, first.facts.line.pin === 'credit')
      : kind === 'headline'
        ? creditOfHeadline(text)
        : plain
          ? { kind: 'none' }
          : readAttribution(text, itemEnds);
  const line = first.facts.line.number;
  const { facts, confidence, second } = first;
  return { line, kind, facts, text, tag: tag?.content ?? null, confidence, second, attribution, lines, titles };
}

/** 污水处理厂二期通水（县住建局）: other brackets belong to the headline. */
function creditOfHeadline(text: string): Attribution {
  const read = /[）)]$/u.test(text) ? readAttribution(text, true) : null;
  return read?.kind === 'credit' && read.before !== '' && read.credit.unit !== null ? read : { kind: 'none' };
}

/** A line that closes an item: units without brackets, a date beside or below them. */
function creditOf(text: string, isPinned: boolean): Attribution {
  const read = readAttribution(text, true);
  if (read.kind !== 'none') return read;
  const date = findDate(text);
  const units = unitsAlone(date ? date.rest : text);
  const credit = { unit: units?.join('、') ?? null, author: null };
  if (units || date?.rest === '') return { kind: 'credit', credit, before: '', guessed: false };
  return isPinned ? { kind: 'credit', credit: { unit: text, author: null }, before: '', guessed: false } : read;
}

/** 【…】 before the text of an item; before a headline on its line only the unit's name counts. */
function tagOf({ kind, facts }: BodyLine): LineFacts['tag'] {
  if (kind === 'item') return facts.tag;
  return kind === 'headline' && facts.tag && (facts.unitTag || isBareUnit(facts.tag.content)) ? facts.tag : null;
}

/** What follows shows on its own that an item is over. */
function beginsAnother({ kind, facts }: BodyLine): boolean {
  if (kind === 'section' || kind === 'headline') return true;
  return kind === 'item' && (facts.mark !== null || facts.tag !== null || spaceSplit(facts.line.text) !== null);
}

function joinWarning(open: Building, line: SourceLine, unsure: boolean): BulletinWarning {
  const halves = `“${quoteEnd(open.tail)}”与“${quoteStart(line.text)}”`;
  return unsure
    ? { line: open.lastLine, code: 'headline_joined', message: `${halves}被分开，按同一标题或同一句接上，请核对标题。` }
    : { line: open.lastLine, code: 'page_join', message: `${halves}在换页处断开，已接成一句。` };
}

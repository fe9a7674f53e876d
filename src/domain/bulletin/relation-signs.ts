import { closerOf, pairBrackets } from './brackets.js';
import { fills } from './column.js';
import { endsOpen, isHeadlineLine, numbering, partingBlanks, startsWithTime } from './headline.js';
import { headsBelow, type Layout, SUBTITLE } from './layout.js';
import type { HeadReading, LineFacts } from './line-facts.js';
import { saysDeed } from './units.js';
import type { Sign } from './weights.js';
import type { LooksTell } from './weights-looks.js';

/** All lines of a text, with what is known of them before any is judged. */
export interface View {
  facts: readonly LineFacts[];
  heads: readonly HeadReading[];
  bodyStart: number;
  again: readonly boolean[];
  before: readonly boolean[];
  layout: Layout;
  /** Lines below a label of contents that have the form of entries. */
  listed: readonly boolean[];
  lastHead: number;
  /** Where the web page around the text goes on below it; -1 where it does not. */
  pageEnd: number;
  /** Paragraphs that begin with 【…】 where a paragraph can begin. */
  tagged: number;
  /** 【县水利局】 alone on a line says who sent what stands above it. */
  creditsInBrackets: boolean;
  /** Most of the text is plain, so that bold type tells something. */
  looksTell: LooksTell;
}

const ENDS_SENTENCE = /(?:[。！？!?；;：:”’」』）)】》〕…]|[^\d]\.)$/u;
const CONTINUES = /^[，。、；：！？）】》”’」』〕…％%,;:!?)\]]/u;
const MIN_TITLE_LINE = 8;
/** 环城北路改造. */
const SHORTEST_DEED = 4;
const TAIL = 200;

/** A title set on two lines, running text below it. */
export function isSecondHalf(facts: readonly LineFacts[], at: number): boolean {
  const [before, fact, next] = [facts[at - 1], facts[at], facts[at + 1]];
  if (!before?.title || !fact?.title || !next?.sentence || fact.mark) return false;
  // A subtitle has its dash.
  if (SUBTITLE.test(fact.line.text) && !fact.creditLine) return true;
  if (fact.line.gap !== 'none') return false;
  // A paragraph begins with a blank before it and goes on without.
  if (fact.line.indent >= 4 && before.line.indent === 0 && next.line.indent === 0) return false;
  return before.core.length >= MIN_TITLE_LINE && fact.core.length >= MIN_TITLE_LINE && !before.outline;
}

/** What a line shows against the one before it. */
export function relationSigns(
  { layout, facts, bodyStart, again, listed }: View,
  at: number,
  fact: LineFacts,
  before: LineFacts,
): Sign[] {
  const { line } = fact;
  const tail = before.line.text.slice(-TAIL);
  if (at <= bodyStart) return [];
  const wasHeading =
    before.section !== null ||
    layout.headings.get(at - 1) === 'section' ||
    (before.mark && layout.marks.get(before.mark.class) === 'section' && before.title);
  if (wasHeading || (layout.numberedSections && before.numbered !== null)) return ['after a section'];
  const role = fact.mark ? layout.marks.get(fact.mark.class) : undefined;
  const opens = fact.section !== null || role === 'item' || fact.tag !== null || fact.scope !== 'none' || fact.signOff;
  const credited =
    before.creditLine || before.credit === 'sure' || (before.credit === 'maybe' && (opens || fact.headlineInside));
  const isCut = before.credit !== 'sure' && closesWhatIsOpen(tail, line.text);
  if (CONTINUES.test(line.text) || isCut) return ['continues'];
  if (credited) return ['after a credit'];
  const isFull = layout.column !== null && fills(layout.column, before.line) && line.gap !== 'blank';
  const isHeading =
    before.outline &&
    line.gap !== 'page' &&
    (before.title || isHeadlineLine(before.line.text.slice(numbering(before.line.text).length)));
  if (isHeading && !isFull) return ['after a title'];
  const begins = fact.title || fact.headlineInside || role === 'item';
  if (before.title && begins && headsBelow(before, fact, layout) && !again[at - 1]) return ['after a bare section'];
  const isTitle = before.title && !before.outline && !isFull && !endsOpen(before.line.text);
  if (isTitle) {
    const isEntryAbove = again[at - 1] === true || listed[at - 1] === true;
    if (!isEntryAbove && cutsHeadline(before, fact, layout)) return ['goes on with a headline'];
    const twoLines = isSecondHalf(facts, at);
    return twoLines && !fact.mark && !isEntryAbove ? ['after a title', 'title goes on'] : ['after a title'];
  }
  const signs: Sign[] = [];
  const isOpen = !ENDS_SENTENCE.test(tail) || endsOpen(tail);
  // A row of a table ends without a mark.
  if (isOpen && before.row) signs.push('after a stop');
  else if (isOpen) signs.push('after an open end');
  else {
    signs.push('after a stop');
    if (!layout.credited && partingBlanks(fact.core).length > 0 && fact.headlineInside)
      signs.push('headline before a blank, nobody credited');
    const longEnough = layout.headlines === 'line' && saysDeed(fact.core) ? SHORTEST_DEED : MIN_TITLE_LINE;
    // 得分靠前的单位是： is followed by what it announces.
    const announced = /[：:]$/u.test(tail);
    if (!layout.credited && fact.title && fact.core.length >= longEnough && !announced)
      signs.push('after a stop, nobody credited');
  }
  if (isFull && line.indent <= before.line.indent) signs.push('after a full line');
  return signs;
}

/** A page end inside a headline looks like a headline on a line of its own; how the text sets its headlines decides. */
function cutsHeadline(before: LineFacts, fact: LineFacts, layout: Layout): boolean {
  const { line, news, mark, title } = fact;
  const { headlines } = layout;
  if (headlines === 'line' || headsBelow(before, fact, layout) || mark !== null || startsWithTime(line.text))
    return false;
  if (partingBlanks(before.core).length > 0) return true;
  if (news || title) return false;
  if (partingBlanks(line.text).length > 0) return true;
  const stop = line.text.search(/[，,；;。]/u);
  return headlines === 'inside' && line.gap !== 'none' && stop >= 0 && line.text.charAt(stop) === '。';
}

function closesWhatIsOpen(tail: string, next: string): boolean {
  if (!/[（(【〔[［《“‘「『]/u.test(tail)) return false;
  const opener = pairBrackets(tail).unmatchedOpen.at(-1);
  const closer = closerOf(opener === undefined ? undefined : tail.charAt(opener));
  if (opener === undefined || closer === undefined) return false;
  const start = next.slice(0, 80);
  const close = start.indexOf(closer);
  const again = start.indexOf(tail.charAt(opener));
  return close >= 0 && (again < 0 || again > close);
}

/** 污水处理厂二期通水（县住建局）, the text below it. */
export const isCreditedTitle = ({ line, credit, title, sentence }: LineFacts, next: LineFacts | undefined): boolean =>
  credit === 'maybe' &&
  title &&
  !sentence &&
  next?.sentence === true &&
  (next.credit === 'none' || !/[）)]$/u.test(line.text)) &&
  !next.creditLine;

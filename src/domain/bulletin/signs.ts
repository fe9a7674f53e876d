import { formsAsBefore, headAsBefore, layoutAsBefore, linesAsBefore } from './as-before.js';
import { isBodyLabel, isContentsLabel, repetitions, showsPage } from './contents.js';
import { ADDRESSEES } from './distribution.js';
import { framedName, inContext } from './in-context.js';
import { isSectionWord } from './item-marks.js';
import {
  bodyStartOf,
  headsOf,
  isRunning,
  isTitleNotIssuer,
  isUnderHeadline,
  type Layout,
  layoutOf,
  SUBTITLE,
} from './layout.js';
import { factsOf, type HeadReading, type LineFacts } from './line-facts.js';
import { isHeadlineLine } from './headline.js';
import { HEAD_LINES, listedLines } from './listed-lines.js';
import type { SourceLine } from './lines.js';
import { isNote, isNoteAlone } from './notes.js';
import type { PaperLayout } from './paper-layout.js';
import { isCreditedTitle, isSecondHalf, relationSigns, type View } from './relation-signs.js';
import { isNameLike } from './series.js';
import { isBareUnit, saysDeed } from './units.js';
import { isPageChrome, isPageEnd } from './web-page.js';
import type { Sign } from './weights.js';
import { lookSigns, looksTell } from './weights-looks.js';

/** Which signs of weights.ts a line shows, its neighbours and the layout of the whole text considered. */

const ENDS_SENTENCE = /(?:[。！？!?；;：:”’」』）)】》〕…]|[^\d]\.)$/u;
const SHORT = 24;
const LONG = 80;
const TAIL = 200;

export interface Judged {
  facts: LineFacts[];
  layout: Layout;
  bodyStart: number;
  signs: (at: number) => Sign[];
}

/** `paper`: what is known of the paper from earlier issues. */
export function judgeLines(lines: readonly SourceLine[], paper: PaperLayout | null = null): Judged {
  const own = lines.map(factsOf);
  framedName(own);
  const alone = paper ? formsAsBefore(own, paper) : own;
  const { again, before } = repetitions(lines);
  const read = headsOf(lines.slice(0, HEAD_LINES), paper?.issuer);
  const heads = paper ? read.map((head, at) => headAsBefore(head, lines[at]?.text ?? '', paper)) : read;
  let bodyStart = bodyStartOf(alone, heads);
  while (bodyStart > 0 && isAside(alone[bodyStart])) bodyStart += 1;
  const around = inContext(alone, heads, bodyStart, again);
  const facts = paper ? linesAsBefore(around, bodyStart, { again, before }, paper) : around;
  const listed = listedLines(facts, again, before);
  const apart = facts.map(({ line }, at) => again[at] === true || listed[at] === true || inNote(facts, at, line.text));
  const found = layoutOf(facts, bodyStart, apart);
  const layout = paper ? layoutAsBefore(found, facts, paper) : found;
  const view: View = {
    facts,
    heads,
    bodyStart,
    again,
    before,
    layout,
    listed,
    lastHead: heads.findLastIndex(isFact),
    tagged: taggedOf(facts),
    pageEnd: pageEndOf(facts, bodyStart),
    creditsInBrackets: hasCreditsInBrackets(facts, bodyStart),
    looksTell: looksTell(facts),
  };
  return { facts, layout, bodyStart, signs: (at) => signsAt(view, at) };
}

const inNote = (facts: readonly LineFacts[], at: number, text: string): boolean =>
  isContentsLabel(text) || isNote(text) || isNoteAlone(facts[at - 1]?.line.text ?? '') || goesOnWithNote(facts, at);

const LONGEST_NOTE = 8;

/** A line that a narrow column cut from a note. */
function goesOnWithNote(facts: readonly LineFacts[], at: number): boolean {
  for (let above = at - 1; above >= Math.max(0, at - LONGEST_NOTE); above -= 1) {
    const text = facts[above]?.line.text ?? '';
    if (ENDS_SENTENCE.test(text) || facts[above]?.title) return false;
    if (isNote(text)) return true;
  }
  return false;
}

const isCreditBracket = (name: string): boolean => isBareUnit(name) && !isSectionWord(name);

/** Such a line is a heading where one stands above the first text, a credit where text comes first. */
function hasCreditsInBrackets(facts: readonly LineFacts[], bodyStart: number): boolean {
  const first = facts.findIndex(({ section }) => section !== null && isCreditBracket(section));
  const text = facts.findIndex(({ sentence, line }, at) => at >= bodyStart && sentence && !isNote(line.text));
  return first > text && text >= 0;
}

/** A motto, an address, a word about the paper between the head and the first item. */
const isAside = (fact: LineFacts | undefined): boolean =>
  fact !== undefined && !fact.sentence && !fact.creditLine && (isMotto(fact.line.text) || fact.footLine);

/** The first line of what a web page prints below a text; nothing of the text stands behind it. */
function pageEndOf(facts: readonly LineFacts[], bodyStart: number): number {
  const last = facts.findLastIndex((fact) => isRunning(fact) || fact.scope !== 'none' || fact.signOff);
  return facts.findIndex(({ line }, at) => at > Math.max(last, bodyStart) && isPageEnd(line.text));
}

const taggedOf = (facts: readonly LineFacts[]): number =>
  facts.filter(
    ({ tag }, at) =>
      tag !== null &&
      (at === 0 || facts[at - 1]?.title || ENDS_SENTENCE.test(facts[at - 1]?.line.text.slice(-4) ?? '')),
  ).length;

const isFact = ({ isNumber, whole, part }: HeadReading): boolean => isNumber || (whole && part);

function signsAt(view: View, at: number): Sign[] {
  const fact = view.facts[at];
  if (!fact) return ['any'];
  const signs: Sign[] = ['any', ...(fact.asBefore ?? []), ...headSigns(view, at, fact), ...formSigns(view, at, fact)];
  signs.push(...titleSigns(view, at, fact), ...listSigns(view, at, fact), ...footSigns(view, at, fact));
  signs.push(...lookSigns(view.facts, at, view.bodyStart, view.looksTell));
  const before = view.facts[at - 1];
  if (before) signs.push(...relationSigns(view, at, fact, before));
  return signs;
}

function headSigns({ heads, lastHead, facts, bodyStart }: View, at: number, fact: LineFacts): Sign[] {
  const { line, core, sentence } = fact;
  const head = heads[at];
  if (!head) return ['far down'];
  if (fact.creditLine && at > bodyStart && facts[at - 1]?.sentence) return [];
  const issued = heads.slice(0, at).some(({ issuers }) => issuers.length > 0);
  if (issued && at >= bodyStart && isTitleNotIssuer(head, fact, facts[at + 1])) return [];
  const signs: Sign[] = [];
  const firstNumber = heads.findIndex(({ isNumber }) => isNumber);
  if (at < firstNumber && firstNumber < 40) signs.push('before the number');
  if (head.isNumber) signs.push('number');
  else if (head.whole && head.part) signs.push('head fact');
  else if (head.part)
    signs.push('half a head fact', ...(head.hasDate && !sentence ? (['date beside a name'] as const) : []));
  else if (head.whole) signs.push('head fact');
  if (isPageChrome(line.text)) signs.push('web page');
  if (core.length <= 30 && isNameLike(line.text)) signs.push('name');
  const factSoon = lastHead > at && lastHead - at <= 6 && !facts.slice(at, lastHead).some((fact) => isRunning(fact));
  if (factSoon) signs.push('head goes on');
  if (!sentence && isMotto(line.text)) signs.push('motto');
  return signs;
}

/** 【…】 that names a unit, a section or a deed; a name in quotation (【党课开讲】专题节目) opens nothing. */
const opensItem = (content: string): boolean =>
  content.length > 8 || saysDeed(content) || isSectionWord(content) || isBareUnit(content);

/** Two or three cells of like length, or words that name no deed: 求真务实 服务决策, （每周一出刊）. */
function isMotto(text: string): boolean {
  const pieces = text
    .replace(/[★☆◆●·]|^[“"]|[”"]$/gu, ' ')
    .trim()
    .split(/[\s、，]+/u);
  const [first] = pieces;
  if (pieces.length > 1 && pieces.length <= 6 && first !== undefined && first.length >= 3 && first.length <= 8)
    return pieces.every((piece) => Math.abs(piece.length - first.length) <= 1);
  return /^[（(].{2,30}[）)]$|^(?:本[期刊]|总?共).{0,16}[版页刊]$/u.test(text);
}

const HEADING_SIGNS = {
  section: 'section heading',
  headline: 'headline heading',
  part: 'heading within an article',
} as const;

function formSigns({ layout, facts, tagged, creditsInBrackets }: View, at: number, fact: LineFacts): Sign[] {
  const { line, mark, section, tag, core } = fact;
  const signs: Sign[] = [];
  const role = mark ? layout.marks.get(mark.class) : undefined;
  if (fact.sentence) signs.push('sentence');
  else if (core.length <= SHORT) signs.push('short');
  if (core.length > LONG) signs.push('long');
  if (section !== null && creditsInBrackets && isCreditBracket(section)) signs.push('credit line');
  else if (section !== null) {
    signs.push('section');
    if (saysDeed(section) && section.length > 8 && facts[at + 1]?.sentence) signs.push('section like a headline');
  } else if (layout.numberedSections && fact.numbered !== null) signs.push('numbered section');
  else if (role === 'section' && fact.title && core.length <= 12) signs.push('marked section');
  // One mark for both: ■ 平安建设 over ■ 青山乡三项举措护航高考。…
  else if (role === 'item' && fact.title && isSectionWord(core) && facts[at + 1]?.mark?.class === mark?.class)
    signs.push('marked section');
  else if (role === 'item' || (role === 'section' && fact.sentence)) signs.push('item mark');
  else if (fact.outline || role === 'outline') signs.push('outline');
  const heading = layout.headings.get(at);
  if (heading) signs.push(HEADING_SIGNS[heading]);
  if (tag && (tagged > 1 || opensItem(tag.content))) signs.push('tag');
  if (tag && fact.title && isBareUnit(tag.content) && isHeadlineLine(tag.rest) && facts[at + 1]?.sentence)
    signs.push('unit before a title');
  if (fact.row) signs.push('row');
  if (fact.creditLine) signs.push('credit line');
  if (fact.closes === 'item') signs.push('closes the item');
  else if (fact.closes === 'issue') signs.push('closes the issue');
  else if (isCreditedTitle(fact, facts[at + 1])) signs.push('unit behind a headline');
  else if (fact.credit !== 'none') signs.push('ends with a credit');
  if (fact.news) signs.push('news');
  if (fact.headlineInside) signs.push('headline inside');
  if (line.look?.lead) signs.push('bold beginning');
  return signs;
}

function titleSigns({ layout, facts }: View, at: number, fact: LineFacts): Sign[] {
  if (!fact.title || fact.section !== null) return [];
  if (fact.outline && (fact.mark === null || layout.marks.get(fact.mark.class) !== 'item')) return [];
  const signs: Sign[] = ['title'];
  const next = facts[at + 1];
  if (layout.headlines === 'line') signs.push('headlines on lines');
  if (layout.headlines === 'inside') signs.push('headlines inside lines');
  if (!next) return signs;
  const role = next.mark ? layout.marks.get(next.mark.class) : undefined;
  const begins =
    next.section !== null ||
    role === 'item' ||
    role === 'section' ||
    next.scope !== 'none' ||
    next.signOff ||
    next.footLine ||
    (next.creditLine && !isUnderHeadline(facts, at + 1));
  if (isSecondHalf(facts, at + 1)) signs.push('first half of a title');
  else if (begins) signs.push('before a beginning');
  else if (next.creditLine) signs.push('headline before its unit');
  else if (next.sentence || next.line.text.length > 40) signs.push('before text');
  const inside = next.sentence && next.headlineInside;
  const own = layout.headlines === 'inside' ? inside : next.title || (layout.headlines === 'unknown' && inside);
  const subtitled = SUBTITLE.test(next.line.text);
  if (!fact.bare || subtitled) return signs;
  if (layout.bareSections && layout.overHeadlines && next.sentence) signs.push('bare section over a text');
  else if (own || role === 'item' || next.tag !== null || next.news) signs.push('bare section');
  return signs;
}

const NOTE_END = /(?:刊发|印发|编发|转发|供.{0,16}(?:参考|借鉴|参阅|学习)|请.{0,16}(?:借鉴|学习|参考|参阅))/u;

/** 现予刊发，请各地学习借鉴。: a further paragraph of a note whose label stands a few lines above. */
function closesNote(facts: readonly LineFacts[], at: number): boolean {
  const text = facts[at]?.line.text ?? '';
  if (text.length > LONG || !NOTE_END.test(text) || !/。$/u.test(text)) return false;
  return facts.slice(Math.max(0, at - 3), at).some(({ line }) => isNote(line.text));
}

const INSTRUCTION = /^[【〖［[（(]?\s*(?:领导|主要领导)?批\s*示(?:摘要|摘登|精神)?\s*[】〗］\])）]?\s*[：:]?/u;

/** What a leader wrote on the matter, printed above the only article. */
function isInstruction(facts: readonly LineFacts[], at: number, bodyStart: number): boolean {
  const text = facts[at]?.line.text ?? '';
  if (at < bodyStart || at > bodyStart + 1 || text.length > 200 || !INSTRUCTION.test(text)) return false;
  return !facts.some(({ section }, index) => index > at && section !== null);
}

function listSigns({ again, before, listed, facts, heads, bodyStart }: View, at: number, { line }: LineFacts): Sign[] {
  const signs: Sign[] = [];
  if (isContentsLabel(line.text)) signs.push('contents label');
  else if (isBodyLabel(line.text)) signs.push('body label');
  // The date comes again where the paper was printed.
  const isFactOfHead = heads[at]?.whole === true && heads[at].part;
  if (again[at] && !isFactOfHead) signs.push('comes again');
  if (before[at]) signs.push('came before');
  if (listed[at] && !before[at]) signs.push('in a list');
  if (at < HEAD_LINES && showsPage(line.text)) signs.push('page number at its end');
  if (isNote(line.text)) signs.push('note label');
  if (isInstruction(facts, at, bodyStart)) signs.push('instruction');
  const previous = facts[at - 1];
  if (previous && isInstruction(facts, at - 1, bodyStart)) signs.push('after a note label');
  if (previous && isNoteAlone(previous.line.text)) signs.push('after a note label');
  else if (closesNote(facts, at)) signs.push('closes a note');
  return signs;
}

function footSigns({ facts, pageEnd }: View, at: number, fact: LineFacts): Sign[] {
  const signs: Sign[] = [];
  const previous = facts[at - 1];
  if (fact.scope === 'label') signs.push('scope');
  if (fact.scope === 'bare') signs.push('bare scope');
  if (fact.signOff) signs.push('sign-off');
  else if (fact.footLine) signs.push('foot line');
  if (!/。.|[！？]/u.test(fact.line.text) && ADDRESSEES.test(fact.line.text.slice(0, TAIL))) signs.push('addressees');
  if (previous?.scope === 'label' && /[：:丨｜】\]]\s*$/u.test(previous.line.text)) signs.push('after a scope label');
  if (isPageEnd(fact.line.text)) signs.push('web page end');
  else if (pageEnd >= 0 && at > pageEnd) signs.push('below the web page end');
  return signs;
}

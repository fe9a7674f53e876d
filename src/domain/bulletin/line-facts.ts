import {
  closingBracket,
  CREDIT_LINE,
  creditOfLine,
  openCredit,
  readAttribution,
  readCredit,
  unitBehindTitle,
} from './attribution.js';
import { distributionLabel } from './distribution.js';
import { isFootMatter } from './foot-matter.js';
import { type HeadFacts, noFacts, takeFacts } from './head-line.js';
import { isHeadlineLine, numbering, splitHeadline, startsLikeSentence } from './headline.js';
import { readIssueNumber } from './issue-number.js';
import { isBareSection, type ItemMark, itemMark, numberedHeading, openingTag, sectionName } from './item-marks.js';
import type { SourceLine } from './lines.js';
import { readPublicMark, readWholeMark } from './marks.js';
import { besideNames, readSignOffs, signOffsWithin } from './sign-off.js';
import type { PaperSign } from './weights-paper.js';

/** What a line is by its own form, before its neighbours are looked at. */
export interface LineFacts {
  line: SourceLine;
  mark: ItemMark | null;
  /** The line without its mark. */
  core: string;
  section: string | null;
  numbered: string | null;
  tag: { content: string; rest: string } | null;
  /** The tag is the unit's, as in earlier issues of the paper. */
  unitTag?: boolean;
  /** Could be a headline on a line of its own. */
  title: boolean;
  /** A sentence mark stands outside quotation marks. */
  sentence: boolean;
  /** A unit's bracket ends it: surely, where the sentence is over before it; perhaps. */
  credit: 'sure' | 'maybe' | 'none';
  creditLine: boolean;
  /** So short and without a deed that it names what stands below it rather than says something. */
  bare: boolean;
  /** The unit or the date under a text that closes this item, or the issue. */
  closes: 'item' | 'issue' | null;
  /** What earlier issues of the paper say of it. */
  asBefore?: readonly PaperSign[];
  news: boolean;
  headlineInside: boolean;
  outline: boolean;
  row: boolean;
  scope: 'label' | 'bare' | 'none';
  signOff: boolean;
  footLine: boolean;
}

const TAIL = 200;
const CLOSERS = /[）)\]】〕］〉][。.]?$/u;

export function factsOf(line: SourceLine): LineFacts {
  const { text } = line;
  const section = sectionName(text);
  const mark = section === null ? itemMark(text) : null;
  const behind = unitBehindTitle(mark?.rest ?? text);
  const core = behind ? `${behind.title}（${behind.unit}）` : (mark?.rest ?? text);
  const tail = text.slice(-TAIL);
  const closed = CLOSERS.test(tail);
  const creditLine = section === null && text.length <= 80 && isCreditLine(text);
  const isBracket =
    !creditLine && /^[（(]/u.test(text) && closed && text.length <= TAIL && closingBracket(text)?.before === '';
  const attribution = isBracket
    ? null
    : closed || CREDIT_LINE.test(text) || openCredit(tail)
      ? readAttribution(tail, false)
      : null;
  const label = distributionLabel(text);
  const signs = readSignOffs(text);
  const isShort = core.length <= 80;
  const tag = section === null ? openingTag(core) : null;
  // （刑侦大队）快侦快破系列案件.
  const isRound = tag !== null && /^[（(]/u.test(core);
  return {
    line,
    mark,
    core,
    section,
    numbered: section === null ? numberedHeading(text) : null,
    tag,
    title: isShort && (isHeadlineLine(core) || (isRound && isHeadlineLine(tag.rest))),
    sentence: !isShort || /[，。；！？,;](?!\d)/u.test(outsideQuotes(core)),
    credit:
      section !== null
        ? 'none'
        : attribution?.kind === 'credit'
          ? 'sure'
          : attribution?.kind === 'unclear' || behind !== null
            ? 'maybe'
            : 'none',
    creditLine,
    bare: isBareSection(mark, core),
    closes: null,
    news: startsLikeSentence(core),
    headlineInside: splitHeadline(core.slice(0, 400), false)?.sure === true,
    outline: numbering(text) !== '',
    row: text.includes('\t') || text.split(/\s{2,}/u).length > 3,
    scope:
      label === null
        ? 'none'
        : /^[^\p{L}]*\p{L}[\p{L}\s、/]{0,20}[：:丨｜|│】\]］〕）)]/u.test(text)
          ? 'label'
          : 'bare',
    signOff: signs.some(({ role }) => role !== 'contact' && role !== 'other') || signs.length > 1,
    footLine:
      isFootMatter(text) ||
      readPublicMark(text) !== null ||
      readWholeMark(text) !== null ||
      (signs.length > 0 && signs[0]?.name !== null),
  };
}

function outsideQuotes(text: string): string {
  return text.replace(/“[^“”]{0,80}”|《[^《》]{0,80}》|[（(][^（()）]{0,80}[）)]/gu, '');
}

function isCreditLine(text: string): boolean {
  const bracket = closingBracket(text);
  if (bracket?.before === '') return readCredit(bracket.content) !== null;
  return creditOfLine(text) !== null;
}

/** What a line says as a line of the head. */
export interface HeadReading {
  isNumber: boolean;
  /** Everything on it is understood. */
  whole: boolean;
  /** Something on it is. */
  part: boolean;
  date: string | null;
  hasDate: boolean;
  issuers: readonly string[];
}

const hasFacts = (facts: HeadFacts): boolean =>
  facts.date !== null ||
  facts.pageDate !== null ||
  facts.badDate !== null ||
  facts.issuers.length > 0 ||
  facts.docNumber !== null ||
  facts.totalNumber !== null ||
  facts.copyNumber !== null ||
  facts.urgency !== null ||
  facts.classification !== null;

/** 一、数字政府 is a heading, whatever its words are. */
const NUMBERED = /^[一二三四五六七八九十]{1,3}\s*[、．.]/u;

const NOTHING: HeadReading = { isNumber: false, whole: false, part: false, date: null, hasDate: false, issuers: [] };

/** `year`: of the number above, where the date of the paper may lack it. */
export function headReading(text: string, year: number | null = null, issuer: string | null = null): HeadReading {
  if (text.length > 200) return { ...NOTHING };
  const signed = signOffsWithin(text);
  const beside = signed ? besideNames(text, signed) : '';
  const plain = beside !== '' ? beside : text;
  const isNumber = readIssueNumber(plain) !== null;
  const facts = noFacts();
  const rest = takeFacts(plain, facts, 'below', year, issuer);
  const isHeading = sectionName(plain) !== null || NUMBERED.test(plain);
  if (isHeading && facts.date === null && !isNumber) return { ...NOTHING, isNumber };
  const { date, issuers } = facts;
  return { isNumber, whole: rest === '', part: hasFacts(facts), date, hasDate: date !== null, issuers };
}

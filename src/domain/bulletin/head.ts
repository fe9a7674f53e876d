import type { BulletinWarning } from './bulletin.js';
import { distributionLabel } from './distribution.js';
import { isFootMatter } from './foot-matter.js';
import { closeSpacing, fold, squash } from './glyphs.js';
import { type HeadFacts, noFacts, readIssuers, takeFacts } from './head-line.js';
import { findDocNumber, type IssueNumber, readIssueNumber } from './issue-number.js';
import type { SourceLine } from './lines.js';
import { readPublicMark } from './marks.js';
import { figuresWithin, type PaperLayout, standing } from './paper-layout.js';
import { isNameLike, seriesName } from './series.js';
import { besideNames, type SignOff, signOffsWithin } from './sign-off.js';
import { isUnitName } from './units.js';
import { quoteStart } from './warnings.js';
import { isPageChrome, webPageWarning } from './web-page.js';

export interface Head extends HeadFacts {
  series: string | null;
  /** The name holds a bulletin's word (快报, 简报, 要情 …). */
  seriesIsNamed: boolean;
  /** Other lines that could be the name. */
  otherNames: string[];
  seriesLine: number | null;
  issueNumber: number | null;
  lastNumber: number | null;
  supplement: boolean;
  /** Year written with the number; null where it stands only in the document number or the date. */
  numberYear: number | null;
  /** How the number was found; null where there is none. */
  numberFrom: 'issue' | 'document' | null;
  numberLine: number | null;
  dateLine: number | null;
  issuerLine: number | null;
  /** Distribution and sign-off lines that stand in the head. */
  footLines: SourceLine[];
  signOffs: { line: number; pairs: SignOff[] }[];
  warnings: BulletinWarning[];
}

interface Candidate {
  line: SourceLine;
  text: string;
  below: boolean;
}

const MAX_NAME_BELOW = 14;
const LARGE = 1.5;
const MAX_HEAD_LINE = 200;

interface NumberLine {
  index: number;
  found: IssueNumber;
}

function findNumber(lines: readonly SourceLine[]): NumberLine | null {
  for (const [index, line] of lines.entries()) {
    const found = line.text.length <= MAX_HEAD_LINE ? readIssueNumber(line.text) : null;
    if (found) return { index, found };
  }
  return null;
}

/** The number as earlier issues write it, where its form is known from them alone. */
function numberAsBefore(lines: readonly SourceLine[], form: string | null): NumberLine | null {
  if (form === null) return null;
  for (const [index, { text }] of lines.entries()) {
    const found = figuresWithin(form, text);
    if (!found) continue;
    const { number, total, year } = found;
    // 〔2025〕14号 is the number of a document as well.
    const after = findDocNumber(text) ? fold(text) : behind(fold(text), found.length);
    return { index, found: { number, total, year, lastNumber: null, supplement: false, before: '', after } };
  }
  return null;
}

/** What stands behind so many letters, blanks not counted. */
function behind(text: string, letters: number): string {
  let left = letters;
  for (let at = 0; at < text.length; at += 1) {
    if (left === 0) return text.slice(at).trim();
    if (/\S/u.test(text.charAt(at))) left -= 1;
  }
  return '';
}

function findDocLine(lines: readonly SourceLine[]): number {
  return lines.findIndex(
    ({ text }) => text.length <= MAX_HEAD_LINE && !/[，。；]/u.test(text) && findDocNumber(text) !== null,
  );
}

/** Lines between one who issues and another, blank ones counted, beyond which they do not belong together. */
const APART = 2;

/** Takes names and lines of the foot out of the head: 第33期    签发人：周五洲. */
function withoutFoot(lines: readonly SourceLine[]): Pick<Head, 'footLines' | 'signOffs'> & { lines: SourceLine[] } {
  const left: SourceLine[] = [];
  const footLines: SourceLine[] = [];
  const signOffs: Head['signOffs'] = [];
  for (const line of lines) {
    const signed = signOffsWithin(line.text);
    if (signed && signed.pairs.some(({ name }) => name !== null)) {
      signOffs.push({ line: line.number, pairs: signed.pairs });
      const beside = besideNames(line.text, signed);
      if (beside !== '') left.push({ ...line, text: beside });
    } else if (distributionLabel(line.text) || readPublicMark(line.text) !== null || isFootMatter(line.text))
      footLines.push(line);
    else left.push(line);
  }
  return { lines: left, footLines, signOffs };
}

/** Reads the lines of the head: masthead, numbers, issuer, date and marks. */
export function readHead(all: readonly SourceLine[], paper: PaperLayout | null = null): Head {
  const own = paper ? all.filter(({ text }) => !paper.headLines.includes(standing(text))) : all;
  const { lines, footLines, signOffs } = withoutFoot(own);
  const number = findNumber(lines) ?? numberAsBefore(lines, paper?.number ?? null);
  const docLine = number ? -1 : findDocLine(lines);
  const anchor = number?.index ?? docLine;
  const year = number?.found.year ?? null;
  const above = noFacts();
  const below = noFacts();
  const candidates: Candidate[] = [];
  let dateLine: number | null = null;
  let issuerLine: number | null = null;
  let lastFact: number | null = null;
  const take = (line: SourceLine, text: string, isBelow: boolean): string => {
    const facts = isBelow ? below : above;
    const had = facts.date ?? facts.pageDate;
    const hadIssuers = facts.issuers.length;
    const issuers = [...facts.issuers];
    const rest = takeFacts(text, facts, isBelow ? 'below' : 'above', year, paper?.issuer);
    // 新建三所学校 further down ends like a unit, but those who issue together stand together.
    if (isBelow && hadIssuers > 0 && facts.issuers.length > hadIssuers && line.number - (lastFact ?? 0) > APART) {
      facts.issuers = issuers;
      return text;
    }
    if (facts.issuers.length > hadIssuers) issuerLine ??= line.number;
    if ((facts.date ?? facts.pageDate) !== had) dateLine = line.number;
    if (rest !== text) lastFact = line.number;
    return rest;
  };
  lines.slice(0, Math.max(anchor, 0)).forEach((line) => {
    const rest = take(line, line.text, false);
    if (rest) candidates.push({ line, text: rest, below: false });
  });
  const anchorLine = lines[anchor];
  const before = number?.found.before && anchorLine ? take(anchorLine, number.found.before, false) : '';
  const left: Candidate[] = [];
  lines.slice(Math.max(anchor, 0)).forEach((line, index) => {
    const isAnchor = index === 0 && anchor >= 0;
    const rest = take(line, isAnchor && number ? number.found.after : line.text, true);
    if (!rest || isHeaderAgain(rest, number?.found.number ?? null)) return;
    left.push({ line, text: rest, below: true });
  });
  const isName = ({ text }: Candidate): boolean => text.length <= MAX_NAME_BELOW && isNameLike(closeSpacing(text));
  if (before === '' && candidates.length === 0) candidates.push(...left.filter(isName).slice(0, 1));
  const unknown = left.filter((candidate) => !candidates.includes(candidate));
  // 宁州消防 over 宁州县消防救援大队: the name of a unit may be that of its paper.
  const [unit] = above.issuers;
  if (before === '' && candidates.length === 0 && unit !== undefined && below.issuers.length > 0) {
    const line = lines.find(({ text }) => closeSpacing(text).replace(/\s+/gu, '') === unit);
    if (line) candidates.push({ line, text: unit, below: false });
  }
  // Nothing else below the number says who issued it, whatever the form of its name.
  const named = above.issuers.length + below.issuers.length === 0 ? unknown.findIndex(isIssuerByPlace) : -1;
  if (named >= 0) below.issuers.push(...(readIssuers(unknown.splice(named, 1)[0]?.text ?? '', 'below', true) ?? []));
  const series = chooseSeries(before, anchorLine, candidates, paper?.series ?? null);
  const facts = mergeFacts(above, below, paper?.issuer ?? null);
  return {
    ...facts,
    totalNumber: number?.found.total ?? facts.totalNumber,
    series: series.name,
    seriesIsNamed: series.name !== null && isNameLike(series.name),
    seriesLine: series.line,
    otherNames: series.others,
    issueNumber: number?.found.number ?? facts.docNumber?.number ?? null,
    lastNumber: number?.found.lastNumber ?? null,
    supplement: (number?.found.supplement ?? false) || series.supplement,
    numberYear: number ? number.found.year : (facts.docNumber?.year ?? null),
    numberFrom: number ? 'issue' : facts.docNumber ? 'document' : null,
    numberLine: anchorLine?.number ?? null,
    dateLine,
    issuerLine,
    footLines,
    signOffs,
    warnings: [
      ...series.warnings,
      ...unknown.map(({ line }) => unknownLine(line)),
      ...webPageWarning(all.filter((line) => isPageChrome(line.text))),
    ],
  };
}

/** The number printed once more, under a page head or a list of contents. */
const isHeaderAgain = (text: string, number: number | null): boolean =>
  number !== null && readIssueNumber(text)?.number === number;

/** Earlier issues were issued by the same. */
const isOf = (issuer: string | null, { issuers }: HeadFacts): boolean =>
  issuer !== null && squash(issuers.join('、')) === issuer;

/** Marks stand above the masthead; issuer and date below it, where a box for instructions cannot be mistaken for them. */
function mergeFacts(above: HeadFacts, below: HeadFacts, issuer: string | null): HeadFacts {
  const dated = below.date === null ? above : below;
  return {
    totalNumber: below.totalNumber ?? above.totalNumber,
    date: dated.date ?? below.pageDate ?? above.pageDate,
    pageDate: null,
    dateFrom: dated.dateFrom,
    badDate: below.badDate ?? above.badDate,
    issuers: below.issuers.length > 0 && !isOf(issuer, above) ? below.issuers : above.issuers,
    docNumber: below.docNumber ?? above.docNumber,
    copyNumber: above.copyNumber ?? below.copyNumber,
    urgency: above.urgency ?? below.urgency,
    classification: above.classification ?? below.classification,
  };
}

const isIssuerByPlace = ({ text, below }: Candidate): boolean => below && readIssuers(text, 'below', true) !== null;

interface ChosenSeries {
  name: string | null;
  supplement: boolean;
  line: number | null;
  others: string[];
  warnings: BulletinWarning[];
}

/** The masthead name, and a warning for every line above the number that was not understood. */
function chooseSeries(
  before: string,
  anchor: SourceLine | undefined,
  candidates: readonly Candidate[],
  paper: string | null,
): ChosenSeries {
  const inline = seriesName(before);
  // 日报第7期 under a name of its own says only how often the paper comes out.
  const isInline =
    inline.name !== null && !isUnitName(inline.name) && !(inline.name.length <= 2 && candidates.length > 0);
  const names = candidates.filter(
    ({ text }) => text.length <= 40 && !/[，。；？！：:]/u.test(text) && !/^关于/u.test(fold(text)),
  );
  const named = names.filter(({ text }) => isNameLike(closeSpacing(text)));
  const large = largest(names);
  const own = paper === null ? undefined : candidates.find(({ text }) => squash(seriesName(text).name ?? '') === paper);
  const chosen = isInline ? undefined : (own ?? large ?? named.at(-1) ?? names.at(-1));
  const warnings = candidates.filter((candidate) => candidate !== chosen).map(({ line }) => unknownLine(line));
  const others = names.filter((candidate) => candidate !== chosen).map(({ text }) => seriesName(text).name ?? text);
  if (!chosen) return { ...inline, line: anchor?.number ?? null, others, warnings };
  if (named.length === 0 && !large && !own)
    warnings.push({
      line: chosen.line.number,
      code: 'series_guessed',
      message: `刊名取“${quoteStart(chosen.text)}”，请核对。`,
    });
  const { name, supplement } = seriesName(chosen.text);
  return { name, supplement: supplement || inline.supplement, line: chosen.line.number, others, warnings };
}

/** A masthead is set in type much larger than the text; nothing else in the head is set larger. */
function largest(names: readonly Candidate[]): Candidate | undefined {
  const sizeOf = ({ line }: Candidate): number => line.look?.size ?? 0;
  const [first] = [...names].sort((one, other) => sizeOf(other) - sizeOf(one));
  return first && sizeOf(first) >= LARGE ? first : undefined;
}

function unknownLine(line: SourceLine): BulletinWarning {
  return {
    line: line.number,
    code: 'unknown_head_line',
    message: `文首“${quoteStart(line.text)}”没有识别，未收入。`,
  };
}

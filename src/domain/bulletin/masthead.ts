import type { BulletinWarning } from './bulletin.js';
import { isContentsLabel } from './contents.js';
import { isFootLine } from './foot.js';
import { closeSpacing, fold } from './glyphs.js';
import { type HeadFacts, noFacts, takeFacts } from './head-line.js';
import { findDocNumber, type IssueNumber, readIssueNumber } from './issue-number.js';
import { numberedHeading, sectionName } from './line-kind.js';
import type { SourceLine } from './lines.js';
import { isNameLike, seriesName } from './series.js';
import { isUnitName } from './units.js';
import { quoteStart } from './warnings.js';
import { isPageChrome, webPageWarning } from './web-page.js';

export interface Head extends HeadFacts {
  series: string | null;
  /** The name holds a bulletin's word (快报, 简报, 要情 …). */
  seriesIsNamed: boolean;
  issueNumber: number | null;
  lastNumber: number | null;
  supplement: boolean;
  /** Year written with the number; null where it stands only in the document number or the date. */
  numberYear: number | null;
  /** How the number was found; null where there is none. */
  numberFrom: 'issue' | 'document' | null;
  numberLine: number | null;
  /** Index of the first body line. */
  bodyStart: number;
  /** Distribution and sign-off lines that stand in the head. */
  footLines: SourceLine[];
  /** Copied from a web page, whose own lines stand around the text. */
  isWebPage: boolean;
  warnings: BulletinWarning[];
}

/** Number lines are looked for in this many lines; a longer line is no head line. */
const SEARCHED_LINES = 80;
const MAX_HEAD_LINE = 200;

interface NumberLine {
  index: number;
  found: IssueNumber;
}

function findNumberLine(lines: readonly SourceLine[]): NumberLine | null {
  for (const [index, line] of lines.slice(0, SEARCHED_LINES).entries()) {
    const found = line.text.length <= MAX_HEAD_LINE ? readIssueNumber(line.text) : null;
    if (found) return { index, found };
  }
  return null;
}

function findDocLine(lines: readonly SourceLine[]): number {
  return lines
    .slice(0, SEARCHED_LINES)
    .findIndex(({ text }) => text.length <= MAX_HEAD_LINE && !/[，。；]/u.test(text) && findDocNumber(text) !== null);
}

interface Candidate {
  line: SourceLine;
  text: string;
}

/** Reads the head: masthead, numbers, issuer, date and marks, up to the first body line. */
export function readHead(lines: readonly SourceLine[]): Head {
  const number = findNumberLine(lines);
  const docLine = number ? -1 : findDocLine(lines);
  const anchor = number?.index ?? docLine;
  const above = noFacts();
  const below = noFacts();
  const candidates = lines.slice(0, Math.max(anchor, 0)).flatMap((line): Candidate[] => {
    const rest = takeFacts(line.text, above, 'above');
    return rest ? [{ line, text: rest }] : [];
  });
  const before = number?.found.before ? takeFacts(number.found.before, above, 'above') : '';
  const anchorText = number ? number.found.after : (lines[docLine]?.text ?? '');
  takeFacts(anchorText, below, 'below');
  const { bodyStart, footLines } = readBelow(
    lines,
    anchor + 1,
    below,
    candidates,
    before !== '' || candidates.length > 0,
  );
  const series = chooseSeries(before, candidates);
  const chrome = lines.slice(0, bodyStart).filter((line) => isPageChrome(line.text));
  const facts = mergeFacts(above, below);
  return {
    ...facts,
    totalNumber: number?.found.total ?? facts.totalNumber,
    series: series.name,
    seriesIsNamed: series.name !== null && isNameLike(series.name),
    issueNumber: number?.found.number ?? facts.docNumber?.number ?? null,
    lastNumber: number?.found.lastNumber ?? null,
    supplement: (number?.found.supplement ?? false) || series.supplement,
    numberYear: number ? number.found.year : (facts.docNumber?.year ?? null),
    numberFrom: number ? 'issue' : facts.docNumber ? 'document' : null,
    numberLine: lines[anchor]?.number ?? null,
    bodyStart,
    footLines,
    isWebPage: chrome.length > 0,
    warnings: [...series.warnings, ...webPageWarning(chrome)],
  };
}

/** Marks stand above the masthead; issuer and date below it, where a box for instructions cannot be mistaken for them. */
function mergeFacts(above: HeadFacts, below: HeadFacts): HeadFacts {
  return {
    totalNumber: below.totalNumber ?? above.totalNumber,
    date: below.date ?? above.date,
    badDate: below.badDate ?? above.badDate,
    issuers: below.issuers.length > 0 ? below.issuers : above.issuers,
    docNumber: below.docNumber ?? above.docNumber,
    copyNumber: above.copyNumber ?? below.copyNumber,
    urgency: above.urgency ?? below.urgency,
    classification: above.classification ?? below.classification,
  };
}

const MAX_NAME_BELOW = 12;

/** Consumes head lines from `start` on, up to the first line that is none. */
function readBelow(
  lines: readonly SourceLine[],
  start: number,
  facts: HeadFacts,
  candidates: Candidate[],
  isNamed: boolean,
): { bodyStart: number; footLines: SourceLine[] } {
  const footLines: SourceLine[] = [];
  let named = isNamed;
  let lastWasIssuer = false;
  for (const [index, line] of lines.entries()) {
    if (index < start) continue;
    if (line.text.length <= MAX_HEAD_LINE && isFootLine(line.text)) {
      footLines.push(line);
      continue;
    }
    if (index >= start + SEARCHED_LINES || startsBody(line)) return { bodyStart: index, footLines };
    const trial = { ...facts, issuers: [...facts.issuers] };
    const complete = facts.issuers.length > 0 && facts.date !== null && !lastWasIssuer;
    const rest = takeFacts(line.text, trial, complete ? 'closed' : 'below');
    const isName = !named && rest.length <= MAX_NAME_BELOW && isNameLike(rest);
    if (rest !== '' && !isName) return { bodyStart: index, footLines };
    lastWasIssuer = trial.issuers.length > facts.issuers.length;
    Object.assign(facts, trial);
    if (isName) candidates.push({ line, text: rest });
    named ||= isName;
  }
  return { bodyStart: lines.length, footLines };
}

function startsBody(line: SourceLine): boolean {
  const { text } = line;
  if (isContentsLabel(text) || text.length > MAX_HEAD_LINE) return true;
  if (takeFacts(text, noFacts(), 'below') === '') return false;
  return sectionName(text) !== null || numberedHeading(text) !== null || /^[●■◆▲◇○▪►□※•·]/u.test(text);
}

/** The masthead name, and a warning for every line above the number that was not understood. */
function chooseSeries(
  before: string,
  candidates: readonly Candidate[],
): { name: string | null; supplement: boolean; warnings: BulletinWarning[] } {
  const inline = seriesName(before);
  const isInline = inline.name !== null && !isUnitName(inline.name);
  const names = candidates.filter(
    ({ text }) => text.length <= 40 && !/[，。；？！：:]/u.test(text) && !/^关于/u.test(fold(text)),
  );
  const named = names.filter(({ text }) => isNameLike(closeSpacing(text)));
  const chosen = isInline ? undefined : (named.at(-1) ?? names.at(-1));
  const warnings = candidates
    .filter((candidate) => candidate !== chosen)
    .map(({ line }) => warning(line, 'unknown_head_line', `文首“${quoteStart(line.text)}”没有识别，未收入。`));
  if (!chosen) return { ...inline, warnings };
  if (named.length === 0)
    warnings.push(warning(chosen.line, 'series_guessed', `刊名取“${quoteStart(chosen.text)}”，请核对。`));
  const { name, supplement } = seriesName(chosen.text);
  return { name, supplement: supplement || inline.supplement, warnings };
}

function warning(line: SourceLine, code: string, message: string): BulletinWarning {
  return { line: line.number, code, message };
}

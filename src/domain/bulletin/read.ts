import type { Bulletin, BulletinWarning, TextEncoding } from './bulletin.js';
import { type GatedText, mendVerticalMarks, statedLevel } from './classification.js';
import { contentsLength, contentsWarning } from './contents.js';
import { type Foot, footStart, mendLabels, readFoot } from './foot.js';
import { readIssueNumber } from './issue-number.js';
import { readBody } from './items.js';
import { sectionName } from './line-kind.js';
import type { SourceLine } from './lines.js';
import { type Head, readHead } from './masthead.js';
import { bulletinWarnings } from './missing.js';
import { dropPageMarks, dropRunningHeaders } from './pages.js';
import { arrangeWarnings } from './warnings.js';
import { dropPageTail } from './web-page.js';

export interface Reading {
  bulletin: Bulletin;
  /** Whether the text has enough of a bulletin to be one. */
  isBulletin: boolean;
  hasBody: boolean;
  /** Where the secrecy gate looks. */
  gated: GatedText;
}

/**
 * Reads the lines of a text as a bulletin, whatever it is marked with: the gate is `parse.ts`. Nothing here decides
 * whether the result may be kept.
 */
export function readBulletin(lineByLine: readonly SourceLine[], encoding: TextEncoding = 'utf-8'): Reading {
  const source = mendVerticalMarks(lineByLine);
  const pages = dropPageMarks(source);
  const head = readHead(pages.lines);
  const issuer = head.issuers.join('、') || null;
  const headers = dropRunningHeaders(pages.lines.slice(head.bodyStart), { ...head, issuer });
  const skipped = contentsLength(headers.lines);
  const text = mendLabels(headers.lines.slice(skipped));
  const lines = head.isWebPage ? dropPageTail(text) : text;
  const foot0 = footStart(lines);
  const foot = readFoot([...head.footLines, ...lines.slice(foot0)]);
  const isBulletin = looksLikeBulletin(head, foot, lines.slice(0, foot0));
  const body = isBulletin ? readBody(lines.slice(0, foot0)) : { sections: [], warnings: [] };
  const bulletin = assemble(head, foot, body.sections, encoding);
  const found = [
    ...pages.warnings,
    ...headers.warnings,
    ...head.warnings,
    ...contentsWarning(headers.lines.slice(0, skipped)),
    ...body.warnings,
    ...foot.warnings,
    ...secondIssueWarnings(lines, head),
  ];
  bulletin.warnings = arrangeWarnings([...found, ...bulletinWarnings(bulletin, head, foot, source)]);
  const hasBody = foot0 > 0;
  return {
    bulletin,
    isBulletin,
    hasBody,
    gated: gatedText(source, head, pages.lines, headers.lines, skipped, isBulletin),
  };
}

/**
 * A number line and one more sign of a bulletin; or, without a number line, two signs of which one is a bulletin's own
 * name or distribution line.
 */
function looksLikeBulletin(head: Head, foot: Foot, body: readonly SourceLine[]): boolean {
  if (body.length === 0) return false;
  const isOwn = head.seriesIsNamed || foot.hasOwnDistribution;
  const hasSections = body.some((line) => sectionName(line.text) !== null);
  if (head.numberFrom === 'issue')
    return isOwn || hasSections || foot.hasSignOff || head.issuers.length > 0 || head.date !== null;
  const hasDocNumber = head.numberFrom === 'document' && head.series !== null;
  const signs = [head.seriesIsNamed, foot.hasOwnDistribution, hasSections, foot.hasSignOff, hasDocNumber];
  return isOwn && signs.filter(Boolean).length >= 2;
}

function assemble(head: Head, foot: Foot, sections: Bulletin['sections'], encoding: TextEncoding): Bulletin {
  const year = head.numberYear === null ? '' : `${head.numberYear}年`;
  const last = head.lastNumber === null ? '' : `-${head.lastNumber}`;
  const number =
    head.issueNumber === null ? '' : `${year}${head.supplement ? '增刊' : ''}第${head.issueNumber}${last}期`;
  const isOwnNumber = head.numberFrom === 'issue' || head.series !== null;
  return {
    title: (head.series ?? '') + (isOwnNumber ? number : '') || null,
    series: head.series,
    issueNumber: isOwnNumber ? head.issueNumber : null,
    totalNumber: head.totalNumber,
    date: head.date ?? foot.printedOn,
    issuer: head.issuers.join('、') || foot.printedBy,
    sections,
    distribution: foot.distribution,
    editor: foot.names.editor ?? null,
    reviewer: foot.names.reviewer ?? null,
    approver: foot.names.approver ?? null,
    classification: head.classification ?? foot.publicMark,
    urgency: head.urgency,
    warnings: [],
    extra: {
      year: head.numberYear ?? head.docNumber?.year ?? null,
      docNumber: head.docNumber?.text ?? null,
      copies: foot.copies,
      copyNumber: head.copyNumber,
      distributionLabel: foot.label,
      distributionByVerb: foot.byVerb,
      proofreader: foot.names.proofreader ?? null,
      encoding,
    },
  };
}

/** The number of a second issue, deep in the text: a person must look at it. */
function secondIssueWarnings(lines: readonly SourceLine[], head: Head): BulletinWarning[] {
  return lines.flatMap((line): BulletinWarning[] => {
    const number = line.text.length <= 60 ? readIssueNumber(line.text) : null;
    if (number && number.before === '' && number.number !== head.issueNumber)
      return [
        {
          line: line.number,
          code: 'second_issue',
          message: `此行又出现期号“${line.text}”，一个文件只能导入一期，请核对。`,
        },
      ];
    return [];
  });
}

/**
 * The gate's head zone ends at the first running sentence, so that a stray line or a title before a mark hides nothing.
 * A text that is no bulletin is refused anyway, and all of it is looked at.
 */
function gatedText(
  source: readonly SourceLine[],
  head: Head,
  lines: readonly SourceLine[],
  afterHead: readonly SourceLine[],
  skipped: number,
  isBulletin: boolean,
): GatedText {
  const texts = (some: readonly SourceLine[]): string[] => some.map((line) => line.text);
  if (!isBulletin)
    return { head: texts(source.filter(({ text }) => text.length <= 40).slice(0, 5)), edge: texts(source), body: [] };
  const isSentence = ({ text }: SourceLine): boolean =>
    (/[，。]/u.test(text) || text.length > 60) && statedLevel(text) === null;
  const first = afterHead.findIndex((line, index) => index >= skipped && isSentence(line));
  const firstBody = lines[head.bodyStart]?.number ?? Infinity;
  const firstItem = afterHead[first]?.number ?? Infinity;
  return {
    head: texts(source.filter(({ number }) => number < firstBody)),
    edge: texts(source.filter(({ number }) => number >= firstBody && number < firstItem)),
    body: texts(source.filter(({ number }) => number >= firstBody && number >= firstItem)),
  };
}

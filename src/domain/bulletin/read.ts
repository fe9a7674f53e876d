import { arrange, type Arranged } from './arrange.js';
import type { Bulletin, BulletinWarning, TextEncoding } from './bulletin.js';
import { type GatedText, mendVerticalMarks, statedLevel } from './classification.js';
import { cleanLines, joinPaddedNumbers } from './clean.js';
import { contentsWarning } from './contents-warning.js';
import { joinCutTitles } from './cut-titles.js';
import { headDoubts } from './doubts.js';
import { type Foot, mendLabels, readFoot } from './foot.js';
import { type Head, readHead } from './head.js';
import { readIssueNumber } from './issue-number.js';
import { readBody } from './items.js';
import { labelsAsBefore } from './labels-as-before.js';
import type { SourceLine } from './lines.js';
import { originalOf } from './linked.js';
import type { Original } from './original.js';
import { withPinnedFacts } from './pinned-facts.js';
import { type Pin, pinned } from './pins.js';
import { bulletinWarnings } from './missing.js';
import type { PaperLayout } from './paper-layout.js';
import { dropPageMarks, dropRunningHeaders, joinMasthead } from './pages.js';
import { arrangeWarnings } from './warnings.js';

export interface ReadingOptions {
  encoding?: TextEncoding;
  /** What a person decided; at most one of a place. */
  pins?: readonly Pin[];
  /** What earlier issues of the paper show. */
  paper?: PaperLayout | null;
}

export interface Reading {
  bulletin: Bulletin;
  original: Original;
  /** Whether the text has enough of a bulletin to be one. */
  isBulletin: boolean;
  hasBody: boolean;
  /** The lines that were judged, without what a page printed around them. */
  lines: readonly SourceLine[];
  /** Where the secrecy gate looks. */
  gated: GatedText;
}

/**
 * Reads the lines of a text as a bulletin, whatever it is marked with: the gate is `parse.ts`. Nothing here decides
 * whether the result may be kept.
 */
export function readBulletin(
  lineByLine: readonly SourceLine[],
  { encoding = 'utf-8', pins = [], paper = null }: ReadingOptions = {},
): Reading {
  const source = mendVerticalMarks(pinned(lineByLine, pins));
  const pages = dropPageMarks(joinPaddedNumbers(labelsAsBefore(cleanLines(source), paper)));
  const leftOut = source.filter(({ pin }) => pin === 'none');
  const {
    arranged,
    head: own,
    headers,
  } = arrangePages(mendLabels(joinCutTitles(joinMasthead(pages.lines))), leftOut, paper);
  const { head, foot } = withPinnedFacts(own, readFoot(arranged.foot, own, paper), pins);
  const isBulletin = looksLikeBulletin(head, foot, arranged);
  const body = readBody(isBulletin ? arranged.body : [], pins, paper);
  const bulletin = assemble(head, foot, body.sections, encoding);
  bulletin.doubts = [...headDoubts(head, foot), ...body.doubts];
  bulletin.warnings = arrangeWarnings([
    ...pages.warnings,
    ...headers,
    ...head.warnings,
    ...contentsWarning(arranged.contents),
    ...noteWarnings(arranged.note),
    ...body.warnings,
    ...foot.warnings,
    ...secondIssueWarnings(arranged, head),
    ...bulletinWarnings(bulletin, head, foot, source),
  ]);
  const original = originalOf(source, arranged.all, { head, foot, body });
  const gated = gatedText(source, arranged, isBulletin);
  const lines = arranged.all.map(({ line }) => line);
  return { bulletin, original, isBulletin, hasBody: arranged.body.length > 0, lines, gated };
}

/** What is printed on top of every page is known once the head is read; without it the rest is judged anew. */
function arrangePages(
  lines: readonly SourceLine[],
  leftOut: readonly SourceLine[],
  paper: PaperLayout | null,
): { arranged: Arranged; head: Head; headers: BulletinWarning[] } {
  const first = arrange(lines, paper);
  const head = readHead(first.head, paper);
  const start = lines.findIndex((line) => line === first.firstBelowHead);
  if (start < 0) return { arranged: first, head, headers: [] };
  const issuer = head.issuers.join('、') || null;
  const headers = dropRunningHeaders(lines.slice(start), { ...head, issuer }, leftOut);
  if (headers.lines.length === lines.length - start) return { arranged: first, head, headers: headers.warnings };
  const arranged = arrange(mendLabels([...lines.slice(0, start), ...headers.lines]), paper);
  return { arranged, head: readHead(arranged.head, paper), headers: headers.warnings };
}

/**
 * A number line and one more sign of a bulletin; or, without a number line, two signs of which one is a bulletin's own
 * name or distribution line.
 */
function looksLikeBulletin(head: Head, foot: Foot, { body }: Arranged): boolean {
  if (body.length === 0) return false;
  const isOwn = head.seriesIsNamed || foot.hasOwnDistribution;
  const hasSections = body.some(({ facts }) => facts.section !== null);
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
    doubts: [],
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

function noteWarnings(note: readonly SourceLine[]): BulletinWarning[] {
  const [first] = note;
  if (!first) return [];
  return [
    { line: first.number, code: 'note_skipped', message: '编者按（按语）不作为稿件，未收入；如需刊发，请另加一篇。' },
  ];
}

/** A second issue's number, which a person must look at. */
function secondIssueWarnings({ belowHead }: Arranged, head: Head): BulletinWarning[] {
  return belowHead.flatMap((line): BulletinWarning[] => {
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
function gatedText(source: readonly SourceLine[], arranged: Arranged, isBulletin: boolean): GatedText {
  const texts = (some: readonly SourceLine[]): string[] => some.map((line) => line.text);
  if (!isBulletin)
    return { head: texts(source.filter(({ text }) => text.length <= 40).slice(0, 5)), edge: texts(source), body: [] };
  const isSentence = ({ text }: SourceLine): boolean =>
    (/[，。]/u.test(text) || text.length > 60) && statedLevel(text) === null;
  const firstBelow = arranged.firstBelowHead?.number ?? Infinity;
  const firstItem = arranged.belowContents.find(isSentence)?.number ?? Infinity;
  return {
    head: texts(source.filter(({ number }) => number < firstBelow)),
    edge: texts(source.filter(({ number }) => number >= firstBelow && number < firstItem)),
    body: texts(source.filter(({ number }) => number >= firstBelow && number >= firstItem)),
  };
}

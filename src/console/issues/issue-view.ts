import type { BulletinWarning } from '../../domain/bulletin/bulletin.js';
import { chineseDate, chineseDateTime } from '../../domain/calendar.js';
import type { PreflightLine } from '../../dispatch/plan/preflight.js';
import { type Acting, isSignedOff, mayEdit } from '../../domain/issue/issue-state.js';
import { secrecyText } from '../../domain/issue/secrecy.js';
import { withoutEnd } from '../../domain/text/text-end.js';
import type { IssueItem, IssueSection, StoredIssue } from '../../issues/issue.repository.js';
import type { EditionRow, IssueSource } from './issue-page.repository.js';
import type { ScopeView } from '../scope/scope-view.js';
import { startView, type StartView, type StartWaits } from '../sending/start-view.js';
import { issueName } from '../issue-head/issue-name.js';
import { issueSteps, offeredActs, type OfferedAct, type Step } from '../issue-head/issue-steps.js';
import { address, pageByNumber, pageNumber, pagesByWeight, type Paging } from '../paging.js';
import { levelTag, stateTag, type Tag, urgencyTag } from '../tags.js';

export interface SourceLine {
  number: number;
  text: string;
  warnings: readonly string[];
}

export interface IssuePageView {
  id: string;
  revision: number;
  heading: string;
  state: Tag;
  level: Tag;
  urgency: Tag | null;
  facts: readonly { term: string; text: string }[];
  steps: readonly Step[];
  /** A page of the items, under the headings of their sections. */
  sections: readonly IssueSection[];
  itemPaging: Paging;
  /** A page of the original. */
  source: readonly SourceLine[];
  sourcePaging: Paging;
  warnings: readonly WarningGroup[];
  warningTotal: number;
  scope: ScopeView;
  preflight: readonly PreflightLine[];
  acts: readonly OfferedAct[];
  refused: readonly { text: string; reason: string }[];
  mayEdit: boolean;
  planned: boolean;
  left: number;
  /** There is a withdrawn edition. */
  withdrawn: boolean;
  start: StartView | null;
  /** The PDF is that of the signed edition, no draft. */
  printIsFinal: boolean;
  editions: readonly {
    version: number;
    signed: string;
    hash: string;
    /** Of its PDF; empty where nobody has asked for one yet. */
    printHash: string;
    status: string;
    withdrawn: boolean;
  }[];
}

/** What was doubtful in one way, wherever. */
export interface WarningGroup {
  message: string;
  /** Of the first of them; `href` leads to the line. */
  lines: readonly { number: number; href: string }[];
  count: number;
}

/** Which page of each long part is asked for. */
export interface IssuePageAsked {
  items: number;
  lines: number;
}

/** Bytes of text that one page shows of the items, and of the original. */
const shownBytes = 30_000;
const linesShown = 30;

export function issuePageView(input: {
  issue: StoredIssue;
  source: IssueSource;
  scope: ScopeView;
  preflight: readonly PreflightLine[];
  editions: readonly EditionRow[];
  accountNames: ReadonlyMap<string, string>;
  actor: Acting;
  /** May this account start the sending. */
  mayStart: boolean;
  waits: StartWaits;
  /** People who have not acknowledged what is sent. */
  left: number;
  now: Date;
  asked: IssuePageAsked;
}): IssuePageView {
  const { issue, source, editions, accountNames, actor } = input;
  const valid = editions.find(({ voidedAt, correctedAt }) => voidedAt === null && correctedAt === null);
  const planned = valid?.plannedAt != null;
  const nameOf = (id: string | null): string | null => (id === null ? null : (accountNames.get(id) ?? null));
  const editRefusal = mayEdit(actor, issue, planned)?.reason ?? null;
  const { offered, refused } = offeredActs(actor, issue, planned, input.left);
  const path = `/issues/${issue.id}`;
  const items: PlacedItem[] = issue.sections.flatMap(({ items: all }, s) =>
    (all.length === 0 ? [null] : all).map((item) => ({ s, item })),
  );
  const itemPages = pagesByWeight(
    items,
    ({ item }) => (item === null ? 100 : 150 + bytesOf(item.body, item.headline)),
    shownBytes,
  );
  const itemsOn = pageByNumber(itemPages, path, 'items', input.asked.items, 'structure-title');
  const sourceAll = sourceLines(source.text, issue.warnings);
  const linePages = pagesByWeight(sourceAll, (line) => 60 + bytesOf(line.text, ...line.warnings), shownBytes);
  const linesOn = pageByNumber(linePages, path, 'lines', input.asked.lines, 'source-title');
  return {
    id: issue.id,
    revision: issue.revision,
    heading: issueName(issue),
    state: stateTag(issue.state),
    level: levelTag(issue.level),
    urgency: urgencyTag(issue.urgency),
    facts: facts(issue, source),
    steps: issueSteps({
      id: issue.id,
      state: issue.state,
      editor: nameOf(issue.editorId),
      reviewer: nameOf(issue.reviewerId),
      signed: valid === undefined ? null : `${valid.signedBy} ${chineseDateTime(valid.signedAt)}`,
      planned,
    }),
    sections: sectionsOf(itemsOn.shown, issue.sections),
    itemPaging: itemsOn.paging,
    source: linesOn.shown,
    sourcePaging: linesOn.paging,
    warnings: warningGroups(issue.warnings, linePages, path, sourceAll.length),
    warningTotal: issue.warnings.length,
    scope: input.scope,
    preflight: input.preflight,
    acts: offered,
    refused: editRefusal === null ? refused : [...refused, { text: '编辑', reason: editRefusal }],
    mayEdit: editRefusal === null,
    planned,
    left: input.left,
    withdrawn: editions.some(({ withdrawnAt }) => withdrawnAt !== null),
    start: issue.state === 'signedOff' ? startView(valid, input.mayStart, input.now, input.waits) : null,
    printIsFinal: valid !== undefined,
    editions: editions.map((edition) => ({
      version: edition.version,
      signed: `${edition.signedBy} ${chineseDateTime(edition.signedAt)}`,
      hash: edition.hash,
      printHash: edition.printHash ?? '',
      withdrawn: edition.withdrawnAt !== null,
      status: edition.withdrawnAt !== null ? '已撤回' : edition.voidedAt !== null ? '已作废' : '有效',
    })),
  };
}

const lowering = (issue: StoredIssue): string | null =>
  issue.loweredTo === null || isSignedOff(issue.state)
    ? null
    : `现为“${secrecyText[issue.level]}”；拟降为“${secrecyText[issue.loweredTo]}”，签发人同意后才生效。理由：${issue.levelReason ?? ''}`;

function facts(issue: StoredIssue, source: IssueSource): { term: string; text: string }[] {
  const rows: [string, string | null][] = [
    ['总期号', issue.serialNumber === null ? null : `总第${issue.serialNumber}期`],
    ['更正说明', issue.correctionNote],
    ['密级', lowering(issue)],
    ['日期', issue.issuedOn === null ? '未填写' : chineseDate(issue.issuedOn)],
    ['编发单位', issue.issuer ?? '未填写'],
    ['责任编辑', issue.editorName],
    ['审核', issue.reviewerName],
    ['签发', issue.approverName],
    ['导入', `${source.fileName}，${chineseDateTime(source.importedAt)}`],
  ];
  return rows.flatMap(([term, text]) => (text === null ? [] : [{ term, text }]));
}

/** The original with its line numbers; a warning stands under the line it speaks of, one without a line under the first. */
export function sourceLines(text: string, warnings: readonly BulletinWarning[]): SourceLine[] {
  const lines = withoutEnd(text, '\n').split('\n');
  const at = (line: number): number => Math.min(Math.max(line, 1), lines.length);
  return lines.map((line, index) => ({
    number: index + 1,
    text: line,
    warnings: warnings.filter((warning) => at(warning.line) === index + 1).map(({ message }) => message),
  }));
}

/** An item with the number of its section; null stands for a section without items. */
interface PlacedItem {
  s: number;
  item: IssueItem | null;
}

const bytesOf = (...texts: readonly (string | null)[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);

function sectionsOf(shown: readonly PlacedItem[], sections: readonly IssueSection[]): IssueSection[] {
  const found = new Map<number, IssueItem[]>();
  for (const { s, item } of shown) found.set(s, [...(found.get(s) ?? []), ...(item === null ? [] : [item])]);
  return [...found].map(([s, items]) => ({ name: sections[s]!.name, items }));
}

/** The most frequent first; of each the lines where it is, up to a number that nobody reads through. */
function warningGroups(
  warnings: readonly BulletinWarning[],
  pages: readonly (readonly SourceLine[])[],
  path: string,
  lines: number,
): WarningGroup[] {
  const groups = new Map<string, number[]>();
  for (const { line, message } of warnings) {
    const at = Math.min(Math.max(line, 1), lines);
    const known = groups.get(message);
    if (known === undefined) groups.set(message, [at]);
    else known.push(at);
  }
  const pageOfLine = (line: number): number => pages.findIndex((page) => line <= (page.at(-1)?.number ?? 0)) + 1;
  const link = (line: number): string => `${address(path, { lines: pageNumber(pageOfLine(line)) })}#line-${line}`;
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([message, all]) => ({
      message,
      lines: all.slice(0, linesShown).map((number) => ({ number, href: link(number) })),
      count: all.length,
    }));
}

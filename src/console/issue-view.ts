import type { BulletinWarning } from '../domain/bulletin/bulletin.js';
import { chineseDate, chineseDateTime } from '../domain/calendar.js';
import { correctionMark } from '../domain/edition.js';
import type { PreflightLine } from '../dispatch/preflight.js';
import type { Role } from '../domain/issue-state.js';
import { withoutEnd } from '../domain/text-end.js';
import type { IssueSection, StoredIssue } from '../issues/issue.repository.js';
import type { EditionRow, IssueSource } from './issue-page.repository.js';
import type { ScopeView } from './scope-view.js';
import { startView, type StartView, type StartWaits } from './start-view.js';
import { issueSteps, mayEdit, offeredActs, type OfferedAct, type Step } from './issue-steps.js';
import { levelTag, stateTag, type Tag, urgencyTag } from './tags.js';

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
  sections: readonly IssueSection[];
  source: readonly SourceLine[];
  warnings: readonly { line: number; message: string }[];
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
  editions: readonly { version: number; signed: string; hash: string; status: string; withdrawn: boolean }[];
}

export function issueName(
  issue: Pick<StoredIssue, 'publicationName' | 'number' | 'proposedNumber' | 'correction'>,
): string {
  const number = issue.number ?? issue.proposedNumber;
  return number === null
    ? `${issue.publicationName}（期号未定）`
    : `${issue.publicationName}第${number}期${correctionMark(issue.correction)}`;
}

export function issuePageView(input: {
  issue: StoredIssue;
  source: IssueSource;
  scope: ScopeView;
  preflight: readonly PreflightLine[];
  editions: readonly EditionRow[];
  accountNames: ReadonlyMap<string, string>;
  actor: { id: string; roles: readonly Role[] };
  /** May this account start the sending. */
  mayStart: boolean;
  waits: StartWaits;
  /** People who have not acknowledged what is sent. */
  left: number;
  now: Date;
}): IssuePageView {
  const { issue, source, editions, accountNames, actor } = input;
  const valid = editions.find(({ voidedAt, correctedAt }) => voidedAt === null && correctedAt === null);
  const planned = valid?.plannedAt != null;
  const nameOf = (id: string | null): string | null => (id === null ? null : (accountNames.get(id) ?? null));
  const editRefusal = mayEdit(actor.roles, issue.state, planned);
  const { offered, refused } = offeredActs(actor, issue, planned, input.left);
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
    sections: issue.sections,
    source: sourceLines(source.text, issue.warnings),
    warnings: issue.warnings.map(({ line, message }) => ({ line, message })),
    scope: input.scope,
    preflight: input.preflight,
    acts: offered,
    refused: editRefusal === null ? refused : [...refused, { text: '编辑', reason: editRefusal }],
    mayEdit: editRefusal === null,
    planned,
    left: input.left,
    withdrawn: editions.some(({ withdrawnAt }) => withdrawnAt !== null),
    start: issue.state === 'signedOff' ? startView(valid, input.mayStart, input.now, input.waits) : null,
    editions: editions.map((edition) => ({
      version: edition.version,
      signed: `${edition.signedBy} ${chineseDateTime(edition.signedAt)}`,
      hash: edition.hash,
      withdrawn: edition.withdrawnAt !== null,
      status: edition.withdrawnAt !== null ? '已撤回' : edition.voidedAt !== null ? '已作废' : '有效',
    })),
  };
}

function facts(issue: StoredIssue, source: IssueSource): { term: string; text: string }[] {
  const rows: [string, string | null][] = [
    ['总期号', issue.serialNumber === null ? null : `总第${issue.serialNumber}期`],
    ['更正说明', issue.correctionNote],
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

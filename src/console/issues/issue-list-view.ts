import { correctionMark } from '../../domain/issue/edition.js';
import { chineseDate, chineseDateTime } from '../../domain/calendar.js';
import { type IssueState, issueStateText } from '../../domain/issue/issue-state.js';
import type { IssueFilter, ListedIssue, SentBackIssue } from './issue-list.repository.js';
import { type Paging, paging } from '../paging.js';
import { levelTag, stateTag, type Tag, urgencyTag } from '../tags.js';

export const issuesPerPage = 20;
/** Enough to know what it is about; the whole of it stands on the issue. */
const noteShown = 120;

export interface IssueRow {
  href: string;
  number: string;
  publication: string;
  headline: string;
  date: string;
  state: Tag;
  level: Tag;
  urgency: Tag | null;
  copies: string;
  acknowledged: string;
  sentBack: string | null;
}

export interface SentBackRow {
  href: string;
  name: string;
  who: string;
  when: string;
  note: string;
}

export interface IssueListView {
  rows: readonly IssueRow[];
  /** True when there is not one issue in the system, rather than none that fits the filter. */
  nothingYet: boolean;
  /** Issues that wait for their editor, whatever the filter. */
  sentBack: readonly SentBackRow[];
  years: readonly { value: string; selected: boolean }[];
  states: readonly { value: string; text: string; selected: boolean }[];
  filtered: boolean;
  paging: Paging;
}

export function readIssueFilter(query: Readonly<Record<string, string | undefined>>): IssueFilter {
  const state = query.state ?? '';
  return {
    year: /^\d{4}$/.test(query.year ?? '') ? Number(query.year) : null,
    state: Object.hasOwn(issueStateText, state) ? (state as IssueState) : null,
  };
}

export function issueListView(input: {
  issues: readonly ListedIssue[];
  total: number;
  page: number;
  filter: IssueFilter;
  years: readonly number[];
  sentBack: readonly SentBackIssue[];
}): IssueListView {
  const { issues, total, page, filter, years } = input;
  const query = { year: filter.year === null ? '' : String(filter.year), state: filter.state ?? '' };
  return {
    rows: issues.map(issueRow),
    nothingYet: years.length === 0,
    sentBack: input.sentBack.map(({ id, publication, number, correction, who, at, note }) => ({
      href: `/issues/${id}`,
      name: publication + (number === null ? '（期号未定）' : `第${number}期${correctionMark(correction)}`),
      who,
      when: chineseDateTime(at),
      note: note.length > noteShown ? `${note.slice(0, noteShown)}……` : note,
    })),
    years: years.map((year) => ({ value: String(year), selected: year === filter.year })),
    states: Object.entries(issueStateText).map(([value, text]) => ({ value, text, selected: value === filter.state })),
    filtered: filter.year !== null || filter.state !== null,
    paging: paging('/issues', query, page, issuesPerPage, total),
  };
}

function issueRow(issue: ListedIssue): IssueRow {
  const more = issue.items > 1 ? `等${issue.items}条` : '';
  return {
    href: `/issues/${issue.id}`,
    number: issue.number === null ? '期号未定' : `第${issue.number}期${correctionMark(issue.correction)}`,
    publication: issue.publication,
    headline:
      issue.firstHeadline === null ? (issue.items === 0 ? '' : `共${issue.items}条`) : issue.firstHeadline + more,
    date: issue.issuedOn === null ? '' : chineseDate(issue.issuedOn),
    state: stateTag(issue.state),
    level: levelTag(issue.level),
    urgency: urgencyTag(issue.urgency),
    copies: issue.copies === 0 ? '—' : String(issue.copies),
    sentBack: issue.sentBack,
    acknowledged: issue.copies === 0 ? '—' : `${issue.acknowledged}／${issue.copies}`,
  };
}

import type { ListedIssue } from './issue-list.repository.js';
import { issueListView, readIssueFilter } from './issue-list-view.js';

const issue: ListedIssue = {
  id: 'i',
  publication: '延津政务快报',
  year: 2025,
  number: 14,
  correction: 0,
  issuedOn: '2025-04-03',
  state: 'dispatched',
  level: 'internal',
  urgency: 'normal',
  firstHeadline: '土地处置',
  items: 8,
  copies: 115,
  acknowledged: 100,
  sentBack: null,
};
const view = (issues: ListedIssue[], years = [2025]) =>
  issueListView({ issues, total: issues.length, page: 1, filter: { year: null, state: null }, years, sentBack: [] });

it('shows an issue in one row', () => {
  expect(view([issue]).rows[0]).toMatchObject({
    number: '第14期',
    headline: '土地处置等8条',
    date: '2025年4月3日',
    acknowledged: '100／115',
    urgency: null,
  });
});

it('shows no nought where nothing has been sent yet', () => {
  const [row] = view([{ ...issue, number: null, issuedOn: null, copies: 0, acknowledged: 0, urgency: 'urgent' }]).rows;
  expect(row).toMatchObject({
    number: '期号未定',
    date: '',
    copies: '—',
    acknowledged: '—',
    urgency: { text: '加急' },
  });
});

it('tells an empty system from a filter that finds nothing', () => {
  expect(view([], []).nothingYet).toBe(true);
  expect(view([]).nothingYet).toBe(false);
});

it('ignores a filter that makes no sense', () => {
  expect(readIssueFilter({ year: '25', state: 'toString' })).toEqual({ year: null, state: null });
  expect(readIssueFilter({ year: '2025', state: 'drafting' })).toEqual({ year: 2025, state: 'drafting' });
});

import type { Role } from '../../domain/roles.js';
import { defaultPolicy } from '../../domain/sending/channel-policy.js';
import { type HeadFacts, issueHead } from './issue-head-view.js';

const facts: HeadFacts = {
  ...{
    id: 'i',
    revision: 3,
    publicationId: 'p',
    publicationName: '延津政务快报',
    number: 14,
    proposedNumber: null,
    correction: 0,
  },
  ...{ state: 'drafting', level: 'public', urgency: 'normal', editorId: 'e', reviewerId: null },
  ...{ signed: false, plannedAt: null, policy: null, copies: 0, acknowledged: 0, waiting: 0 },
};
const out: HeadFacts = {
  ...facts,
  ...{ state: 'dispatched', reviewerId: 'r', signed: true, plannedAt: new Date(0), policy: defaultPolicy },
  ...{ copies: 115, acknowledged: 101 },
};
const head = (changes: Partial<HeadFacts>, role: Role = 'editor', id = 'x') =>
  issueHead({ ...facts, ...changes }, { id, roles: [role] }, 'content');
const elsewhere = { id: 'x', roles: ['editor'], publications: ['other'] } as const;
const now = (changes: Partial<HeadFacts>) => head(changes).steps.filter(({ standing }) => standing === 'now');

it.each<[Partial<HeadFacts>, string]>([
  [{ state: 'drafting' }, '编辑'],
  [{ state: 'reviewing' }, '审核'],
  [{ state: 'awaitingSignOff' }, '签发'],
  [{ state: 'signedOff', signed: true }, '发送'],
  [{ ...out, waiting: 4 }, '发送'],
  [out, '签收 87%'],
])('shows %j at its step', (changes, step) => {
  expect(now(changes).map(({ name }) => name)).toEqual([step]);
});

it('shows an archived issue as done, and a withdrawn one as undone', () => {
  const standings = (changes: Partial<HeadFacts>) => head({ ...out, ...changes }).steps.map(({ standing }) => standing);
  expect(standings({ state: 'archived' })).toEqual(Array(7).fill('done'));
  expect(standings({ state: 'withdrawn' })[5]).toBe('undone');
});

it('offers one act, the one that comes next for this account', () => {
  expect(head({}).next).toEqual({ text: '送审', href: null, act: 'submitForReview' });
  expect(head({ state: 'reviewing' }, 'reviewer').next).toEqual({ text: '审核通过', href: null, act: 'review' });
  const toSign = { state: 'awaitingSignOff', reviewerId: 'r' } as const;
  expect(head(toSign, 'approver').next).toEqual({ text: '签发…', href: '/issues/i/sign-off', act: null });
  expect(head(out).next).toEqual({ text: '催阅未签收的14人…', href: '/issues/i/remind', act: null });
  expect(head(out, 'reviewer').next?.href).toBe('/issues/i/board');
  expect(head({ ...out, waiting: 4 }).next?.href).toBe('/issues/i/progress');
  expect(head({ ...out, acknowledged: 115 }).next?.href).toBe('/issues/i/archive');
});

it('says whom it waits for, or why this account may not do what its role could', () => {
  expect(head({ state: 'reviewing' })).toMatchObject({ next: null, waits: '等待审核人审核。' });
  expect(head({ state: 'reviewing' }, 'reviewer', 'e').waits).toMatch(/^不能“审核通过”：/);
  expect(head({}).waits).toBeNull();
});

it('offers nothing to whose roles hold for other publications', () => {
  expect(issueHead(facts, elsewhere, 'content')).toMatchObject({ next: null, mayEdit: false });
  expect(issueHead(out, elsewhere, 'content').next?.href).toBe('/issues/i/board');
});

it('has a tab only for what there is', () => {
  const tabs = (changes: Partial<HeadFacts>) => head(changes).tabs.map(({ text }) => text);
  expect(tabs({})).toEqual(['内容', '范围', '预览', '经过']);
  expect(tabs({ state: 'awaitingSignOff' })).toEqual(['内容', '范围', '预览', '签发', '经过']);
  expect(tabs(out)).toEqual(['内容', '范围 115', '预览', '签发', '发送', '签收', '经过']);
});

import { roles } from '../../domain/roles.js';
import { defaultPolicy } from '../../domain/sending/channel-policy.js';
import { tasksFor, type Waiting } from './tasks.js';
import { elapsed, type WorkbenchFacts, workbenchView } from './workbench-view.js';
import type { WorkIssue } from './workbench.repository.js';

const issue: WorkIssue = {
  ...{
    id: 'i',
    publicationId: 'p',
    publicationName: '延津政务快报',
    number: 14,
    proposedNumber: null,
    correction: 0,
    state: 'drafting',
  },
  ...{ editorId: 'e', reviewerId: null, sentBackBy: null, sentBackAt: null, sentBackNote: null },
  ...{ editionId: null, sendAt: null, plannedAt: null, policy: null },
  ...{ copies: 0, openedOnly: 0, acknowledged: 0, unreached: 0, waiting: 0, held: 0 },
};
/** A Monday, 10:12 in Beijing. */
const now = new Date('2026-11-30T02:12:00Z');
const sent: WorkIssue = {
  ...issue,
  ...{ state: 'dispatched', editionId: 'ed', plannedAt: new Date('2026-11-30T00:30:00Z'), policy: defaultPolicy },
  ...{ sendAt: new Date('2026-11-30T00:30:00Z'), copies: 115, acknowledged: 101, openedOnly: 6, unreached: 1 },
};
const nothing: Waiting = {
  ...{ issues: [], replies: 0, amendments: 0, subscriptions: 0, badContacts: 0 },
  paperDue: new Map(),
};
const everything: Waiting = {
  issues: [
    { ...issue, sentBackAt: now, sentBackBy: '路审核', sentBackNote: '第3条数据不一致' },
    { ...issue, id: 'd' },
    { ...issue, id: 'r', state: 'reviewing' },
    { ...issue, id: 's', state: 'awaitingSignOff', reviewerId: 'r' },
    { ...sent, id: 'o', held: 2 },
  ],
  ...{ replies: 1, amendments: 2, subscriptions: 3, badContacts: 4, paperDue: new Map([['ed', 5]]) },
};
const glyphs = (role: (typeof roles)[number], id = 'x') =>
  tasksFor({ id, roles: [role] }, everything)
    .map(({ glyph }) => glyph)
    .join('');

it('gives to each role what it may settle, the most pressing first, and nothing else', () => {
  expect(Object.fromEntries(roles.map((role) => [role, glyphs(role)]))).toEqual({
    editor: '退疑编电纸复址更订',
    reviewer: '审电纸复',
    approver: '疑签电纸复',
    systemAdmin: '址更',
    securityAdmin: '',
    auditor: '',
  });
});

it('asks nobody to review or sign what he has edited', () => {
  expect(glyphs('reviewer', 'e')).toBe('电纸复');
  expect(glyphs('approver', 'e')).toBe('疑电纸复');
});

it('speaks of no issue of a publication for which somebody does not have his role', () => {
  const me = { id: 'x', roles, publications: ['other'] };
  expect(tasksFor(me, everything).map(({ glyph }) => glyph)).toEqual(['复', '址', '更', '订']);
});

it('leads each line to the place of its act', () => {
  const me = { id: 'x', roles };
  expect(tasksFor(me, everything).map(({ href }) => href)).toEqual([
    '/issues/i/edit',
    '/issues/o/progress#attention',
    '/issues/r',
    '/issues/s/sign-off',
    '/issues/d',
    '/issues/o/calls',
    '/issues/o/paper/signed',
    '/replies',
    '/contacts',
    '/amendments',
    '/subscriptions',
  ]);
});

const facts: WorkbenchFacts = {
  ...nothing,
  ...{ me: { id: 'x', name: '李编辑', roles: ['editor'] }, now, calendar: new Map() },
  setUp: { rolesHeld: 3, list: true, publication: true, issue: true, sent: true },
  ...{ channel: true, channels: [], timeLeft: new Map() },
};
const view = (changes: Partial<WorkbenchFacts>) => workbenchView({ ...facts, ...changes });

it('greets, and says what day it is', () => {
  expect(view({}).greeting).toBe('李编辑，上午好');
  expect(view({}).today).toBe('2026年11月30日　星期一　工作日 · 没有待办事项');
  expect(view({ calendar: new Map([['2026-11-30', 'holiday']]), replies: 1 }).today).toMatch(/休息日 · 有1件事等您$/);
});

it('shows what is out until all have acknowledged, with whom to remind', () => {
  const [one] = view({ issues: [sent] }).underWay;
  expect(one).toMatchObject({
    name: '延津政务快报第14期',
    since: '2026年11月30日 08:30发出 · 已过1小时42分',
    bar: { rate: '87%', acknowledged: 101, copies: 115 },
    act: { href: '/issues/i/remind', text: '催阅未签收的14人…' },
  });
  expect(view({ issues: [{ ...sent, acknowledged: 115 }] }).underWay).toEqual([]);
  expect(view({ issues: [sent], me: { ...facts.me, roles: ['reviewer'] } }).underWay[0]!.act).toBeNull();
  expect(view({ issues: [sent], me: { ...facts.me, roles: ['securityAdmin'] } }).recent).toEqual([]);
});

it('says how many messages are still to leave, and looks again only then', () => {
  const leaving = view({ issues: [{ ...sent, waiting: 40 }], timeLeft: new Map([['i', '，约20秒']]) });
  expect(leaving.underWay[0]).toMatchObject({ left: '还有40条待发出，约20秒', href: '/issues/i/progress', act: null });
  expect([leaving.moving, view({ issues: [sent] }).moving]).toEqual([true, false]);
});

it('calls an issue late by working days, where somebody is asked to acknowledge', () => {
  const friday = new Date('2026-11-27T00:30:00Z');
  const wednesday = new Date('2026-11-25T00:30:00Z');
  const late = (plannedAt: Date, policy = defaultPolicy) =>
    view({ issues: [{ ...sent, plannedAt, policy }] }).late.map(({ left, since }) => `${left}，${since}`);
  expect(late(friday)).toEqual([]);
  expect(late(wednesday)).toEqual(['14人未签收，已发出5天']);
  expect(late(wednesday, { ...defaultPolicy, asksAcknowledgement: false })).toEqual([]);
});

it('leads a new office through its set-up, and is silent about it once an issue has been sent', () => {
  const none = { rolesHeld: 1, list: false, publication: false, issue: false, sent: false };
  const admin = { ...facts.me, roles: ['systemAdmin'] as const };
  const steps = view({ setUp: none, channel: false, me: admin }).setUp!;
  expect(steps.map(({ done, href }) => [done, href])).toEqual([
    [false, '/accounts'],
    [false, '/list/import'],
    [false, '/channels'],
    [false, null],
    [false, null],
  ]);
  expect(
    view({ setUp: { ...none, rolesHeld: 3, list: true } })
      .setUp!.map(({ done }) => done)
      .slice(0, 3),
  ).toEqual(Array(3).fill(true));
  expect(view({}).setUp).toBeNull();
});

it.each([
  [0, '0分钟'],
  [59, '59分钟'],
  [60, '1小时'],
  [102, '1小时42分'],
  [48 * 60, '2天'],
])('calls %i minutes %s', (minutes, words) => {
  expect(elapsed(minutes * 60_000)).toBe(words);
});

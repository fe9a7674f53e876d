import { type Acting, type IssueState, mayEdit } from '../../domain/issue/issue-state.js';
import { holdsFor, mayDo } from '../../domain/roles.js';
import type { SecrecyLevel } from '../../domain/issue/secrecy.js';
import type { Urgency } from '../../domain/urgency.js';
import { readPolicy } from '../../domain/sending/channel-policy.js';
import { percentText } from '../../platform/view/helpers.js';
import { levelTag, stateTag, type Tag, urgencyTag } from '../tags.js';
import { issueName } from './issue-name.js';
import { offeredActs } from './issue-steps.js';

/** What the head says of an issue; the numbers are those of its valid edition, subscribers left out. */
export interface HeadFacts {
  id: string;
  revision: number;
  publicationId: string;
  publicationName: string;
  number: number | null;
  proposedNumber: number | null;
  correction: number;
  state: IssueState;
  level: SecrecyLevel;
  urgency: Urgency;
  editorId: string | null;
  reviewerId: string | null;
  signed: boolean;
  plannedAt: Date | null;
  policy: unknown;
  copies: number;
  acknowledged: number;
  /** Messages that are still to leave. */
  waiting: number;
}

export const headTabs = ['content', 'scope', 'preview', 'signOff', 'progress', 'board', 'trail'] as const;
export type HeadTab = (typeof headTabs)[number];

/** The same on every page of an issue: its name, how far it is, what comes next, and the way to its other pages. */
export interface IssueHead {
  id: string;
  revision: number;
  name: string;
  state: Tag;
  level: Tag;
  urgency: Tag | null;
  steps: readonly { name: string; standing: 'done' | 'now' | 'todo' | 'undone'; word: string }[];
  tabs: readonly { text: string; href: string; current: boolean }[];
  mayEdit: boolean;
  /** The one act that comes next: a page that asks first, or a form that posts the act. */
  next: { text: string; href: string | null; act: string | null } | null;
  /** Why there is none, and who is awaited. */
  waits: string | null;
}

const stepNames = ['导入', '编辑', '审核', '签发', '发送', '签收', '归档'] as const;

/** Acts the head offers, the likeliest first; the rest stands on the issue's page. */
const nextActs = ['submitForReview', 'review', 'signOff', 'correct', 'archive'];

const awaited: Partial<Record<IssueState, string>> = {
  drafting: '等待责任编辑修改、送审。',
  reviewing: '等待审核人审核。',
  awaitingSignOff: '等待签发人签发。',
  signedOff: '已签发，等待发送。',
};

export function issueHead(facts: HeadFacts, actor: Acting, tab: HeadTab): IssueHead {
  const { id, state } = facts;
  const planned = facts.plannedAt !== null;
  const left = leftOf(facts);
  const next = nextOf(facts, actor, planned, left);
  const editable = mayEdit(actor, facts, planned) === null;
  return {
    id,
    revision: facts.revision,
    name: issueName(facts),
    state: stateTag(state),
    level: levelTag(facts.level),
    urgency: urgencyTag(facts.urgency),
    steps: stepsOf(facts),
    tabs: tabsOf(facts).map(({ key, ...rest }) => ({ ...rest, current: key === tab })),
    mayEdit: editable,
    next,
    waits: next === null ? waitsFor(facts, actor, planned, left) : null,
  };
}

/** How many have not acknowledged what is out, where they are asked to. */
function leftOf({ state, policy, copies, acknowledged }: HeadFacts): number {
  return state === 'dispatched' && readPolicy(policy).asksAcknowledgement ? copies - acknowledged : 0;
}

function nextOf(facts: HeadFacts, actor: Acting, planned: boolean, left: number): IssueHead['next'] {
  const { id } = facts;
  if (left > 0 && facts.waiting > 0) return { text: '看发送进度', href: `/issues/${id}/progress`, act: null };
  const holds = holdsFor(actor.publications ?? [], facts.publicationId);
  if (left > 0 && holds && mayDo(actor.roles, 'dispatch.remind'))
    return { text: `催阅未签收的${left}人…`, href: `/issues/${id}/remind`, act: null };
  if (left > 0) return { text: `看谁还没有签收（${left}人）`, href: `/issues/${id}/board`, act: null };
  const { offered } = offeredActs(actor, facts, planned, left);
  const likeliest = nextActs.flatMap((act) => offered.filter((one) => one.act === act && !one.quiet))[0];
  if (likeliest === undefined) return null;
  const { text, confirmAt, act } = likeliest;
  return confirmAt === null ? { text, href: null, act } : { text: `${text}…`, href: confirmAt, act: null };
}

/** Whom a step waits for; that this one may not do it although the role is his is said as it is refused. */
function waitsFor(facts: HeadFacts, actor: Acting, planned: boolean, left: number): string | null {
  const { refused } = offeredActs(actor, facts, planned, left);
  const own = refused.find(({ reason }) => !reason.startsWith('此操作需要'));
  return own === undefined ? (awaited[facts.state] ?? null) : `不能“${own.text}”：${own.reason}`;
}

function stepsOf(facts: HeadFacts): IssueHead['steps'] {
  const at = positionOf(facts);
  const share = facts.copies > 0 ? percentText(facts.acknowledged, facts.copies) : '';
  return stepNames.map((name, position) => {
    if (facts.state === 'withdrawn' && position === at) return { name, standing: 'undone', word: '（已撤回）' };
    const standing = position < at ? 'done' : position === at ? 'now' : 'todo';
    const word = standing === 'done' ? '（已完成）' : standing === 'now' ? '（进行中）' : '';
    return { name: name === '签收' && share !== '' ? `签收 ${share}` : name, standing, word };
  });
}

/** The step in hand, by its place among the names; behind the last one everything is done. */
function positionOf({ state, plannedAt, waiting }: HeadFacts): number {
  switch (state) {
    case 'drafting':
      return 1;
    case 'reviewing':
      return 2;
    case 'awaitingSignOff':
      return 3;
    case 'signedOff':
      return 4;
    case 'dispatched':
      return plannedAt === null || waiting > 0 ? 4 : 5;
    case 'archived':
      return stepNames.length;
    case 'withdrawn':
      return plannedAt === null ? 4 : 5;
  }
}

function tabsOf({ id, state, copies, plannedAt, signed }: HeadFacts) {
  const path = `/issues/${id}`;
  const out = plannedAt !== null;
  const all: readonly { key: HeadTab; text: string; href: string; shown: boolean }[] = [
    { key: 'content', text: '内容', href: path, shown: true },
    { key: 'scope', text: copies > 0 ? `范围 ${copies}` : '范围', href: `${path}#scope`, shown: true },
    { key: 'preview', text: '预览', href: `${path}/preview`, shown: true },
    {
      ...{ key: 'signOff', text: '签发', shown: signed || state === 'awaitingSignOff' },
      href: state === 'awaitingSignOff' ? `${path}/sign-off` : `${path}#editions`,
    },
    { key: 'progress', text: '发送', href: `${path}/progress`, shown: signed && state !== 'withdrawn' },
    { key: 'board', text: '签收', href: `${path}/board`, shown: out && state !== 'withdrawn' },
    { key: 'trail', text: '经过', href: `${path}#trail`, shown: true },
  ];
  return all.filter(({ shown }) => shown).map(({ key, text, href }) => ({ key, text, href }));
}

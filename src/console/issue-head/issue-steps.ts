import {
  type Acting,
  actsFrom,
  type IssueAct,
  issueActText,
  type IssueState,
  mayAct,
  mayBeDone,
} from '../../domain/issue/issue-state.js';
import type { Tag } from '../tags.js';

/** The way of an issue as a task list: 编辑 → 审核 → 签发 → 发送. */
export interface Step {
  name: string;
  status: Tag;
  detail: string;
  href: string | null;
}

interface StepFacts {
  id: string;
  state: IssueState;
  editor: string | null;
  reviewer: string | null;
  /** Who signed the valid edition and when, as text. */
  signed: string | null;
  planned: boolean;
}

const order = ['drafting', 'reviewing', 'awaitingSignOff', 'signedOff'] as const;
const done: Tag = { text: '已完成', tone: 'good' };
const notYet: Tag = { text: '未开始', tone: 'neutral' };

export function issueSteps(facts: StepFacts): Step[] {
  const { id, state, editor, reviewer, signed, planned } = facts;
  const reached = reachedStep(facts);
  const status = (position: number, now: string): Tag => {
    if (state === 'withdrawn' && position === order.length - 1) return { text: '已撤回', tone: 'bad' };
    if (position < reached) return done;
    return position === reached ? { text: now, tone: 'warn' } : notYet;
  };
  return [
    {
      name: '编辑',
      status: status(0, '进行中'),
      detail: editor === null ? '' : `责任编辑：${editor}`,
      href: state === 'drafting' ? `/issues/${id}/edit` : null,
    },
    { name: '审核', status: status(1, '待审核'), detail: reviewer === null ? '' : `审核：${reviewer}`, href: null },
    {
      name: '签发',
      status: status(2, '待签发'),
      detail: signed ?? '',
      href: state === 'awaitingSignOff' ? `/issues/${id}/sign-off` : null,
    },
    {
      name: '发送',
      status: status(3, '待发送'),
      detail: planned ? '发送计划已生成' : '',
      href: planned ? `/issues/${id}/progress` : null,
    },
  ];
}

function reachedStep({ state, signed, planned }: StepFacts): number {
  if (state === 'withdrawn') return planned ? order.length : signed === null ? 0 : 3;
  const position = order.findIndex((step) => step === state);
  return position < 0 ? order.length : position;
}

/** A button or link of the issue's page. */
export interface OfferedAct {
  act: IssueAct;
  text: string;
  /** Where a page of its own confirms the act; null when a form on the issue's page does it. */
  confirmAt: string | null;
  /** Label of the field for the reason, when one is asked. */
  reason: string | null;
  /** Possible, but not what comes next. */
  quiet: boolean;
}

const confirmPages: Partial<Record<IssueAct, string>> = {
  signOff: 'sign-off',
  archive: 'archive',
  withdraw: 'withdraw',
  correct: 'correct',
  giveUpCorrection: 'give-up-correction',
};
const reasons: Partial<Record<IssueAct, string>> = { sendBack: '退回的理由' };

/**
 * What this account may do with the issue now, and what it may not, with the reason.
 *
 * @param left people who have not acknowledged; the archive is not what comes next as long as there are some
 */
export function offeredActs(
  actor: Acting,
  issue: {
    id: string;
    publicationId: string;
    state: IssueState;
    editorId: string | null;
    reviewerId: string | null;
    correction: number;
  },
  planned: boolean,
  left = 0,
): { offered: OfferedAct[]; refused: { text: string; reason: string }[] } {
  const offered: OfferedAct[] = [];
  const refused: { text: string; reason: string }[] = [];
  for (const act of actsFrom(issue.state)) {
    // Sending starts by itself after sign-off, and what has been sent cannot be reopened, only withdrawn.
    if (act === 'dispatch' || (act === 'reopen' && planned) || !mayBeDone(act, issue)) continue;
    const page = confirmPages[act];
    const refusal = mayAct(act, actor, issue);
    if (refusal !== null) refused.push({ text: issueActText[act], reason: refusal.reason });
    else {
      offered.push({
        act,
        text: issueActText[act],
        confirmAt: page === undefined ? null : `/issues/${issue.id}/${page}`,
        reason: reasons[act] ?? null,
        quiet: (act === 'archive' && left > 0) || act === 'unarchive',
      });
    }
  }
  return { offered, refused };
}

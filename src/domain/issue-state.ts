import { type ErrorCode, errorText } from './errors.js';
import { IllegalTransition, machine } from './machine.js';

export type IssueState =
  'drafting' | 'reviewing' | 'awaitingSignOff' | 'signedOff' | 'dispatched' | 'archived' | 'withdrawn';

export const issueMachine = machine<IssueState>({
  drafting: ['reviewing', 'withdrawn'],
  reviewing: ['awaitingSignOff', 'drafting', 'withdrawn'],
  awaitingSignOff: ['signedOff', 'drafting', 'withdrawn'],
  signedOff: ['dispatched', 'drafting', 'withdrawn'],
  dispatched: ['archived', 'withdrawn'],
  archived: ['dispatched', 'withdrawn'],
  withdrawn: ['drafting'],
});

export const issueStateText: Record<IssueState, string> = {
  drafting: '编辑中',
  reviewing: '待审核',
  awaitingSignOff: '待签发',
  signedOff: '已签发',
  dispatched: '已发送',
  archived: '已归档',
  withdrawn: '已撤回',
};

export type IssueAct =
  | 'submitForReview'
  | 'review'
  | 'sendBack'
  | 'signOff'
  | 'reopen'
  | 'dispatch'
  | 'archive'
  | 'unarchive'
  | 'withdraw'
  | 'correct'
  | 'giveUpCorrection';

export const issueActText: Record<IssueAct, string> = {
  submitForReview: '送审',
  review: '审核通过',
  sendBack: '退回',
  signOff: '签发',
  reopen: '退回修改',
  dispatch: '发送',
  archive: '归档',
  unarchive: '取消归档',
  withdraw: '撤回',
  correct: '更正',
  giveUpCorrection: '放弃更正',
};

export const roles = ['editor', 'reviewer', 'approver', 'systemAdmin', 'securityAdmin', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const rolesText: Record<Role, string> = {
  editor: '责任编辑',
  reviewer: '审核人',
  approver: '签发人',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditor: '审计员',
};

interface ActRule {
  from: readonly IssueState[];
  to: IssueState;
  roles: readonly Role[];
}

/**
 * An edit after 签发 voids it: `reopen` leads back to drafting and the whole chain is walked again. So does `correct` after a
 * withdrawal (更正): the number stays, the next edition says that it takes the place of the wrong one. Until it is signed off it
 * can be given up, and the issue is withdrawn as before.
 */
const acts: Readonly<Record<IssueAct, ActRule>> = {
  submitForReview: { from: ['drafting'], to: 'reviewing', roles: ['editor'] },
  review: { from: ['reviewing'], to: 'awaitingSignOff', roles: ['reviewer'] },
  sendBack: { from: ['reviewing', 'awaitingSignOff'], to: 'drafting', roles: ['reviewer', 'approver'] },
  signOff: { from: ['awaitingSignOff'], to: 'signedOff', roles: ['approver'] },
  reopen: { from: ['signedOff'], to: 'drafting', roles: ['editor', 'approver'] },
  dispatch: { from: ['signedOff'], to: 'dispatched', roles: ['editor', 'approver'] },
  archive: { from: ['dispatched'], to: 'archived', roles: ['editor'] },
  // An error may be found long after: what was archived can be withdrawn as well.
  unarchive: { from: ['archived'], to: 'dispatched', roles: ['editor'] },
  withdraw: { from: ['signedOff', 'dispatched', 'archived'], to: 'withdrawn', roles: ['approver'] },
  correct: { from: ['withdrawn'], to: 'drafting', roles: ['editor', 'approver'] },
  giveUpCorrection: {
    from: ['drafting', 'reviewing', 'awaitingSignOff'],
    to: 'withdrawn',
    roles: ['editor', 'approver'],
  },
};
const issueActs = Object.keys(acts) as IssueAct[];

export function actsFrom(state: IssueState): readonly IssueAct[] {
  return issueActs.filter((act) => acts[act].from.includes(state));
}

/** Whether the act makes sense for the issue, whoever does it. What was never sent out has no correction to give up. */
export function mayBeDone(act: IssueAct, issue: { state: IssueState; correction: number }): boolean {
  return acts[act].from.includes(issue.state) && (act !== 'giveUpCorrection' || issue.correction > 0);
}

/** Throws IllegalTransition when the act is not open from this state. */
export function stateAfter(state: IssueState, act: IssueAct): IssueState {
  const { from, to } = acts[act];
  // `reviewing` may move to `drafting`, but only by being sent back: the edge alone does not make the act legal.
  if (!from.includes(state)) throw new IllegalTransition(state, to);
  return issueMachine.move(state, to);
}

export interface Refusal {
  code: ErrorCode;
  details: Record<string, unknown>;
  /** The sentence for the user. */
  reason: string;
}

function refusal(code: ErrorCode, details: Record<string, unknown> = {}): Refusal {
  return { code, details, reason: errorText(code, details) };
}

/**
 * Null when the actor may do it now. Separation of duties (编辑 → 审核 → 签发): neither the reviewer nor the approver may be
 * the issue's editor, and a chain with an unknown link is refused, because it cannot be proven sound.
 */
export function mayAct(
  act: IssueAct,
  actor: { id: string; roles: readonly Role[] },
  issue: { state: IssueState; editorId: string | null; reviewerId: string | null; correction: number },
): Refusal | null {
  const rule = acts[act];
  if (!mayBeDone(act, issue)) {
    return refusal('issue.illegalMove', { state: issueStateText[issue.state], act: issueActText[act] });
  }
  if (!rule.roles.some((role) => actor.roles.includes(role))) {
    return refusal('account.needsRole', { roles: rule.roles.map((role) => rolesText[role]) });
  }
  return act === 'review' || act === 'signOff' ? separationOfDuties(act, actor.id, issue) : null;
}

function separationOfDuties(
  act: 'review' | 'signOff',
  actorId: string,
  { editorId, reviewerId }: { editorId: string | null; reviewerId: string | null },
): Refusal | null {
  const reviewer = act === 'review' ? actorId : reviewerId;
  if (editorId === null) return refusal('issue.chainIncomplete', { missing: rolesText.editor });
  if (act === 'signOff' && actorId === editorId) return refusal('issue.sameEditorAndApprover');
  if (reviewer === null) return refusal('issue.chainIncomplete', { missing: rolesText.reviewer });
  return reviewer === editorId ? refusal('issue.sameEditorAndReviewer') : null;
}

/** Null, or why one person may not have these roles together (等保 separation of administrators from the auditor). */
export function rolesConflict(held: readonly Role[]): string | null {
  const administrator = held.find((role) => role === 'systemAdmin' || role === 'securityAdmin');
  if (administrator === undefined || !held.includes('auditor')) return null;
  return `“${rolesText[administrator]}”和“${rolesText.auditor}”不能由同一人担任。`;
}

/** The parts of an issue that must be there before anybody is asked to review it. */
export interface Readiness {
  series: string | null;
  /** `yyyy-mm-dd` */
  date: string | null;
  issuer: string | null;
  scope: readonly string[];
  sections: readonly {
    name: string | null;
    items: readonly { headline: string | null; body: string }[];
  }[];
}

/** What is missing, as Chinese sentences; empty when the issue is ready. A missing headline or unit is no obstacle. */
export function readyForReview(issue: Readiness): string[] {
  const blank = (text: string | null): boolean => text === null || text.trim() === '';
  const missing: string[] = [];
  if (blank(issue.series)) missing.push('没有刊物名称。');
  if (blank(issue.date)) missing.push('没有日期。');
  if (blank(issue.issuer)) missing.push('没有编发单位。');
  if (issue.scope.every(blank)) missing.push('没有发送范围。');
  if (issue.sections.every(({ items }) => items.length === 0)) missing.push('没有稿件。');

  issue.sections.forEach((section, position) => {
    const name = blank(section.name) ? `第${position + 1}个栏目` : `栏目“${section.name}”`;
    if (section.items.length === 0 && issue.sections.length > 1) missing.push(`${name}没有稿件。`);
    section.items.forEach((item, index) => {
      if (blank(item.body)) missing.push(`${name}的第${index + 1}条稿件没有正文。`);
    });
  });
  return missing;
}

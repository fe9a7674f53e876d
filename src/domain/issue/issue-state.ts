import { type ErrorCode, errorText } from '../errors/errors.js';
import { IllegalTransition, machine } from '../machine.js';
import { holdsFor, mayDo, namesOf, type Role, rolesText, rolesWith } from '../roles.js';

export type IssueState =
  'drafting' | 'reviewing' | 'awaitingSignOff' | 'signedOff' | 'dispatched' | 'archived' | 'withdrawn';

/** The approver has signed what the issue holds now. */
export const signedOffStates: readonly IssueState[] = ['signedOff', 'dispatched', 'archived', 'withdrawn'];
export const isSignedOff = (state: IssueState): boolean => signedOffStates.includes(state);

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

/** What a person does; `dispatch` is what the plan of the messages does to the issue. */
export type PersonsAct = Exclude<IssueAct, 'dispatch'>;

interface ActRule {
  from: readonly IssueState[];
  to: IssueState;
}

/**
 * Who may do which act stands in the table of roles, as `issue.` with the name of the act.
 *
 * An edit after 签发 voids it: `reopen` leads back to drafting and the whole chain is walked again. So does `correct` after a
 * withdrawal (更正): the number stays, the next edition says that it takes the place of the wrong one. Until it is signed off it
 * can be given up, and the issue is withdrawn as before.
 */
const acts: Readonly<Record<IssueAct, ActRule>> = {
  submitForReview: { from: ['drafting'], to: 'reviewing' },
  review: { from: ['reviewing'], to: 'awaitingSignOff' },
  sendBack: { from: ['reviewing', 'awaitingSignOff'], to: 'drafting' },
  signOff: { from: ['awaitingSignOff'], to: 'signedOff' },
  reopen: { from: ['signedOff'], to: 'drafting' },
  dispatch: { from: ['signedOff'], to: 'dispatched' },
  archive: { from: ['dispatched'], to: 'archived' },
  // An error may be found long after: what was archived can be withdrawn as well.
  unarchive: { from: ['archived'], to: 'dispatched' },
  withdraw: { from: ['signedOff', 'dispatched', 'archived'], to: 'withdrawn' },
  correct: { from: ['withdrawn'], to: 'drafting' },
  giveUpCorrection: {
    from: ['drafting', 'reviewing', 'awaitingSignOff'],
    to: 'withdrawn',
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

function refusal(code: ErrorCode, details: Record<string, unknown> = {}, reason?: string): Refusal {
  return { code, details, reason: reason ?? errorText(code, details) };
}

/** Whoever wants to act, with the publications for which the roles hold; absent or empty: all. */
export interface Acting {
  id: string;
  roles: readonly Role[];
  publications?: readonly string[];
}

interface IssueInHand {
  state: IssueState;
  publicationId: string;
}

/**
 * Null when the actor may do it now. Separation of duties (编辑 → 审核 → 签发): neither the reviewer nor the approver may be
 * the issue's editor, and a chain with an unknown link is refused, because it cannot be proven sound.
 */
export function mayAct(
  act: PersonsAct,
  actor: Acting,
  issue: IssueInHand & { editorId: string | null; reviewerId: string | null; correction: number },
): Refusal | null {
  if (!mayBeDone(act, issue)) {
    return refusal('issue.illegalMove', { state: issueStateText[issue.state], act: issueActText[act] });
  }
  if (!mayDo(actor.roles, `issue.${act}`)) {
    return refusal('account.needsRole', { roles: namesOf(rolesWith(`issue.${act}`)) });
  }
  if (!holdsFor(actor.publications ?? [], issue.publicationId)) return refusal('account.otherPublication');
  return act === 'review' || act === 'signOff' ? separationOfDuties(act, actor.id, issue) : null;
}

/**
 * Null when the actor may edit the issue now. After sign-off an edit voids it, and comes too late once the messages are planned.
 *
 * @param planned whether the plan of the messages is made
 */
export function mayEdit(
  actor: Omit<Acting, 'id'>,
  { state, publicationId }: IssueInHand,
  planned: boolean,
): Refusal | null {
  if (!mayDo(actor.roles, 'issue.edit')) {
    const names = namesOf(rolesWith('issue.edit'));
    return refusal('account.needsRole', { roles: names }, `编辑需要${names.join('或')}角色。`);
  }
  if (!holdsFor(actor.publications ?? [], publicationId)) return refusal('account.otherPublication');
  if (state === 'drafting' || (state === 'signedOff' && !planned)) return null;
  const waits = state === 'reviewing' || state === 'awaitingSignOff';
  const reason = waits ? '已送审，需要修改时请先由审核人或签发人退回。' : '已签发的内容不能修改。';
  return refusal('issue.frozen', {}, reason);
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

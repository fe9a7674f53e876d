import { accountText } from '../../channels/account-text.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { readingStateText } from '../../domain/reading/reading.js';
import type { ReplyMeaning } from '../../domain/sending/reply-meaning.js';
import type { Candidate, ReplyAtDesk } from '../../reading/reply-desk.service.js';

export interface ReplyRow {
  id: string;
  from: string;
  ownerHref: string | null;
  text: string | null;
  /** Why there is no text. */
  noText: string;
  when: string;
  account: string;
  /** Why it was not settled by itself. */
  why: string;
  candidates: readonly CandidateRow[];
  /** What became of it; null while it waits. */
  settled: string | null;
  settledHref: string | null;
  mayReopen: boolean;
  mayReveal: boolean;
}

export interface CandidateRow {
  copyId: string;
  href: string;
  title: string;
  who: string;
  sent: string;
  state: string;
  open: boolean;
}

export function replyRow(
  { reply, text, owner, candidates }: ReplyAtDesk,
  names: ReadonlyMap<string, string>,
): ReplyRow {
  const forgotten = reply.lookupHash === null;
  return {
    id: reply.id,
    from: owner === null ? reply.masked : `${owner.name} ${reply.masked}`,
    ownerHref: owner && `/people/${owner.personId}`,
    text,
    noText: forgotten ? '内容和号码已按规定删除。' : '内容带有国家秘密标志，没有保存，请按保密规定处理。',
    when: chineseDateTime(reply.writtenAt),
    account: accountText(reply.provider),
    why: reply.state === 'open' ? why(reply.meaning, candidates) : '',
    candidates: candidates.map(candidateRow),
    settled: settledWords(reply, names),
    settledHref: reply.copyId && `/copies/${reply.copyId}`,
    mayReopen: reply.state === 'nothing' && !forgotten,
    mayReveal: !forgotten,
  };
}

function why(meaning: ReplyMeaning, candidates: readonly Candidate[]): string {
  if (meaning === 'ends') return '像是要退订，但这个号码没有自愿订阅；按岗位发送的不能自行退订，请与本人联系。';
  const open = candidates.filter((one) => one.open).length;
  if (meaning === 'other') return open === 0 ? '系统看不出是签收。' : '系统看不出是签收，请看内容决定。';
  if (candidates.length === 0) return '像是签收，但近7天没有经这个账号向这个号码发过简报。';
  if (open === 0) return '像是签收，但没有还在等待签收的一份。';
  return open === 1
    ? '像是签收，但不能确定说的是哪一份。'
    : `像是签收，但有${open}份都在等待签收，不能确定说的是哪一份。`;
}

export function candidateRow(candidate: Candidate): CandidateRow {
  const { copyId, title, unitName, postTitle, personName, copyNumber, sentAt } = candidate;
  return {
    copyId,
    href: `/copies/${copyId}`,
    title,
    who: [unitName, postTitle, personName].filter(Boolean).join(' ') + `（第${copyNumber}份）`,
    sent: chineseDateTime(sentAt),
    state: stateOf(candidate),
    open: candidate.open,
  };
}

function stateOf({ withdrawn, asks, isWithdrawal, failed, reading }: Candidate): string {
  if (withdrawn) return isWithdrawal ? '已撤回，最近一条是撤回通知' : '已撤回';
  if (!asks) return '不要求签收';
  const state = readingStateText[reading];
  return failed && reading !== 'acknowledged' ? `${state}，服务商报告未送达` : state;
}

function settledWords({ state, settledAt, settledBy }: ReplyAtDesk['reply'], names: ReadonlyMap<string, string>) {
  if (state === 'open') return null;
  const who = settledBy === 'system' ? '系统' : (names.get(settledBy ?? '') ?? '已停用的账号');
  const when = settledAt === null ? '' : chineseDateTime(settledAt);
  if (state === 'acknowledged') return `${when}由${who}登记为签收`;
  return settledBy === 'system'
    ? `${when}因长期没有处理，由系统归入已处理，没有登记签收`
    : `${when}由${who}处理：不是签收`;
}

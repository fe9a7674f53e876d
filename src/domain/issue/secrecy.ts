import { mayDo, type Role } from '../roles.js';
import type { ChannelKind } from '../delivery.js';

/**
 * 密级 of an issue and what each channel may carry of it. State secrets (秘密 and above) have no level here: they never
 * enter the system. 保密法 (2024) art. 29 forbids passing them over public networks.
 */
export const secrecyLevels = ['public', 'internal', 'workSecret'] as const;
export type SecrecyLevel = (typeof secrecyLevels)[number];

export const secrecyText: Record<SecrecyLevel, string> = { public: '公开', internal: '内部', workSecret: '工作秘密' };

/**
 * How much of the issue a message holds: everything; headlines and a link; publication, number and a link;
 * or only that something waits in the system, without naming it.
 */
export type Carry = 'fullText' | 'digest' | 'notice' | 'neutralNotice' | 'nothing';

export const carryText: Record<Carry, string> = {
  fullText: '全文',
  digest: '标题摘要和链接',
  notice: '刊名、期号和链接',
  neutralNotice: '只提示有新件，不出现刊名、期号和内容',
  nothing: '不得发送',
};

interface Gate {
  ownMailDomain: Carry;
  otherMailDomain: Carry;
  sms: Carry;
  wecom: Carry;
  /** 服务号: outside of the office's own systems, as SMS is. */
  wechat: Carry;
}

const gates = new Map<string, Gate>([
  [
    'public',
    { ownMailDomain: 'fullText', otherMailDomain: 'fullText', sms: 'digest', wecom: 'digest', wechat: 'digest' },
  ],
  [
    'internal',
    { ownMailDomain: 'fullText', otherMailDomain: 'notice', sms: 'notice', wecom: 'notice', wechat: 'notice' },
  ],
  [
    'workSecret',
    { ownMailDomain: 'neutralNotice', otherMailDomain: 'nothing', sms: 'nothing', wecom: 'nothing', wechat: 'nothing' },
  ],
]);

/** Denies by default: a level or channel that is not in the table, whatever the types say, carries nothing. */
export function mayCarry(level: SecrecyLevel, channel: ChannelKind, to: { ownMailDomain: boolean }): Carry {
  const gate = gates.get(level);
  if (gate === undefined) return 'nothing';
  switch (channel) {
    case 'email':
      return to.ownMailDomain === true ? gate.ownMailDomain : gate.otherMailDomain;
    case 'sms':
      return gate.sms;
    case 'wecom':
      return gate.wecom;
    case 'wechat':
      return gate.wechat;
    default:
      return 'nothing';
  }
}

/** What the best address of the channel may have: an own mail domain may never have less than another. */
export function mayCarryAtMost(level: SecrecyLevel, channel: ChannelKind): Carry {
  return mayCarry(level, channel, { ownMailDomain: true });
}

/** Only a public issue opens by the link alone; a forwarded link must not open anything else. */
export function readingPageNeedsIdentity(level: SecrecyLevel): boolean {
  return level !== 'public';
}

/** Whether a reader may take a file of it with him. Of a work secret he reads on the page and no more; what is not known is denied. */
export const readerMayKeepFile = (level: SecrecyLevel): boolean => level === 'public' || level === 'internal';

/**
 * Where WeCom names the addressee, that stands for the code from the phone: not for a class that WeCom may carry nothing of, whose code
 * is never sent either.
 */
export function memberStandsForCode(level: SecrecyLevel): boolean {
  return mayCarryAtMost(level, 'wecom') !== 'nothing';
}

const publicMarks = new Set(['公开', '主动公开', '此件公开发布', '此件主动公开']);
const internalMarks = new Set(['内部掌握', '依申请公开', '此件依申请公开', '不予公开', '此件不予公开', '此件不公开']);

/**
 * The level a printed mark suggests. No mark means internal (内部掌握); a mark that is not known for certain to be mild,
 * such as 内部资料 注意保存, suggests the strictest level, which a person may lower with a reason.
 */
export function proposeLevel(classification: string | null): SecrecyLevel {
  const mark = (classification ?? '').normalize('NFKC').replace(/[\s\p{P}]/gu, '');
  if (mark === '' || internalMarks.has(mark)) return 'internal';
  return publicMarks.has(mark) ? 'public' : 'workSecret';
}

/** What an issue is marked with, and the lower level that its editor proposes. */
export interface MarkedLevel {
  level: SecrecyLevel;
  loweredTo: SecrecyLevel | null;
  levelReason: string | null;
}

/** A proposal takes effect when the approver has agreed to it, which is by signing off. */
export const levelInForce = ({ level, loweredTo }: MarkedLevel, isSignedOff: boolean): SecrecyLevel =>
  isSignedOff ? (loweredTo ?? level) : level;

/** Whether a choice of the editor lowers the level and still wants a reason. */
export const wantsReason = (marked: Omit<MarkedLevel, 'levelReason'>, chosen: SecrecyLevel): boolean =>
  lowersLevel(marked.level, chosen) && chosen !== marked.loweredTo;

/** What the editor chooses: a higher level holds at once, a lower one is proposed. A reason stays with the level it was given for. */
export function afterChoice(marked: MarkedLevel, chosen: SecrecyLevel, reason: string): MarkedLevel {
  if (!lowersLevel(marked.level, chosen)) return { level: chosen, loweredTo: null, levelReason: null };
  const kept = chosen === marked.loweredTo ? marked.levelReason : null;
  return { level: marked.level, loweredTo: chosen, levelReason: reason === '' ? kept : reason };
}

/**
 * Whether somebody may say that issues without a mark have this class: one below that of an unmarked issue lowers them all, which
 * is the approver's to decide.
 */
export const mayBeDefault = (level: SecrecyLevel, roles: readonly Role[]): boolean =>
  !lowersLevel(proposeLevel(null), level) || mayDo(roles, 'issue.signOff');

/** Lowering needs the approver and a reason; raising does not. */
export function lowersLevel(from: SecrecyLevel, to: SecrecyLevel): boolean {
  return secrecyLevels.indexOf(to) < secrecyLevels.indexOf(from);
}

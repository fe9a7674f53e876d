import { machine } from '../machine.js';

/** 阅读状态 of a copy: one person reads one copy, over however many channels it was announced. */
export type ReadingState = 'unread' | 'opened' | 'acknowledged';

export const readingMachine = machine<ReadingState>({
  unread: ['opened', 'acknowledged'],
  opened: ['acknowledged'],
  acknowledged: [],
});

export const readingStateText: Record<ReadingState, string> = {
  unread: '未打开',
  opened: '已打开',
  acknowledged: '已签收',
};

/** Evidence in grades, never inflated: a machine may have fetched a page; only a deliberate act acknowledges. */
export type EvidenceKind = 'accepted' | 'delivered' | 'fetched' | 'opened' | 'acknowledged';

export const evidenceGrade: Record<EvidenceKind, number> = {
  accepted: 1,
  delivered: 2,
  fetched: 3,
  opened: 4,
  acknowledged: 5,
};

/** Evidence, and what is evidence of nothing: what a programme was caught at, and that somebody else opened the link. */
export type TraceKind = EvidenceKind | 'machine' | 'otherMember';

export const evidenceText: Record<TraceKind, string> = {
  machine: '程序自动提交',
  otherMember: '由他人在企业微信里打开',
  accepted: '通道已接收',
  delivered: '已送达',
  fetched: '链接被访问',
  opened: '已打开',
  acknowledged: '已签收',
};

/** The way somebody acknowledged: on the page, on paper, by phone, through the liaison officer, on a card, by SMS reply. */
export type AcknowledgeVia = 'page' | 'paper' | 'phone' | 'liaison' | 'card' | 'smsReply';

export const acknowledgeViaText: Record<AcknowledgeVia, string> = {
  page: '阅读页',
  paper: '纸质签收',
  phone: '电话确认',
  liaison: '联络员代签收',
  card: '企业微信卡片',
  smsReply: '手机短信回复',
};

/** Never moves back, and never for what a machine could have done: mail scanners and link previews fetch. */
export function afterEvidence(state: ReadingState, kind: EvidenceKind): ReadingState {
  if (kind !== 'opened' && kind !== 'acknowledged') return state;
  return readingMachine.can(state, kind) ? kind : state;
}

import { chineseDate, chineseDateTime } from '../../domain/calendar.js';
import { channelFacts } from '../../domain/channel-facts.js';
import { channelText, noReports } from '../../domain/sending/channel-text.js';
import { digestReason } from '../../domain/sending/daily-digest.js';
import { acknowledgeViaText } from '../../domain/reading/reading.js';
import type { BoardCopy } from './board.repository.js';
import type { Tone } from '../tags.js';

/** How sure we are that a person has the issue, in the order 已提交 < 已送达 < 已打开 < 已签收. */
export interface EvidenceWords {
  word: string;
  tone: Tone;
  /** Where the word comes from; says so when the channel reports no delivery. */
  detail: string;
}

type Told = Pick<
  BoardCopy,
  | 'reading'
  | 'openedAt'
  | 'acknowledgedAt'
  | 'acknowledgedVia'
  | 'onBehalfBy'
  | 'enteredBy'
  | 'signedOn'
  | 'unreachable'
  | 'sentOn'
  | 'deliveredAt'
  | 'sentAt'
  | 'digestAt'
  | 'waiting'
  | 'held'
  | 'lastReason'
  | 'subscriber'
>;

export function evidenceWords(copy: Told): EvidenceWords {
  if (copy.reading === 'acknowledged') return acknowledged(copy);
  const digest =
    copy.digestAt === null ? '' : `${channelText.email}${digestReason}，时间为${chineseDateTime(copy.digestAt)}。`;
  if (copy.reading === 'opened')
    return {
      word: '已打开',
      tone: 'opened',
      detail: `本人的阅读页曾显示在屏幕上${copy.subscriber ? '' : '，尚未签收'}。`,
    };
  if (copy.deliveredAt !== null)
    return { word: '已送达', tone: 'delivered', detail: `通道回执表明已送达，尚未打开。${digest}` };
  if (copy.sentOn.length > 0) return { word: '已提交', tone: 'neutral', detail: `${submitted(copy.sentOn)}${digest}` };
  if (copy.waiting) return { word: '待发送', tone: 'neutral', detail: digest || '还在排队或发送中。' };
  if (copy.held) return { word: '待人工处理', tone: 'warn', detail: copy.lastReason ?? '不确定是否已经发出，请核实。' };
  return { word: '无法送达', tone: 'unreachable', detail: copy.unreachable ?? copy.lastReason ?? '各通道均未发出。' };
}

function acknowledged({ acknowledgedVia, onBehalfBy, enteredBy, signedOn }: Told): EvidenceWords {
  if (enteredBy !== null && signedOn !== null)
    return { word: '纸质签收', tone: 'acknowledged', detail: `${signedOnPaper(enteredBy, signedOn)}。` };
  const via = acknowledgedVia === null ? '' : acknowledgeViaText[acknowledgedVia];
  if (onBehalfBy === null) return { word: '已签收', tone: 'acknowledged', detail: via === '' ? '' : `方式：${via}。` };
  return {
    word: '代签收',
    tone: 'acknowledged',
    detail: `由${onBehalfBy}办理，方式：${via === '' ? '代签收' : via}。`,
  };
}

/** @param signedOn `yyyy-mm-dd` */
export const signedOnPaper = (enteredBy: string, signedOn: string): string =>
  `纸质签收（由${enteredBy}登记），签收日期${chineseDate(signedOn)}`;

function submitted(channels: Told['sentOn']): string {
  const names = channels.map((channel) => channelText[channel]).join('、');
  const silent = channels.every((channel) => !channelFacts[channel].reportsArrival);
  return silent ? `${names}已接收；${noReports(channels)}` : `${names}已接收，尚无送达回执。`;
}

/** The latest time the words rest on. */
export function evidenceTime(copy: Told): string {
  // Beside a signature stands a day, no time.
  if (copy.signedOn !== null) return chineseDate(copy.signedOn);
  const at = copy.acknowledgedAt ?? copy.openedAt ?? copy.deliveredAt ?? (copy.sentOn.length > 0 ? copy.sentAt : null);
  return at === null ? '' : chineseDateTime(at);
}

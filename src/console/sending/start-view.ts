import type { Wait } from '../../dispatch/when/deferral.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { clockWasAhead } from '../../domain/clock-difference.js';
import { startOf } from '../../domain/sending/send-time.js';

/** What the page says between sign-off and the first message. */
export interface StartView {
  text: string;
  /** When the first messages really leave, where that is later than the start. */
  wait: string | null;
  tone: 'warn' | 'bad';
  /** Offers the button that starts at once. */
  maySendNow: boolean;
}

interface WaitingEdition {
  signedAt: Date;
  sendAt: Date;
  plannedAt: Date | null;
}

/** What would hold up the first messages if they were planned at the start, and if they were planned now. */
export interface StartWaits {
  atStart: Wait | null;
  ifNow: Wait | null;
}

export function startView(
  edition: WaitingEdition | undefined,
  mayStart: boolean,
  now: Date,
  waits: StartWaits,
): StartView | null {
  if (!edition || edition.plannedAt !== null) return null;
  const time = chineseDateTime(edition.sendAt);
  switch (startOf(edition.sendAt, now)) {
    case 'wait':
      return {
        text: `本期定于${time}开始发送，现在时间${chineseDateTime(now)}。${clockWasAhead([edition.signedAt], now) ?? ''}在此之前可以“退回修改”，撤销签发。`,
        wait: waitBeforeStart(waits, mayStart),
        tone: 'warn',
        maySendNow: mayStart,
      };
    case 'start':
      return {
        text: '已到发送时间，正在生成发送计划。',
        wait: waits.ifNow && `现在是${waits.ifNow.reason}，${firstAt(waits.ifNow)}。`,
        tone: 'warn',
        maySendNow: false,
      };
    case 'ask':
      return {
        text: `原定${time}发送，当时系统没有运行，或者时钟刚刚校准过，已错过。请签发人确认内容是否仍然适用，再决定发送或退回修改。`,
        wait: waits.ifNow && `现在是${waits.ifNow.reason}，即使现在决定发送，${firstAt(waits.ifNow)}。`,
        tone: 'bad',
        maySendNow: mayStart,
      };
  }
}

function waitBeforeStart({ atStart, ifNow }: StartWaits, mayStart: boolean): string | null {
  const said = atStart ? `届时是${atStart.reason}，不打扰收件人，${firstAt(atStart)}。` : '';
  if (!mayStart || !ifNow) return said || null;
  return ifNow.until.getTime() === atStart?.until.getTime()
    ? `${said}现在发送也是这样。`
    : `${said}现在是${ifNow.reason}，如果现在发送，${firstAt(ifNow)}。`;
}

const firstAt = ({ until }: Wait): string => `第一批消息到${chineseDateTime(until)}才会发出`;

import { chineseDateTime } from '../domain/calendar.js';
import { startOf } from '../domain/send-time.js';

/** What the page says between sign-off and the first message. */
export interface StartView {
  text: string;
  tone: 'warn' | 'bad';
  /** Offers the button that starts at once. */
  maySendNow: boolean;
}

export function startView(
  edition: { sendAt: Date; plannedAt: Date | null } | undefined,
  mayStart: boolean,
  now: Date,
): StartView | null {
  if (!edition || edition.plannedAt !== null) return null;
  const time = chineseDateTime(edition.sendAt);
  switch (startOf(edition.sendAt, now)) {
    case 'wait':
      return { text: `将于${time}开始发送。在此之前可以“退回修改”，撤销签发。`, tone: 'warn', maySendNow: mayStart };
    case 'start':
      return { text: '已到发送时间，正在生成发送计划。', tone: 'warn', maySendNow: false };
    case 'ask':
      return {
        text: `原定${time}发送，当时系统没有运行，已错过。请确认内容是否仍然适用，再决定发送或退回修改。`,
        tone: 'bad',
        maySendNow: mayStart,
      };
  }
}

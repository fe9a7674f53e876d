import { beijingDate, chineseDateTime } from '../calendar.js';

/** Where a copy stands when its card is pressed or redrawn. */
export interface CardCopy {
  withdrawnAt: Date | null;
  acknowledgedAt: Date | null;
  /** Who acknowledged in the recipient's place. */
  onBehalfBy: string | null;
}

/**
 * What stands in place of a card's button, at most 10 characters: 已签收 09:12, or 4月2日已签收 once that day is over. What somebody
 * else did for the recipient is not called his own act.
 *
 * @returns null while the button may be pressed
 */
export function cardWords({ withdrawnAt, acknowledgedAt, onBehalfBy }: CardCopy, now: Date): string | null {
  if (withdrawnAt) return '本期已撤回';
  if (!acknowledgedAt) return null;
  const act = onBehalfBy === null ? '已签收' : '已代签收';
  if (beijingDate(acknowledgedAt) === beijingDate(now)) return `${act} ${chineseDateTime(acknowledgedAt).slice(-5)}`;
  const [, month, day] = beijingDate(acknowledgedAt).split('-');
  return `${Number(month)}月${Number(day)}日${act}`;
}

export type CardPress = 'acknowledge' | 'again' | 'gone' | 'notHis';

/** What a press on a card is. The provider vouches for who pressed: it counts for nobody but whom the card was sent to. */
export function judgeCardPress(card: { addressee: string; revoked: boolean } & CardCopy, presser: string): CardPress {
  // The provider writes one member's id in more than one way (developer.work.weixin.qq.com/document/path/90236).
  if (card.addressee === '' || card.addressee.toLowerCase() !== presser.toLowerCase()) return 'notHis';
  if (card.withdrawnAt || card.revoked) return 'gone';
  return card.acknowledgedAt && card.onBehalfBy === null ? 'again' : 'acknowledge';
}

/** Further off than this, the provider's time of a press is not believed. */
const believedMs = 5 * 60_000;

/** When it was pressed: as the provider says, unless that cannot be. */
export function pressedAt(said: Date | null, now: Date): Date {
  return said && said <= now && now.getTime() - said.getTime() <= believedMs ? said : now;
}

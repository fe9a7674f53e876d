import { beijingDate, daysLater } from '../calendar.js';
import type { DeliveryPurpose } from '../delivery.js';
import { priorityOf } from '../urgency.js';

/** One notice to one person; over how many channels it rings makes no difference. */
export interface Notice {
  personId: string;
  editionId: string;
  purpose: DeliveryPurpose;
  round: number;
}

/** 特急 is never held back, nor what somebody asked for himself, nor news that a text is wrong. */
export const isCapped = ({ priority, purpose }: { priority: number; purpose: DeliveryPurpose }): boolean =>
  priority > priorityOf('extraUrgent') && (purpose === 'initial' || purpose === 'reminder');

const keyOf = ({ editionId, purpose, round }: Notice) => `${editionId} ${purpose} ${round}`;

/**
 * Which of `wanting`, in their order, are too many for one person on one day.
 *
 * @param today notices these people have already been sent today
 */
export function overDailyCap<T extends Notice & { priority: number }>(
  wanting: readonly T[],
  today: readonly Notice[],
  cap: number,
): T[] {
  const known = new Map<string, Set<string>>();
  const of = (personId: string) => known.get(personId) ?? known.set(personId, new Set()).get(personId)!;
  for (const notice of today) of(notice.personId).add(keyOf(notice));
  return wanting.filter((row) => {
    const notices = of(row.personId);
    if (isCapped(row) && !notices.has(keyOf(row)) && notices.size >= cap) return true;
    notices.add(keyOf(row));
    return false;
  });
}

/** Eight in the morning of the next day in Beijing. */
export function nextDay(now: Date): Date {
  return new Date(`${daysLater(beijingDate(now), 1)}T08:00:00+08:00`);
}

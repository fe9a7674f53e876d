import { chineseDate } from '../../domain/calendar.js';
import { actingWord } from '../../domain/people/list-words.js';
import { inForce, wasNever } from '../../domain/people/organisation.js';
import type { TenureRow } from '../../organisation/tenure.repository.js';

/** One tenure as a line of a timeline. */
export interface TenureLine {
  id: string;
  postId: string;
  personId: string;
  where: string;
  who: string;
  period: string;
  state: { text: string; tone: 'good' | 'info' | 'neutral' };
  /** It can still be ended. */
  open: boolean;
}

export function tenureLine(tenure: TenureRow, today: string): TenureLine {
  const { id, postId, personId, startsOn, endsOn } = tenure;
  const never = wasNever(tenure);
  const from = chineseDate(startsOn);
  const until = endsOn === null ? '' : chineseDate(endsOn);
  const acting = tenure.acting ? `（${actingWord(tenure.actingKind)}）` : '';
  return {
    id,
    postId,
    personId,
    where: `${tenure.unitName} ${tenure.postTitle}${acting}`,
    who: `${tenure.personName}${acting}`,
    period: never ? `原定自${from}起` : endsOn === null ? `自${from}起` : `${from}起，至${until}（不含）`,
    state: never
      ? { text: '已取消', tone: 'neutral' }
      : inForce(tenure, today)
        ? { text: endsOn === null ? '现任' : '现任，已定离任', tone: 'good' }
        : startsOn > today
          ? { text: '将任', tone: 'info' }
          : { text: '曾任', tone: 'neutral' },
    open: !never && (endsOn === null || endsOn > today),
  };
}

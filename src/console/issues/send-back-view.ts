import { chineseDateTime } from '../../domain/calendar.js';
import type { SendBack } from '../../issues/send-back.repository.js';

export interface SendBackView {
  who: string;
  when: string;
  note: string;
  /** When it was sent for review again, in words. */
  answered: string | null;
}

/** What waits for an answer stands apart from what has had one. */
export function sendBackView(all: readonly SendBack[]): { open: SendBackView[]; past: SendBackView[] } {
  const views = all.map(({ at, byName, note, answeredAt }) => ({
    who: byName,
    when: chineseDateTime(at),
    note,
    answered: answeredAt === null ? null : chineseDateTime(answeredAt),
  }));
  return {
    open: views.filter(({ answered }) => answered === null),
    past: views.filter(({ answered }) => answered !== null),
  };
}

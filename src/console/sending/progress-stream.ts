import type { MessageEvent } from '@nestjs/common';
import { concat, distinctUntilChanged, exhaustMap, map, type Observable, of, scan, takeWhile, timer } from 'rxjs';

export interface ProgressTick {
  html: string;
  finished: boolean;
}

/** Reports of the last messages come a moment after the last message has left. */
const quietTicks = 3;

/**
 * Server-sent events: the fragment whenever it has changed, and `end` once everything is settled and has stayed as it is for
 * a few ticks. A slow reading is not overtaken by the next.
 */
export function progressMessages(read: () => Promise<ProgressTick>, everyMs = 1000): Observable<MessageEvent> {
  const fragments = timer(0, everyMs).pipe(
    exhaustMap(() => read()),
    scan(({ last, quiet }, tick) => ({ last: tick, quiet: tick.html === last?.html ? quiet + 1 : 0 }), {
      last: null as ProgressTick | null,
      quiet: 0,
    }),
    takeWhile(({ last, quiet }) => !(last?.finished === true && quiet >= quietTicks)),
    map(({ last }) => last?.html ?? ''),
    distinctUntilChanged(),
    map((data) => ({ data })),
  );
  // Browsers drop an event that has no data.
  return concat(fragments, of({ type: 'end', data: 'end' }));
}

import { concatMap, exhaustMap, filter, map, type Observable, takeUntil, takeWhile, timer } from 'rxjs';

/** A silent stream, too, ends soon after it is no longer allowed. */
const lookMs = 5000;

/** The events of a stream as long as `allowed`, asked before each and now and then between them. */
export function whileAllowed<T>(
  events: Observable<T>,
  allowed: () => Promise<boolean>,
  everyMs = lookMs,
): Observable<T> {
  const forbidden = timer(everyMs, everyMs).pipe(
    exhaustMap(() => allowed()),
    filter((still) => !still),
  );
  return events.pipe(
    takeUntil(forbidden),
    concatMap(async (event) => ({ event, still: await allowed() })),
    takeWhile(({ still }) => still),
    map(({ event }) => event),
  );
}

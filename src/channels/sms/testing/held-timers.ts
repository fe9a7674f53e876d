import type { Timers } from '../timers.js';

/** Time that passes only when it is told to. */
export function heldTimers(start = new Date('2026-11-30T04:00:00Z')): Timers & {
  pass(ms: number): void;
  waiting(): number;
} {
  let now = start.getTime();
  const held = new Map<object, { at: number; work: () => void }>();
  return {
    now: () => new Date(now),
    after(ms, work) {
      const key = {};
      held.set(key, { at: now + ms, work });
      return () => held.delete(key);
    },
    /** What falls due is done in its order. */
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const due = [...held].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!due) break;
        held.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].work();
      }
      now = until;
    },
    waiting: () => held.size,
  };
}

import { setTimeout as wait } from 'node:timers/promises';

/** Inclusive bounds in milliseconds. */
export type Range = readonly [min: number, max: number];

/** How fast the stand-in providers are, and when they stop. */
export interface Pace {
  latencyMs: Range;
  /** From taking a message to its report being ready. */
  reportDelayMs: Range;
  stopped: AbortSignal;
}

export function pick([min, max]: Range): number {
  return Math.round(min + Math.random() * Math.max(0, max - min));
}

/** Waits; false when the sandbox stopped meanwhile. */
export async function pause(ms: number, stopped: AbortSignal): Promise<boolean> {
  if (stopped.aborted) return false;
  if (ms <= 0) return true;
  return wait(ms, true, { signal: stopped }).catch(() => false);
}

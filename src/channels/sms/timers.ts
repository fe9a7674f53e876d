/** Time, as far as a line to a vendor needs it; times in milliseconds. */
export interface Timers {
  now(): Date;
  /** @returns ends the waiting */
  after(ms: number, work: () => void): () => void;
}

/** The process's own; no waiting keeps it alive. */
export const timersOf = (now: () => Date): Timers => ({
  now,
  after(ms, work) {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
});

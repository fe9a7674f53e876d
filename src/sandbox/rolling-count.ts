/** Counts events per key within a window that rolls; times in milliseconds since the epoch. */
export function rollingCount(windowMs: number) {
  const times = new Map<string, number[]>();
  return {
    add(key: string, at: number): void {
      const known = times.get(key);
      if (known) known.push(at);
      else times.set(key, [at]);
    },
    count(key: string, now: number): number {
      const recent = (times.get(key) ?? []).filter((at) => at > now - windowMs);
      times.set(key, recent);
      return recent.length;
    },
  };
}

/**
 * Token buckets as values. A bucket's whole state is one moment for each of its rates, "full again at": before it, tokens are
 * missing, one for each interval; a bucket nobody has touched has no state at all.
 */

/** As a provider states it: at most `count` in any `perMs`. */
export interface Limit {
  count: number;
  perMs: number;
}

export interface Rate {
  capacity: number;
  /** One token comes back in this time. */
  intervalMs: number;
}

/** A rate, with the limit that was set. */
export type StatedRate = Rate & Limit;

/** Milliseconds since the epoch, one for each rate; missing ones are full. */
export type BucketState = readonly number[];

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `5/h` is five an hour; s, m, h and d are known. Null for anything else. */
export function readLimit(text: string): Limit | null {
  const match = /^(\d{1,7})\/([smhd])$/.exec(text.trim());
  const count = Number(match?.[1]);
  return match && count > 0 ? { count, perMs: unitMs[match[2]!]! } : null;
}

/**
 * Half of the limit at once and the other half in the course of the window: what was saved up and what comes back together
 * never exceed what the provider counts in any window, wherever that begins.
 */
export function rateOf({ count, perMs }: Limit): StatedRate {
  const capacity = Math.ceil(count / 2);
  return { count, perMs, capacity, intervalMs: Math.ceil(perMs / Math.max(1, count - capacity)) };
}

const unitText: Readonly<Record<string, string>> = { s: '秒', m: '分钟', h: '小时', d: '天' };

/** “每分钟100次，每天2000次”, as it was set; “不限” for none. */
export function rateText(rates: readonly Limit[]): string {
  if (rates.length === 0) return '不限';
  return rates
    .map(({ count, perMs }) => {
      const [unit] = Object.entries(unitMs).find(([, ms]) => ms === perMs)!;
      return `每${unitText[unit]}${count}次`;
    })
    .join('，');
}

/** How many can be taken now without breaking any of the rates. */
export function tokensAt(rates: readonly Rate[], state: BucketState, now: number): number {
  return Math.min(...rates.map((rate, i) => tokensOf(rate, state[i], now)));
}

function tokensOf({ capacity, intervalMs }: Rate, fullAt: number | undefined, now: number): number {
  const missing = Math.max(0, (fullAt ?? 0) - now);
  return Math.max(0, Math.floor((capacity * intervalMs - missing) / intervalMs));
}

export function take(rates: readonly Rate[], state: BucketState, count: number, now: number): BucketState {
  return rates.map(({ intervalMs }, i) => Math.max(state[i] ?? 0, now) + count * intervalMs);
}

/** When the next one can be taken, and how far apart those after it must be. */
export function nextToken(rates: readonly Rate[], state: BucketState, now: number): { atMs: number; everyMs: number } {
  const waits = rates.map(({ capacity, intervalMs }, i) => ({
    atMs: Math.max(now, (state[i] ?? 0) - (capacity - 1) * intervalMs),
    everyMs: intervalMs,
  }));
  return waits.reduce((latest, wait) => (wait.atMs > latest.atMs ? wait : latest));
}

/** When the bucket is as good as new and its state can be forgotten. */
export const idleAt = (state: BucketState): number => Math.max(0, ...state);

/** One row for which something must be taken from a bucket. */
export interface Wanting {
  id: string;
  bucket: string;
}

export interface Shared {
  /** In the order given: when each one that must wait can leave. */
  waiting: { id: string; bucket: string; atMs: number }[];
  state: ReadonlyMap<string, BucketState>;
  /** For each bucket that ran dry: when the first one after these can leave. */
  dry: ReadonlyMap<string, { atMs: number; everyMs: number }>;
}

/** Gives out what the buckets hold, first come first served; the others are told when their turn is. */
export function share(
  wanting: readonly Wanting[],
  rates: (bucket: string) => readonly Rate[],
  states: ReadonlyMap<string, BucketState>,
  now: number,
): Shared {
  const state = new Map(states);
  const dry = new Map<string, { atMs: number; everyMs: number }>();
  const waiting: { id: string; bucket: string; atMs: number }[] = [];
  for (const { id, bucket } of wanting) {
    const known = state.get(bucket) ?? [];
    const queue = dry.get(bucket);
    if (!queue && tokensAt(rates(bucket), known, now) > 0) {
      state.set(bucket, take(rates(bucket), known, 1, now));
      continue;
    }
    const { atMs, everyMs } = queue ?? nextToken(rates(bucket), known, now);
    waiting.push({ id, bucket, atMs });
    dry.set(bucket, { atMs: atMs + everyMs, everyMs });
  }
  return { waiting, state, dry };
}

import { parseBulletin } from '../../src/domain/bulletin/parse.js';
import type { ParseResult } from '../../src/domain/bulletin/bulletin.js';
import { generate, type GeneratedBulletin } from './bulletin.js';
import { nextIssue, type Teaching } from './learned.js';
import { judge, type Judged, type Verdict } from './judge.js';

export type Counts = Record<Verdict, number>;

export interface Tally {
  seed: number;
  bulletins: number;
  facts: Counts;
  /** Facts that are right although a warning stands at them; many of them make people blind to warnings. */
  warnings: number;
  byFact: Record<string, Counts>;
  byLayout: Record<string, Counts>;
}

const none = (): Counts => ({ right: 0, warned: 0, silent: 0 });

/** How a bulletin of a seed is written and read. */
export type Reader = (
  seed: number,
  index: number,
) => { bulletin: Pick<GeneratedBulletin, 'truth' | 'text' | 'layout'>; read: ParseResult };

export const alone: Reader = (seed, index) => {
  const bulletin = generate(seed, index);
  return { bulletin, read: parseBulletin(bulletin.bytes) };
};

/** The second issue of a paper, with what the first one shows. */
export const learned =
  (teaching: Teaching): Reader =>
  (seed, index) => {
    const { next, read } = nextIssue(seed, index, teaching);
    return { bulletin: next, read };
  };

/** Reads `count` bulletins of a seed and counts facts by what they are and by what was drawn for the bulletin. */
export function tally(
  seed: number,
  count: number,
  onWrong?: (index: number, wrong: Judged) => void,
  reader: Reader = alone,
): Tally {
  const result: Tally = { seed, bulletins: count, facts: none(), warnings: 0, byFact: {}, byLayout: {} };
  for (let index = 0; index < count; index += 1) {
    const { bulletin, read } = reader(seed, index);
    if (read.kind === 'bulletin') result.warnings += read.bulletin.warnings.length;
    for (const one of judge(bulletin, read)) {
      result.facts[one.verdict] += 1;
      (result.byFact[one.fact] ??= none())[one.verdict] += 1;
      for (const form of bulletin.layout) (result.byLayout[form] ??= none())[one.verdict] += 1;
      if (one.verdict !== 'right') onWrong?.(index, one);
    }
  }
  return result;
}

export const share = (counts: Counts, verdict: Verdict): number =>
  counts[verdict] / Math.max(1, counts.right + counts.warned + counts.silent);

import { parseBulletin } from '../../src/domain/bulletin/parse.js';
import { generate } from './bulletin.js';
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

/** Reads `count` bulletins of a seed and counts facts by what they are and by what was drawn for the bulletin. */
export function tally(seed: number, count: number, onWrong?: (index: number, wrong: Judged) => void): Tally {
  const result: Tally = { seed, bulletins: count, facts: none(), warnings: 0, byFact: {}, byLayout: {} };
  for (let index = 0; index < count; index += 1) {
    const bulletin = generate(seed, index);
    const read = parseBulletin(bulletin.bytes);
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

import type { ParseResult } from '../../src/domain/bulletin/bulletin.js';
import { learnLayout } from '../../src/domain/bulletin/learn-layout.js';
import type { PaperLayout } from '../../src/domain/bulletin/paper-layout.js';
import { parseBulletin } from '../../src/domain/bulletin/parse.js';
import { generate, type GeneratedBulletin } from './bulletin.js';

/** Two issues of one paper: what the first one shows of its layout, and the second read with that. */

/** `corrected`: a person put right whatever was wrong. `asRead`: nobody did, and it was signed off as it was read. */
export type Teaching = 'corrected' | 'asRead';

export interface NextIssue {
  first: GeneratedBulletin;
  next: GeneratedBulletin;
  paper: PaperLayout | null;
  read: ParseResult;
}

/** Issues of one paper lie so far apart among the numbers that no seed meets another. */
const NEXT = 500_009;

export function layoutOf({ bytes, truth }: GeneratedBulletin, teaching: Teaching = 'corrected'): PaperLayout | null {
  const read = parseBulletin(bytes);
  if (read.kind !== 'bulletin') return null;
  return learnLayout(teaching === 'corrected' ? truth : read.bulletin, read.lines, null);
}

export function nextIssue(seed: number, index: number, teaching: Teaching = 'corrected'): NextIssue {
  const first = generate(seed, index);
  const next = generate(seed + NEXT, index, first);
  const paper = layoutOf(first, teaching);
  return { first, next, paper, read: parseBulletin(next.bytes, { paper }) };
}

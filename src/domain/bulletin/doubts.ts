import type { Doubt } from './bulletin.js';
import type { Foot } from './foot.js';
import type { Head } from './head.js';
import type { PinnedFact } from './pins.js';

/** How sure a reading is that falls short of nothing: a person is told below this. */
export const SURE = 0.8;

/**
 * The confidence of a reading whose path is better than the next one by `margin` points of the weights: 0.5 where both are
 * as good, 0.82 at the 1.5 points from which on nobody is asked.
 */
export const confidenceOf = (margin: number): number => Math.round(100 / (1 + Math.exp(-margin))) / 100;

/** Taken from a place where it does not belong, or by a rule that is often wrong. */
const GUESSED = 0.6;
/** From another place of the same text. */
const ELSEWHERE = 0.7;

/** What is unsure of the head and the foot. */
export function headDoubts(head: Head, foot: Foot): Doubt[] {
  const doubts: Doubt[] = [];
  const add = (
    fact: PinnedFact,
    line: number | null,
    confidence: number,
    value: string | null,
    alternative: string | null,
    code: string,
  ): void => {
    const pin = { line: line ?? 1, fact, value: alternative };
    doubts.push({ fact, line: line ?? 1, confidence, value, alternative, code, pin });
  };
  const [other] = head.otherNames;
  if (head.series !== null && !head.seriesIsNamed)
    add('series', head.seriesLine, GUESSED, head.series, other ?? null, 'series_guessed');
  const number = head.issueNumber === null ? null : String(head.issueNumber);
  if (head.lastNumber !== null)
    add('issueNumber', head.numberLine, GUESSED, number, String(head.lastNumber), 'combined_issue');
  if (head.numberFrom === 'document')
    add('issueNumber', head.numberLine, ELSEWHERE, number, null, 'number_from_document');
  if (head.dateFrom !== null) add('date', head.dateLine, GUESSED, head.date, head.dateFrom, 'date_range');
  if (head.date === null && foot.printedOn !== null)
    add('date', foot.lastLine, ELSEWHERE, foot.printedOn, null, 'date_from_foot');
  if (head.issuers.length === 0 && foot.printedBy !== null)
    add('issuer', foot.lastLine, ELSEWHERE, foot.printedBy, null, 'issuer_from_foot');
  return [...doubts, ...foot.doubts];
}

/** The second reading, as the end of a warning. */
export const orPerhaps = (alternative: string | null): string =>
  alternative === null ? '' : `也可能是“${alternative}”，`;

import type { Row } from './weights-body.js';

/**
 * The part of the table of weights.ts that is about what earlier issues of the paper show. Strong enough to settle what the line
 * alone leaves open, too weak to make something of a line that has the form of something else.
 */
export const PAPER_WEIGHTS = {
  /** Its name, number or issuer, or a line that stands in the head of every issue. */
  'head of this paper': [
    ['head', 9],
    ['headline item text section', -4],
  ],
  /** Set as its sections are. */
  'section of this paper': [
    ['section', 9],
    ['headline item text more', -4],
    ['contents', -1],
  ],
  /** Set as some papers set sections, in a text whose sections are all set as those of this paper. */
  'not as its sections': [['section', -7]],
  /** Where an item begins, a line of its own over a text, in a paper that sets its headlines so. */
  'headline of this paper': [
    ['headline', 12],
    ['item text more section', -5],
  ],
  /** The line below such a headline. */
  'text under its headline': [
    ['text', 8],
    ['more', -5],
    ['item headline', -6],
  ],
  /** The mark of its items. */
  'item mark of this paper': [
    ['item headline', 5],
    ['text more section contents', -4],
  ],
  /** Where an item begins, in a paper whose headlines stand on the line of the text. */
  'item of this paper': [
    ['item', 3],
    ['headline', -4],
  ],
  /** The unit on a line of its own, as this paper names it. */
  'credit of this paper': [['credit', 7]],
  /** Below its label of contents, with the mark of its entries, or a name of its sections. */
  'contents of this paper': [
    ['contents', 8],
    ['headline item text section', -4],
  ],
  /** A line that stands at the foot of every issue. */
  'foot of this paper': [
    ['foot', 12],
    ['text more headline item', -4],
    ['scopeMore', -6],
  ],
} as const satisfies Record<string, readonly Row[]>;

export type PaperSign = keyof typeof PAPER_WEIGHTS;

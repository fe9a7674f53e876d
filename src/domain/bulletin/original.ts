import type { Kind } from './kinds.js';
import type { PinKind } from './pins.js';

/**
 * What a line of the original was read as; `none` where it was left out. `second` is what it may be as well, null where that is
 * out of the question. `joined`: it was put on the end of the line before and has no kind of its own.
 */
export interface ReadLine {
  number: number;
  kind: PinKind;
  second: Kind | null;
  joined: boolean;
}

/** Where a fact stands: `fact` as in a doubt, or `sections.0.items.2` for an item; `lines` are numbers of the original, in order. */
export interface Place {
  fact: string;
  lines: number[];
}

/** The original and the structure, linked: every line that is not blank once, and every fact that the text states. */
export interface Original {
  lines: ReadLine[];
  places: Place[];
}

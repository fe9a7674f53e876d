import type { Kind } from './kinds.js';
import { BODY_WEIGHTS, type Row } from './weights-body.js';
import { LOOK_WEIGHTS } from './weights-looks.js';
import { PAPER_WEIGHTS } from './weights-paper.js';

/*
 * What a sign of a line says for or against each kind, in round numbers: 1 is a hint, 3 is evidence, 6 is nearly proof. The
 * signs are found in signs.ts. A table of its own, so that it can be read, argued about and changed without reading code.
 */

export const WEIGHTS = {
  /** Holds for every line: kinds that need a reason. */
  any: [
    ['head', -1.5],
    ['contents', -3],
    ['note', -8],
    ['section', -7],
    ['headline', -3],
    ['item', -1.5],
    ['more', -0.5],
    ['credit', -9],
    ['scope sign', -10],
    ['scopeMore', -1],
    ['foot', -3],
    ['tail', -10],
  ],

  // The head.
  /** 第N期, with or without a name, a year, a total. */
  number: [
    ['head', 9],
    ['section headline item text more foot', -2],
  ],
  /** The first number of the text stands below: everything above it belongs to the head. */
  'before the number': [['head', 6]],
  /** Everything on the line is known: a date, an issuer, a mark, a copy number. */
  'head fact': [
    ['head', 5.5],
    ['headline', -2],
  ],
  /** Part of the line is: a date beside something nobody knows. */
  'half a head fact': [['head', 2.5]],
  /** A date and nothing that reads like text: whoever else is named there. */
  'date beside a name': [
    ['head', 2.5],
    ['headline item text', -2],
  ],
  /** Ends with a word that names of bulletins end with. */
  name: [['head', 1.5]],
  /** A line of the page around a text copied from a web site. */
  'web page': [
    ['head', 6],
    ['headline item text', -2],
  ],
  /** No head is that long. */
  'far down': [['head', -60]],
  /** More head stands below: a date or an issuer within a few lines. */
  'head goes on': [['head', 4]],
  /** Looks like a motto: two halves of like length, or words of the kind. */
  motto: [
    ['head', 3.5],
    ['headline item text', -2],
  ],

  // Length and punctuation.
  /** A sentence mark stands outside quotation marks. */
  sentence: [
    ['head', -5],
    ['contents', -3],
    ['headline', -9],
    ['section', -6],
  ],
  /** More than eighty characters. */
  long: [
    ['head contents section', -8],
    ['headline credit', -10],
    ['foot', -3],
  ],
  /** Too short for running text and without a sentence mark. */
  short: [['item text', -1]],

  ...BODY_WEIGHTS,
  ...LOOK_WEIGHTS,
  ...PAPER_WEIGHTS,

  // Contents and note.
  'contents label': [
    ['contents', 14],
    ['head section headline note', -8],
  ],
  /** 本期详情: the list ends here. */
  'body label': [
    ['contents', 9],
    ['section headline', -4],
  ],
  /** The line comes again below. */
  'comes again': [
    ['contents', 5],
    ['headline section head item', -2],
  ],
  /** It stands above already. */
  'came before': [['contents', -8]],
  'page number at its end': [
    ['contents', 4],
    ['headline text item head', -2],
  ],
  /** Has the form of the entries around it in a list that has a label. */
  'in a list': [['contents', 2.5]],
  'note label': [
    ['note', 24],
    ['head item headline section contents', -6],
  ],
  /** 【领导批示】 above the only article. */
  instruction: [
    ['note', 24],
    ['head item headline section contents', -6],
  ],
  /** A further paragraph of a note says to whom it is sent and why. */
  'closes a note': [
    ['note', 10],
    ['text headline item', -3],
  ],
  'after a note label': [
    ['note', 13],
    ['headline item text', -3],
  ],

  // The foot.
  scope: [
    ['scope', 18],
    ['head', 1],
    ['scopeMore', -3],
    ['item text more headline', -3],
  ],
  /** Without a colon. */
  'bare scope': [
    ['scope', 15],
    ['item text more headline', -2],
    ['scopeMore', -1],
  ],
  /** Names posts and offices, and is no sentence. */
  addressees: [['scopeMore', 3]],
  'after a scope label': [
    ['scopeMore', 5],
    ['foot', -2],
  ],
  'sign-off': [
    ['sign', 18],
    ['head', 1],
    ['scopeMore', -8],
    ['item text more headline', -3],
  ],
  /** Telephone, address, 主题词, copies, 印发. */
  'foot line': [
    ['foot', 9],
    ['head', 4],
    ['scopeMore', -6],
    ['item text more headline', -3],
  ],
  'below the web page end': [
    ['tail', 12],
    ['head text headline', -2],
  ],
  'web page end': [
    ['tail', 17],
    ['foot', -2],
  ],
} as const satisfies Record<string, readonly Row[]>;

export type Sign = keyof typeof WEIGHTS;
export type WeightRow = readonly [kind: Kind, weight: number];

/** The same for the program: each sign with one row for each kind. */
export const weightsOf = {} as Record<Sign, readonly WeightRow[]>;
for (const [sign, rows] of Object.entries(WEIGHTS) as [Sign, readonly Row[]][])
  weightsOf[sign] = rows.flatMap(([kinds, weight]) =>
    kinds.split(' ').map((kind): WeightRow => [kind as Kind, weight]),
  );

import { compose } from './compose.js';
import { disturbances, encodings } from './disturb.js';
import { Chance, type PaperDraws } from './drawn.js';
import type { Truth } from './truth.js';

export interface GeneratedBulletin {
  bytes: Uint8Array;
  text: string;
  truth: Truth;
  /** What was drawn from each table: `number: 第N期`. */
  layout: string[];
  /** Of the paper, for its next issue. */
  paper: PaperDraws;
}

/** Bulletin number `index` of a seed: the same for ever. `earlier`: an issue of the paper that this one is another issue of. */
export function generate(seed: number, index: number, earlier?: Pick<GeneratedBulletin, 'paper'>): GeneratedBulletin {
  const chance = new Chance(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b), earlier?.paper);
  const { rows, truth } = compose(chance);
  const lines = chance.form('disturbance', disturbances)(rows, chance, truth);
  const text = lines.join('\n');
  const bytes = chance.form('encoding', encodings, 0.7)(text);
  return { bytes, text, truth, layout: chance.drawn, paper: chance.paper };
}

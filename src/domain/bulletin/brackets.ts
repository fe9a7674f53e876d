const CLOSER_OF: Record<string, string> = {
  '（': '）',
  '(': ')',
  '【': '】',
  '〔': '〕',
  '[': ']',
  '《': '》',
  '〈': '〉',
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
};
const FAMILY: Record<string, string> = { '(': '（', ')': '）', '[': '〔', ']': '〕', '［': '〔', '］': '〕' };
const OPENER_OF = Object.fromEntries(Object.entries(CLOSER_OF).map(([open, close]) => [close, open]));
/** Any of them: texts are searched for these, since looking up each character would be most of the work. */
const BRACKET = new RegExp(
  `[${[CLOSER_OF, OPENER_OF, FAMILY].flatMap((table) => Object.keys(table).map((char) => `\\${char}`)).join('')}]`,
  'g',
);

export interface BracketPairs {
  /** Index of a closing bracket to the index of the opening one it belongs to; full- and half-width may be mixed. */
  openOf: Map<number, number>;
  /** Nesting depth at each character, counting matched pairs only; a bracket itself is inside. */
  depth: Uint16Array;
  unmatchedOpen: number[];
  unmatchedClose: number[];
}

// Nobody nests deeper; the bound keeps a file of nothing but brackets from costing quadratic time.
const MAX_OPEN = 64;

/** Pairs the brackets and quotation marks of a text. A stray one is reported, and does not change the depth. */
export function pairBrackets(text: string): BracketPairs {
  const open: { char: string; index: number }[] = [];
  const openOf = new Map<number, number>();
  const unmatchedClose: number[] = [];
  const unmatchedOpen: number[] = [];
  for (const { 0: met, index } of text.matchAll(BRACKET)) {
    const char = FAMILY[met] ?? met;
    if (char in CLOSER_OF) {
      open.push({ char, index });
      if (open.length > MAX_OPEN) unmatchedOpen.push(open.shift()?.index ?? index);
    } else {
      let at = open.length - 1;
      while (at >= 0 && open[at]?.char !== OPENER_OF[char]) at -= 1;
      const partner = open[at];
      if (!partner) unmatchedClose.push(index);
      else {
        openOf.set(index, partner.index);
        unmatchedOpen.push(
          ...open
            .splice(at)
            .slice(1)
            .map((entry) => entry.index),
        );
      }
    }
  }
  unmatchedOpen.push(...open.map((entry) => entry.index));
  return { openOf, depth: depths(text.length, openOf), unmatchedOpen, unmatchedClose };
}

function depths(length: number, openOf: Map<number, number>): Uint16Array {
  const change = new Int16Array(length + 1);
  for (const [close, start] of openOf) {
    change[start] = (change[start] ?? 0) + 1;
    change[close + 1] = (change[close + 1] ?? 0) - 1;
  }
  const depth = new Uint16Array(length);
  let now = 0;
  for (let index = 0; index < length; index += 1) {
    now += change[index] ?? 0;
    depth[index] = now;
  }
  return depth;
}

export function closerOf(opener: string | undefined): string | undefined {
  return opener === undefined ? undefined : CLOSER_OF[opener];
}

import type { Doubt } from './bulletin.js';
import type { Paragraph } from './body.js';
import { SURE } from './doubts.js';
import { dashSplit } from './headline.js';
import type { Kind } from './kinds.js';
import type { Place } from './original.js';
import type { FactPin, PinnedFact } from './pins.js';

/** Sections and items while they are put together, and what is known of where they come from. */

export interface Draft {
  line: number;
  headline: string | null;
  paragraphs: { text: string; outline: boolean }[];
  unit: string | null;
  author: string | null;
  closed: boolean;
  doubts: Doubt[];
  lines: number[];
  /** Where its headline and its unit stand. */
  titles: number[];
  units: number[];
  pins: Partial<Record<PinnedFact, FactPin>>;
}

export interface DraftSection {
  line: number;
  name: string | null;
  items: Draft[];
  confidence: number;
  second: Kind;
}

/** Read by a rule that is often wrong. */
export const GUESSED = 0.6;

export function doubtsOf(sections: readonly DraftSection[]): Doubt[] {
  return sections.flatMap(({ name, line, confidence, second, items }, at): Doubt[] => [
    ...(confidence < SURE
      ? [
          {
            ...{ fact: `sections.${at}.name`, line, confidence, value: name, alternative: null },
            ...{ code: 'section_guessed', pin: { line, kind: second } },
          },
        ]
      : []),
    ...items.flatMap((item, index) =>
      item.doubts.map((doubt) => ({ ...doubt, fact: `sections.${at}.items.${index}.${doubt.fact}` })),
    ),
  ]);
}

export function placesOf(sections: readonly DraftSection[]): Place[] {
  return sections.flatMap(({ name, line, items }, at) => [
    ...(name === null ? [] : [{ fact: `sections.${at}.name`, lines: [line] }]),
    ...items.flatMap(({ lines, titles, units, headline }, index): Place[] => {
      const fact = `sections.${at}.items.${index}`;
      return [
        { fact, lines },
        ...(titles.length > 0 && headline !== null ? [{ fact: `${fact}.headline`, lines: titles }] : []),
        ...(units.length > 0 ? [{ fact: `${fact}.unit`, lines: units }] : []),
      ];
    }),
  ]);
}

/** The first line of a paragraph is what the paragraph is; the others go on with it. */
export function note(kinds: Map<number, Kind>, { lines, titles }: Paragraph, kind: Kind): void {
  for (const [at, { number }] of lines.entries())
    if (!kinds.has(number)) kinds.set(number, at === 0 ? kind : titles.has(number) ? 'headline' : 'more');
}

export function newDraft(line: number, pins: Draft['pins'] = {}): Draft {
  return {
    ...{ line, headline: null, paragraphs: [], unit: null, author: null, closed: false, doubts: [] },
    ...{ lines: [], titles: [], units: [], pins },
  };
}

/** 标题——正文 in most items that have no headline yet: a form of the text, where one such item alone may be a sentence. */
export function areDashed(sections: readonly DraftSection[]): boolean {
  const open = sections.flatMap(({ items }) =>
    items.flatMap(({ headline, paragraphs: [first] }) => (headline === null && first ? [first.text] : [])),
  );
  const dashed = open.filter((text) => dashSplit(text) !== null).length;
  return dashed > 1 && dashed * 4 >= open.length * 3;
}

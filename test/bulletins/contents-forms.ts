import type { Chance } from './drawn.js';
import type { TrueSection } from './truth.js';

/** The table of lists of contents. */

const LABELS = [
  '目录',
  '目 录',
  '目\u3000\u3000录',
  '本期导读',
  '本期要目',
  '【本期导读】',
  '本期目录',
  '要目',
  '◎本期看点',
  '本期内容提要：',
];

const labelOf = (chance: Chance): string => chance.ofPaper('label of the contents', () => chance.one(LABELS));

type ContentsWriter = (sections: readonly TrueSection[], chance: Chance) => string[];
const entries = (
  sections: readonly TrueSection[],
  write: (headline: string, index: number) => string,
  names: boolean,
) => {
  let index = 0;
  return sections.flatMap(({ name, items }) => [
    ...(names && name !== null ? [name] : []),
    ...items.flatMap(({ headline }) => (headline === null ? [] : [write(headline.split('|')[0] ?? '', index++)])),
  ]);
};
const listed =
  (write: (headline: string, index: number) => string, names = false): ContentsWriter =>
  (sections, chance) => {
    const list = entries(sections, write, names);
    return list.length > 0 ? [labelOf(chance), ...list] : [];
  };

export const contentsForms: Record<string, ContentsWriter> = {
  none: () => [],
  headlines: listed((headline) => headline),
  'section names and headlines': listed((headline) => headline, true),
  'dots and a page': listed((headline, index) => `${headline}……………（${index + 1}）`),
  'dots and a bare page': listed((headline, index) => `${headline}……${1 + Math.floor(index / 2)}`),
  'marked ◎': listed((headline) => `◎ ${headline}`),
  'marked · under names': listed((headline) => `· ${headline}`, true),
  'numbered 1.': listed((headline, index) => `${index + 1}. ${headline}`),
  'numbered, a page behind a tab': listed((headline, index) => `${index + 1}、${headline}\t${index + 1}`),
  'section names alone': (sections, chance) =>
    sections.some(({ name }) => name !== null)
      ? [labelOf(chance), ...sections.flatMap(({ name }) => (name === null ? [] : [name]))]
      : [],
};

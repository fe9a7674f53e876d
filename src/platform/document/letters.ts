import type { Look } from '../../domain/bulletin/lines.js';

/** Letters of a line that look alike. */
export interface Letters {
  text: string;
  bold: boolean;
  red: boolean;
  size: number;
}

/** Share of a line's letters that must look so, for the line to look so. */
const nearlyAll = 0.9;

type LookOfLetters = Pick<Look, 'bold' | 'lead' | 'red'> & { size: number };

export function lookOfLetters(letters: readonly Letters[]): LookOfLetters {
  const bold = share(letters, (some) => some.bold) >= nearlyAll;
  return {
    bold,
    lead: bold ? null : leadOf(letters),
    red: share(letters, (some) => some.red) >= nearlyAll,
    size: sizeOf(letters),
  };
}

function sizeOf(letters: readonly Letters[]): number {
  const counts = new Map<number, number>();
  for (const { text, size } of letters) counts.set(size, (counts.get(size) ?? 0) + seen(text));
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? 0;
}

function share(letters: readonly Letters[], is: (some: Letters) => boolean): number {
  const count = (some: readonly Letters[]): number => some.reduce((sum, { text }) => sum + seen(text), 0);
  return count(letters.filter(is)) / Math.max(1, count(letters));
}

const seen = (text: string): number => text.replace(/\s/gu, '').length;

/** The bold beginning of a line that goes on in plain type. */
function leadOf(letters: readonly Letters[]): string | null {
  const plain = letters.findIndex(({ bold, text }) => !bold && text.trim() !== '');
  const lead = letters
    .slice(0, Math.max(0, plain))
    .map(({ text }) => text)
    .join('')
    .trim();
  return lead === '' ? null : lead;
}

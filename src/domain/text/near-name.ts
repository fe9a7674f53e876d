/** How alike two short Chinese names are, for "did you mean". Both are expected in normalised form. */

/** Below this a suggestion would be a guess: 县委书记县长 and 县委常委 share only 县委. */
const nearEnough = 0.4;
const mostSuggestions = 3;
/** What is longer is no name; comparing costs the product of both lengths. */
const longestName = 100;

export interface NamedForms {
  name: string;
  /** The name and its aliases, normalised. */
  forms: readonly string[];
}

/** Candidates near the wanted name, nearest first; empty when nothing is near. */
export function nearNames<T extends NamedForms>(wanted: string, candidates: readonly T[]): T[] {
  if (wanted.length > longestName) return [];
  const characters = new Set(wanted);
  return candidates
    .map((candidate) => ({
      candidate,
      nearness: Math.max(0, ...candidate.forms.map((form) => nearness(wanted, characters, form))),
    }))
    .filter((found) => found.nearness >= nearEnough)
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, mostSuggestions)
    .map(({ candidate }) => candidate);
}

/**
 * 0..1: shared pairs of characters find re-ordered and longer forms, edit distance finds slips of one character. A county has
 * thousands of names: those that share too few characters for either measure are passed over at a glance.
 */
function nearness(wanted: string, characters: ReadonlySet<string>, form: string): number {
  const longest = Math.max(wanted.length, form.length);
  let shared = 0;
  for (let at = 0; at < form.length; at += 1) if (characters.has(form.charAt(at))) shared += 1;
  const fewestForPairs = (nearEnough / 2) * (wanted.length + form.length - 2) + 1;
  const byPairs = shared >= fewestForPairs ? sharedPairs(wanted, form) : 0;
  // No more characters can stay in place than are shared.
  if (shared < nearEnough * longest || shared / longest <= byPairs) return byPairs;
  return Math.max(byPairs, 1 - editDistance(wanted, form) / longest);
}

/** Dice coefficient over character pairs. */
function sharedPairs(a: string, b: string): number {
  const left = pairs(a);
  const right = pairs(b);
  const total = left.length + right.length;
  if (total === 0) return 0;
  let shared = 0;
  for (const pair of left) {
    const at = right.indexOf(pair);
    if (at < 0) continue;
    right.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

function pairs(text: string): string[] {
  return Array.from({ length: Math.max(text.length - 1, 0) }, (_, index) => text.slice(index, index + 2));
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, character] of [...a].entries()) {
    const next = [index + 1];
    for (let column = 1; column < row.length; column += 1) {
      const substitution = (row[column - 1] ?? 0) + (b[column - 1] === character ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}

import type { LineFacts } from './line-facts.js';
import { isNote } from './notes.js';
import { isBareUnit, unitsAlone } from './units.js';

/** Short lines inside an article, and between its headline and its text. */

const SHORTEST_HEADLINE = 10;
const LONGEST_PART = 8;
/** A name of a section is shorter. */
const SHORTEST_OVER_UNIT = 7;
const SUBTITLE = /^[—–-]{2}/u;

/**
 * 收入结构, 消费特点 over texts behind a headline with its text are parts of that article: where names of sections stand so, the
 * first of them stands above the first headline, and headlines stand below some.
 */
export function markPartsOfArticle(facts: LineFacts[], bodyStart: number): void {
  let first = bodyStart;
  while (first < facts.length && isNote(facts[first]?.line.text ?? '')) first += 1;
  const headline = facts[first];
  const text = SUBTITLE.test(facts[first + 1]?.line.text ?? '') ? first + 2 : first + 1;
  if (!headline?.title || headline.core.length < SHORTEST_HEADLINE || headline.section !== null) return;
  if (headline.mark !== null || facts[text]?.sentence !== true) return;
  const end = facts.findIndex(
    ({ scope, signOff, footLine, closes }, at) => at > text && (scope !== 'none' || signOff || footLine || closes),
  );
  const rest = facts.slice(text + 1, end < 0 ? facts.length : end);
  if (rest.some(({ section, mark, numbered, tag }) => section !== null || mark !== null || numbered !== null || tag))
    return;
  const titles = rest.flatMap(({ title }, at) => (title ? [at + text + 1] : []));
  const isPart = (at: number): boolean => {
    const [fact, next] = [facts[at], facts[at + 1]];
    return fact !== undefined && fact.core.length <= LONGEST_PART && next?.sentence === true && !isBareUnit(fact.core);
  };
  const credits = rest.filter(({ credit, creditLine }) => credit === 'sure' || creditLine).length;
  if (titles.length < 2 || credits > 1 || !titles.every(isPart)) return;
  for (const at of titles) facts[at] = { ...(facts[at] as LineFacts), title: false, bare: false, outline: true };
}

/** 玫瑰镇党委 between a headline and its text, more than once: who sent it. */
export function markUnitsUnderHeadlines(facts: LineFacts[], bodyStart: number): void {
  const under = facts.flatMap(({ line, mark, section, creditLine }, at) => {
    const [before, next] = [facts[at - 1], facts[at + 1]];
    if (at <= bodyStart || mark !== null || section !== null || creditLine || !before?.title) return [];
    const isUnder = next?.sentence === true && !next.creditLine && unitsAlone(before.line.text) === null;
    return isUnder && before.core.length >= SHORTEST_OVER_UNIT && unitsAlone(line.text) !== null ? [at] : [];
  });
  if (under.length < 2) return;
  for (const at of under)
    facts[at] = { ...(facts[at] as LineFacts), creditLine: true, title: false, bare: false, sentence: false };
}

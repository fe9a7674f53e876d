import { namesUnitPart } from './item-marks.js';
import type { LineFacts } from './line-facts.js';
import { isBareUnit, saysDeed } from './units.js';

/** Headings of sections that nothing marks and whose words name no field of work: known by where they stand. */

const LONGEST_BY_PLACE = 6;
/** A headline over a text is not shorter. */
const SHORTEST_HEADLINE = 8;

/**
 * 他山之石 over a headline with its text: whatever its words are, so short a line names what stands below. One alone over a
 * line that holds a headline and its text may be anything; a text with sections has several.
 */
export function markBareSections(facts: LineFacts[], bodyStart: number): void {
  const placed = facts.flatMap((_fact, at) => (at >= bodyStart && headsItem(facts, at, bodyStart) ? [at] : []));
  const named = facts.filter(({ bare, title }, at) => at >= bodyStart && bare && title).length;
  const others = placed.filter((at) => !facts[at]?.bare);
  const plain = others.some((at) => facts[at + 1]?.title === true || facts[at + 1]?.mark != null);
  if (others.length + named < 2 && !plain) return;
  // 疫情概况 over a text that has no headline, as others stand over headlines.
  const overText =
    placed.length > 1
      ? facts.flatMap((_fact, at) => (at >= bodyStart && headsText(facts, at, bodyStart) ? [at] : []))
      : [];
  for (const at of [...others, ...overText]) facts[at] = { ...(facts[at] as LineFacts), bare: true };
}

const LONGEST_OVER_MARKS = 10;

/**
 * 龙安镇 over ● 清理河道…。 more than once, the first of them over the first marked item: whatever its words are, even a unit's. Below
 * a headline such names are parts of its article.
 */
export function markNamesOverItems(facts: LineFacts[], bodyStart: number): void {
  const first = facts.findIndex(({ mark }, at) => at >= bodyStart && mark !== null);
  const kind = facts[first]?.mark?.class;
  if (kind === undefined || (first - 2 >= bodyStart && facts[first - 2]?.title === true)) return;
  const names = facts.flatMap(({ mark }, at) =>
    mark?.class === kind && isNameOverItem(facts[at - 1], at - 1 >= bodyStart) ? [at - 1] : [],
  );
  if (names.length < 2 || names[0] !== first - 1) return;
  for (const at of names) facts[at] = { ...(facts[at] as LineFacts), bare: true, title: true, creditLine: false };
}

function isNameOverItem(fact: LineFacts | undefined, inBody: boolean): boolean {
  if (!fact || !inBody || fact.mark !== null || fact.section !== null || fact.outline || fact.numbered !== null)
    return false;
  if (!/^\p{Script=Han}{2,}$/u.test(fact.core) || fact.core.length > LONGEST_OVER_MARKS || fact.sentence) return false;
  return fact.scope === 'none' && !fact.signOff && !fact.footLine && !saysDeed(fact.core);
}

function isShortName(fact: LineFacts | undefined): fact is LineFacts {
  if (!fact?.title || fact.mark !== null || fact.outline || fact.section !== null) return false;
  if (!/^\p{Script=Han}{2,}$/u.test(fact.core) || fact.core.length > LONGEST_BY_PLACE) return false;
  if (namesUnitPart(fact.core) || saysDeed(fact.core) || isBareUnit(fact.core)) return false;
  return fact.scope === 'none' && !fact.signOff && !fact.footLine && !fact.creditLine;
}

function headsText(facts: readonly LineFacts[], at: number, bodyStart: number): boolean {
  const [before, fact, next] = [facts[at - 1], facts[at], facts[at + 1]];
  return (
    isShortName(fact) && (at === bodyStart || before?.title !== true) && next?.sentence === true && next.mark === null
  );
}

function headsItem(facts: readonly LineFacts[], at: number, bodyStart: number): boolean {
  const [before, fact, next, text] = [facts[at - 1], facts[at], facts[at + 1], facts[at + 2]];
  if (!isShortName(fact) || !next) return false;
  if (at > bodyStart && before?.title && !before.creditLine) return false;
  if (next.section !== null || next.scope !== 'none' || next.creditLine) return false;
  const isHeadline =
    next.title && next.core.length >= SHORTEST_HEADLINE && text?.sentence === true && text.mark === null;
  return isHeadline || next.headlineInside || next.tag !== null;
}

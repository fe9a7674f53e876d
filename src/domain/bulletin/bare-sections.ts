import { fold } from './glyphs.js';
import { isNumberMark, namesUnitPart } from './item-marks.js';
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
 * 龙安镇 over ● 清理河道…。 where every run of marked items has such a name above it: whatever its words are, even a unit's. One
 * run alone has its headline above it.
 */
export function markNamesOverItems(facts: LineFacts[], bodyStart: number): void {
  const runs = new Map<string, number[]>();
  facts.forEach(({ mark }, at) => {
    if (!mark || at < bodyStart) return;
    const before = facts[at - 1];
    const isFirst = isNumberMark(mark)
      ? /^\D{0,2}(?:[1①⒈⑴❶]|0?1)(?!\d)/u.test(fold(facts[at]?.line.text ?? ''))
      : at === bodyStart || before?.mark?.class !== mark.class;
    if (isFirst) runs.set(mark.class, [...(runs.get(mark.class) ?? []), at]);
  });
  for (const all of runs.values()) {
    // Text of several lines stands between marks as well.
    const headed = all.filter((at) => isNameOverItem(facts[at - 1], at - 1 >= bodyStart));
    if (headed.length < 2 || headed.length < all.length) continue;
    for (const at of headed)
      facts[at - 1] = { ...(facts[at - 1] as LineFacts), bare: true, title: true, creditLine: false };
  }
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

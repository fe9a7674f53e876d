import { isContentsLabel, showsPage } from './contents.js';
import type { LineFacts } from './line-facts.js';

/** Which lines have the form of entries of a list of contents. */

/** No head and no list is longer. */
export const HEAD_LINES = 90;

export function listedLines(
  facts: readonly LineFacts[],
  again: readonly boolean[],
  before: readonly boolean[],
): boolean[] {
  const listed = facts.map((fact, at) => {
    const above = facts[at - 1];
    const alike = above?.mark?.class === fact.mark?.class && fact.mark !== null && again[at - 1] && again[at - 2];
    return at < HEAD_LINES && alike === true && isEntry(fact);
  });
  const label = facts.slice(0, HEAD_LINES).findIndex(({ line }) => isContentsLabel(line.text));
  if (label < 0) return listed;
  let end = label + 1;
  while (end < facts.length && !before[end] && (again[end] || isEntry(facts[end]))) end += 1;
  const last = end;
  while (end > label + 1 && !again[end - 1] && !showsPage(facts[end - 1]?.line.text ?? '')) end -= 1;
  // The list names its entries otherwise than the text does.
  if (end === label + 1) return listed.fill(true, end, listEnd(facts, end, last));
  const run = facts.slice(label + 1, end);
  const known = run.filter((fact, index) => again[label + 1 + index] || showsPage(fact.line.text)).length;
  if (known * 3 >= run.length) listed.fill(true, label + 1, end);
  return listed;
}

/** Where a list ends of which nothing comes again: before a heading, or before the headline of a text. */
function listEnd(facts: readonly LineFacts[], from: number, to: number): number {
  const heading = facts.findIndex((fact, at) => at >= from && at < to && (fact.section !== null || fact.bare));
  if (heading >= 0) return heading - from > 1 ? heading : from;
  const end = facts[to]?.sentence ? to - 1 : to;
  const gap = facts.findLastIndex(({ line }, at) => at > from && at <= end && line.gap === 'blank');
  const cut = gap > from ? gap : end;
  return cut - from > 1 ? cut : from;
}

const isEntry = (fact: LineFacts | undefined): boolean =>
  fact !== undefined && !fact.sentence && fact.line.text.length <= 60 && fact.scope === 'none' && !fact.signOff;

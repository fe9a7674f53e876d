import type { LineFacts } from './line-facts.js';

/*
 * What the headings of a file are: Markdown and Word have levels of headings, of which nobody says whether they are sections or
 * headlines. What stands below them does.
 */

export type HeadingRole = 'section' | 'headline' | 'part';

const LONGEST = 60;
/** ——某某镇的做法 goes on with the heading above. */
const SUBTITLE = /^[—–―─-]{2}/u;
const LONGEST_SECTION = 9;

interface Heading {
  at: number;
  level: number;
  /** What follows it: a heading of a lower level, one of its own, an item, running text. */
  above: 'lower' | 'same' | 'item' | 'text';
  short: boolean;
}

/** The headings below the head of a text by line; none where running text is set as a heading too, which then says nothing. */
export function headingRoles(facts: readonly LineFacts[], start: number): ReadonlyMap<number, HeadingRole> {
  const roles = new Map<number, HeadingRole>();
  const headings = headingsOf(facts, start);
  const running = facts.filter((fact, at) => at >= start && fact.sentence);
  if (running.filter(({ line }) => line.look?.heading).length * 2 > running.length) return roles;
  const levels = [...new Set(headings.map(({ level }) => level))].sort((one, other) => one - other);
  let haveHeadlines = false;
  for (const level of levels) {
    const own = headings.filter((heading) => heading.level === level);
    const most = (is: (heading: Heading) => boolean): boolean => own.filter(is).length * 2 > own.length;
    const areSections =
      most(({ above }) => above === 'lower') || (most(({ above }) => above === 'item') && most(({ short }) => short));
    for (const { at, above, short } of own)
      if (haveHeadlines) roles.set(at, 'part');
      else roles.set(at, areSections || (above === 'same' && short) ? 'section' : 'headline');
    haveHeadlines ||= !areSections;
  }
  return roles;
}

function headingsOf(facts: readonly LineFacts[], start: number): Heading[] {
  const level = (at: number): number | null => {
    const fact = facts[at];
    return fact && at >= start && isHeading(fact) ? (fact.line.look?.heading ?? null) : null;
  };
  return facts.flatMap((fact, at) => {
    const own = level(at);
    if (own === null) return [];
    const [next, below] = [facts[at + 1], level(at + 1)];
    const goesOn = SUBTITLE.test(next?.line.text ?? '');
    const begins =
      next &&
      (next.mark !== null ||
        next.tag !== null ||
        next.headlineInside ||
        ((next.title || standsOver(next, facts[at + 2])) && !next.creditLine));
    const above = goesOn || !begins ? 'text' : below === null || below < own ? 'item' : below > own ? 'lower' : 'same';
    return [{ at, level: own, above, short: fact.core.length <= LONGEST_SECTION }];
  });
}

/** A line that ends like a headline, whatever commas are in it, over one that ends like a text. */
const standsOver = ({ line }: LineFacts, below: LineFacts | undefined): boolean =>
  line.text.length <= LONGEST && !/[。；;！!，,、：:）)]$/u.test(line.text) && /[。）)]$/u.test(below?.line.text ?? '');

const isHeading = ({ core, section, scope, signOff, footLine, creditLine, line }: LineFacts): boolean =>
  core.length <= LONGEST &&
  section === null &&
  scope === 'none' &&
  !(signOff || footLine || creditLine) &&
  !/[。；;，,、]$/u.test(line.text);

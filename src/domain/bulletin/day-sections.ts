import type { LineFacts } from './line-facts.js';

/** Sections of a paper that tells of a week day by day: ■ 11月11日（星期一）, 周三. */

const DAY =
  /^(?:(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*[—–~至-]{1,2}\s*(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日)?\s*[，,]?\s*(?<week>[（(]?\s*(?:星期|周)[一二三四五六日天]\s*[）)]?)?|(?<name>星期|周)[一二三四五六日天])\s*[：:]?$/u;
const LONGEST = 24;
const LONGEST_SIBLING = 12;

/** Two days or more, each over something; a date under a text closes that and has nothing of its own below. */
export function markDays(facts: LineFacts[], bodyStart: number): void {
  const days = facts.flatMap(({ core, mark, section, line }, at) => {
    if (at < bodyStart || section !== null || line.text.length > LONGEST) return [];
    const found = DAY.exec(core);
    const isPlain = found?.groups?.week === undefined && found?.groups?.name === undefined && mark === null;
    return found && !(isPlain && at > bodyStart) ? [at] : [];
  });
  if (days.length < 2 || days.some((at) => !beginsBelow(facts[at + 1]))) return;
  const marks = new Set(days.map((at) => facts[at]?.mark?.class).filter(Boolean));
  const siblings = facts.flatMap(({ mark, title, core }, at) =>
    at >= bodyStart && mark && marks.has(mark.class) && title && core.length <= LONGEST_SIBLING ? [at] : [],
  );
  for (const at of new Set([...days, ...siblings])) {
    const fact = facts[at] as LineFacts;
    facts[at] = { ...fact, section: fact.core.replace(/\s*[：:]$/u, ''), mark: null, creditLine: false, closes: null };
  }
}

const beginsBelow = (next: LineFacts | undefined): boolean =>
  next !== undefined && next.section === null && next.scope === 'none' && !next.signOff && !next.footLine;

import { markPartsOfArticle, markUnitsUnderHeadlines } from './article-parts.js';
import { readAttribution } from './attribution.js';
import { markBareSections, markNamesOverItems } from './bare-sections.js';
import { findDate } from './dates.js';
import { markDays } from './day-sections.js';
import { dashSplit, isHeadlineLine } from './headline.js';
import { dropLabels, markLabelled, markRows } from './inside-text.js';
import { isSectionWord, subNumberedHeading } from './item-marks.js';
import { headReading, type HeadReading, type LineFacts } from './line-facts.js';
import { withPartedTitles } from './parted-titles.js';
import { isNote } from './notes.js';
import { isNameLike } from './series.js';
import { SOURCE_MARK, unitsAlone } from './units.js';
import { isPageEnd } from './web-page.js';

/*
 * What a line is by its own form and by the lines around it, before the layout of the text is known: a title with a comma, a
 * unit without brackets under its text, the unit and the date that close an item or the issue, sections numbered （一）.
 */

const ENDS_SENTENCE = /[。！？!?；;…][”’」』）)]?$/u;
/** Set to the right, in half-width columns. */
const RIGHT = 8;

export function inContext(
  all: readonly LineFacts[],
  heads: readonly HeadReading[],
  bodyStart: number,
  again: readonly boolean[],
): LineFacts[] {
  const credited = [...all];
  markCutCredits(credited, bodyStart);
  markLabelled(credited, bodyStart, again);
  markClosings(credited, bodyStart, heads.slice(0, bodyStart));
  markDays(credited, bodyStart);
  markUnitsBelow(credited, bodyStart);
  markUnitsUnderHeadlines(credited, bodyStart);
  const facts = withPartedTitles(credited, bodyStart, again);
  markRows(facts, bodyStart);
  dropLabels(facts, bodyStart);
  numberSections(facts, bodyStart, again);
  numberItems(facts, bodyStart);
  markBareSections(facts, bodyStart);
  markNamesOverItems(facts, bodyStart);
  bracketHeadlines(facts, bodyStart);
  markPartsOfArticle(facts, bodyStart);
  markDashed(facts, bodyStart);
  return facts;
}

const TAIL = 200;

/** A unit's bracket that the end of a line cut in two: …被市里推广。（区 / 统计局）. */
function markCutCredits(facts: LineFacts[], bodyStart: number): void {
  for (let at = bodyStart + 1; at < facts.length; at += 1) {
    const [opening, fact] = [facts[at - 1] as LineFacts, facts[at] as LineFacts];
    const { text } = fact.line;
    if (fact.credit !== 'none' || text.length > 30 || !/[）)\]】〕］][。.]?$/u.test(text)) continue;
    if (readAttribution(opening.line.text.slice(-TAIL) + text, false).kind === 'credit')
      facts[at] = { ...fact, credit: 'sure', title: false };
  }
}

/** 标题——正文 is the form of most texts: each of them holds its headline. */
function markDashed(facts: LineFacts[], bodyStart: number): void {
  const texts = facts.flatMap(({ sentence, scope, core }, at) =>
    at >= bodyStart && sentence && scope === 'none' && !isNote(core) ? [at] : [],
  );
  const dashed = texts.filter((at) => dashSplit((facts[at] as LineFacts).core) !== null);
  if (dashed.length < 2 || dashed.length * 2 < texts.length) return;
  for (const at of dashed) facts[at] = { ...(facts[at] as LineFacts), headlineInside: true };
}

const BELOW_NAME = 3;

/** ★政务参阅★ over the number or the date is the name, framed as a section is elsewhere. */
export function framedName(facts: LineFacts[]): void {
  const [first, ...below] = facts;
  if (!first || first.section === null || !isNameLike(first.section)) return;
  const heads = below.slice(0, BELOW_NAME).map(({ line }) => headReading(line.text));
  if (heads.some(({ isNumber, whole, part }) => isNumber || (whole && part))) facts[0] = { ...first, section: null };
}

/** （一）党建引领 is a section where nothing is numbered 一、 and items of their own stand below it. */
function numberSections(facts: LineFacts[], bodyStart: number, again: readonly boolean[]): void {
  const body = facts.slice(bodyStart);
  if (body.some(({ numbered, section }) => numbered !== null || section !== null)) return;
  const named = facts.map(({ line, creditLine }, at) =>
    at >= bodyStart && !creditLine && !again[at] ? subNumberedHeading(line.text) : null,
  );
  const all = named.flatMap((name, at) => (name === null ? [] : [at]));
  const heading = all.filter((at) => {
    const next = facts[at + 1];
    return next && (next.mark !== null || next.tag !== null || next.headlineInside || next.title || next.news);
  });
  const [first] = all;
  // The first line of the body is no point of an article.
  const opens = facts.slice(bodyStart, first).every(({ line }, at) => again[bodyStart + at] || isNote(line.text));
  const enough = all.length > 1 || (first !== undefined && (opens || isSectionWord(named[first] ?? '')));
  // （一）火险等级, （二）值班巡护: so short they name what stands below.
  const fields = all.length > 1 && all.every((at) => (named[at] ?? '').length <= LONGEST_FIELD);
  if (!enough || (heading.length * 4 < all.length * 3 && !(opens && fields))) return;
  for (const at of all) facts[at] = { ...(facts[at] as LineFacts), numbered: named[at] ?? null };
}

const HAN_NUMBER = /^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、．.])\s*/u;
const SHORTEST_DEED = 7;
/** 火险等级. */
const LONGEST_FIELD = 4;

/**
 * （一）征地拆迁过半 begins an item where the body begins with one, running text stands below each, and none of them names a
 * field of work, as sections numbered 一、 do.
 */
function numberItems(facts: LineFacts[], bodyStart: number): void {
  const numbers = facts.map(({ line }, at) => (at < bodyStart ? null : (HAN_NUMBER.exec(line.text)?.[0] ?? null)));
  const [first, second] = [numbers[bodyStart] ?? null, numbers[bodyStart + 1] ?? null];
  if (first === null) return;
  // 一、重要会议 over （一）区政府召开常务会议.
  const isBracket = /^[（(]/u.test(second ?? first);
  const own = facts.flatMap(({ line }, at) => {
    const found = HAN_NUMBER.exec(line.text)?.[0];
    const rest = line.text.slice(found?.length ?? 0);
    return at >= bodyStart && found !== undefined && /^[（(]/u.test(found) === isBracket ? [{ at, rest }] : [];
  });
  const areItems = own.every(({ at, rest }) => {
    const next = facts[at + 1];
    const plain = next?.sentence === true && next.mark === null && next.tag === null && !next.headlineInside;
    // 一、老年大学迁建 over 责任单位：….
    const shortest = next?.row ? 2 : isBracket && second === null ? LONGEST_FIELD + 1 : SHORTEST_DEED;
    const isName = isSectionWord(rest) || rest.length < shortest;
    return plain && !isName && isHeadlineLine(rest);
  });
  if (own.length < 2 || !areItems) return;
  for (const { at, rest } of own)
    facts[at] = {
      ...(facts[at] as LineFacts),
      numbered: null,
      mark: { class: '（一）', rest },
      core: rest,
      title: true,
    };
}

const LONG_NAME = 8;

/** 【“共享菜园”种出邻里情】 alone over running text is a headline, where every bracket of the text is such a one. */
function bracketHeadlines(facts: LineFacts[], bodyStart: number): void {
  const brackets = facts.flatMap(({ section }, at) => (at >= bodyStart && section !== null ? [at] : []));
  const long = brackets.filter((at) => {
    const [fact, next] = [facts[at], facts[at + 1]];
    const name = fact?.section ?? '';
    const plain = next?.sentence === true && next.tag === null && next.mark === null;
    return plain && name.length >= LONG_NAME && !isSectionWord(name) && !/\d\s*[月日]/u.test(name);
  });
  if (brackets.length < 2 || long.length < brackets.length) return;
  for (const at of brackets) {
    const fact = facts[at] as LineFacts;
    facts[at] = { ...fact, section: null, core: fact.section ?? fact.core, title: true };
  }
}

const isDateAlone = (text: string): boolean => text.length <= 40 && findDate(text)?.rest === '';

/** The unit of 青陵县水利局 2025年4月3日. */
function unitBesideDate(text: string): string[] | null {
  const date = text.length <= 60 ? findDate(text) : null;
  return date && date.rest !== '' ? unitsAlone(date.rest) : null;
}

const isFoot = (fact: LineFacts | undefined): boolean =>
  !fact || fact.scope !== 'none' || fact.signOff || fact.footLine || isPageEnd(fact.line.text);

/** A date under running text, mostly below a unit, closes an item, or the issue where the foot follows. */
function markClosings(facts: LineFacts[], bodyStart: number, heads: readonly HeadReading[]): void {
  const issuers = new Set(heads.flatMap((head) => head.issuers));
  const dates = new Set(heads.map(({ date }) => date));
  const firstText = facts.findIndex(({ sentence }, at) => at >= bodyStart && sentence);
  if (firstText < 0) return;
  const closings: { from: number; to: number; units: string[]; last: boolean }[] = [];
  facts.forEach(({ line }, at) => {
    if (at <= firstText || line.text.length > 60) return;
    const beside = unitBesideDate(line.text);
    const before = facts[at - 1];
    if (!before || (!beside && !isDateAlone(line.text))) return;
    const above = beside ? null : unitsAlone(before.line.text);
    const from = above ? at - 1 : at;
    const text = facts[from - 1];
    if (!text || from <= firstText || !(ENDS_SENTENCE.test(text.line.text) || text.creditLine || isFoot(text))) return;
    closings.push({ from, to: at, units: beside ?? above ?? [], last: isFoot(facts[at + 1]) });
  });
  const ofItems = closings.some(({ last }) => !last);
  for (const { from, to, units, last } of closings) {
    const date = findDate((facts[to] as LineFacts).line.text)?.iso ?? null;
    const own = units.length > 0 && issuers.size > 0 && !units.every((unit) => issuers.has(unit)) && !dates.has(date);
    const closes = last && !ofItems && !own ? 'issue' : 'item';
    for (let at = from; at <= to; at += 1) {
      const fact = facts[at] as LineFacts;
      facts[at] = { ...fact, closes, creditLine: closes === 'item', title: false, sentence: false };
    }
  }
}

/** Units on lines of their own: set to the right or marked, or under every text that ends where none stands above one. */
function markUnitsBelow(facts: LineFacts[], bodyStart: number): void {
  const firstText = facts.findIndex(({ sentence }, at) => at >= bodyStart && sentence);
  if (firstText < 0) return;
  const below: { at: number; plain: boolean }[] = [];
  let above = false;
  for (let at = bodyStart; at < facts.length; at += 1) {
    const [before, fact] = [facts[at - 1], facts[at]];
    if (!fact || fact.creditLine || fact.closes || fact.section !== null) continue;
    if (isFoot(fact) || !unitsAlone(fact.line.text)) continue;
    const ends = before !== undefined && at > firstText && ENDS_SENTENCE.test(before.line.text);
    if (!ends) above = true;
    else {
      const isRight = fact.line.indent >= RIGHT && fact.line.indent > before.line.indent + 4;
      below.push({ at, plain: !isRight && !SOURCE_MARK.test(fact.line.text) });
    }
  }
  const many = below.length > 1 && !above;
  for (const { at, plain } of below)
    if (!plain || many) facts[at] = { ...(facts[at] as LineFacts), creditLine: true, title: false };
}

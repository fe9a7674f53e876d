import { isContentsLabel } from './contents.js';
import { findDate } from './dates.js';
import { isFootMatter } from './foot-matter.js';
import { squash } from './glyphs.js';
import { noFacts, takeFacts } from './head-line.js';
import { itemMark } from './item-marks.js';
import type { SourceLine } from './lines.js';
import { isNote } from './notes.js';
import {
  type HeadlineForm,
  type ListTrait,
  LIST_TRAITS,
  NAME,
  NUMBER,
  TOTAL,
  YEAR,
  NOTHING_KNOWN,
  numberedForm,
  type PaperLayout,
  SIGN_ROLES,
  type SignRole,
  standing,
  TEXT_TRAITS,
  type UnitPlace,
} from './paper-layout.js';
import { type IssueFacts, type Placed, placeFacts, type PlacedItem } from './placed-facts.js';
import { readSignOffs } from './sign-off.js';
import { isPageChrome, isPageEnd } from './web-page.js';

type Learned = Omit<PaperLayout, 'byHand'>;

/** Of names that add up from issue to issue the newest are kept. */
const MOST_NAMES = 60;
const MOST_LINES = 12;
const LONGEST_LINE = 40;

/**
 * What an issue shows of how its paper is set.
 *
 * @param facts what the issue says: as a person left it, or as it was read where nobody objected
 * @param lines of the original, as they were judged (see `Reading.lines`)
 * @param previous what earlier issues showed: stays where this one shows nothing, and where a person wrote it
 */
export function learnLayout(
  facts: IssueFacts,
  lines: readonly SourceLine[],
  previous: PaperLayout | null,
): PaperLayout {
  const placed = placeFacts(lines, facts);
  const known = previous ?? NOTHING_KNOWN;
  const shown: Learned = {
    ...headOf(facts, lines, placed),
    ...bodyOf(facts, lines, placed),
    ...footOf(facts, lines, placed),
  };
  const learned = { ...known };
  for (const trait of TEXT_TRAITS)
    if (!known.byHand.includes(trait)) Object.assign(learned, { [trait]: shown[trait] ?? known[trait] });
  for (const trait of LIST_TRAITS)
    if (!known.byHand.includes(trait)) Object.assign(learned, { [trait]: together(trait, shown[trait], known[trait]) });
  return learned;
}

function together(trait: ListTrait, shown: readonly string[], known: readonly string[]): string[] {
  const most = trait === 'sectionNames' || trait === 'units' ? MOST_NAMES : MOST_LINES;
  return [...new Set([...shown, ...known])].slice(0, most);
}

/** What more than half of all say. */
function most<T>(all: readonly T[]): T | null {
  const times = new Map<T, number>();
  for (const one of all) times.set(one, (times.get(one) ?? 0) + 1);
  for (const [one, count] of times) if (count * 2 > all.length) return one;
  return null;
}

type Head = Pick<Learned, 'series' | 'number' | 'issuer' | 'headLines' | 'contentsLabel' | 'contentsMark'>;

function headOf(facts: IssueFacts, lines: readonly SourceLine[], placed: Placed): Head {
  const { texts, items, sections } = placed;
  const first = Math.min(...items.map(({ first }) => first), ...sections.map(({ line }) => line), lines.length);
  const headlines = facts.sections.flatMap(({ items: own }) => own.flatMap(({ headline }) => bare(headline)));
  const names = facts.sections.flatMap(({ name }) => bare(name));
  const holding = (titles: readonly string[]): number[] =>
    texts.slice(0, first).flatMap((text, at) => (titles.some((title) => text.includes(title)) ? [at] : []));
  const labelled = lines.slice(0, first).findIndex(({ text }) => isContentsLabel(text));
  const entries = labelled < 0 ? holding(headlines) : holding([...headlines, ...names]).filter((at) => at > labelled);
  const label = labelled >= 0 && entries.length > 0 ? labelled : null;
  const isList = label !== null || entries.length > 1;
  const note = lines.findIndex(({ text }) => isNote(text));
  const end = Math.min(first, isList ? (label ?? entries[0] ?? first) : first, note < 0 ? first : note);
  const series = facts.series === null ? null : squash(facts.series);
  const issuer = facts.issuer === null ? null : squash(facts.issuer);
  const isFound = (name: string | null): boolean =>
    name !== null && texts.slice(0, end).some((text) => text.includes(name));
  const marks = holding(headlines)
    .filter((at) => entries.includes(at))
    .map((at) => itemMark(lines[at]?.text ?? '')?.class ?? '');
  return {
    series,
    issuer: isFound(issuer) ? issuer : null,
    number: numberForm(facts, texts.slice(0, end)),
    headLines: items.length === 0 ? [] : standingLines(lines.slice(0, end), facts),
    contentsLabel: label === null ? null : (texts[label] ?? null),
    contentsMark: isList ? most(marks) : null,
  };
}

const bare = (text: string | null): string[] => (text === null || text.length < 2 ? [] : [squash(text)]);

const LOOKS_LIKE_NUMBER = /[第号期Nn№]|编号|增刊/u;

/** The line of the number with signs for its figures; null where a figure stands on it twice or is written otherwise. */
function numberForm({ issueNumber, totalNumber, series }: IssueFacts, texts: readonly string[]): string | null {
  if (issueNumber === null) return null;
  const own = new RegExp(`(?<!\\d)0{0,3}${issueNumber}(?!\\d)`, 'u');
  const name = squash(series ?? '');
  const text = texts.find((one) => own.test(one.replace(name, '')) && LOOKS_LIKE_NUMBER.test(one) && one.length <= 40);
  if (text === undefined) return null;
  const total = totalNumber === null ? null : new RegExp(`(?<!\\d)${totalNumber}(?!\\d)`, 'u');
  const form = (total === null ? text : text.replace(total, TOTAL))
    .replace(/(?<!\d)(?:19|20)\d{2}(?=[年\-·〕\])】])/u, YEAR)
    .replace(own, NUMBER);
  // What else has a figure (a day, a telephone) belongs to no form.
  const end = Math.max(form.indexOf(NUMBER) + NUMBER.length, form.indexOf(TOTAL) + TOTAL.length);
  const closing = /^(?:[期号)\]】〕]|合刊){0,3}/u.exec(form.slice(end))?.[0] ?? '';
  const whole = form.slice(0, end) + closing;
  return /\d/u.test(whole) || !whole.includes(NUMBER) ? null : whole;
}

/** Lines that state no fact of one issue. */
function standingLines(lines: readonly SourceLine[], facts: IssueFacts): string[] {
  const names = [facts.series, facts.issuer].flatMap(bare);
  return lines.flatMap(({ text }) => {
    const plain = squash(text);
    if (text.length > LONGEST_LINE || plain.length < 2 || isPageChrome(text) || !/\p{L}/u.test(plain)) return [];
    if (names.some((name) => plain.includes(name) || (plain.length > 2 && name.includes(plain)))) return [];
    const stated = noFacts();
    takeFacts(text, stated, 'below');
    const { date, issuers, docNumber, totalNumber, classification, urgency, copyNumber } = stated;
    const states = date ?? docNumber ?? totalNumber ?? classification ?? urgency ?? copyNumber ?? issuers[0] ?? null;
    const named =
      /第.{1,9}[期号]|期$|No|编号|期号/iu.test(plain) || (/[：:].*\p{L}/u.test(plain) && !isFootMatter(text));
    return states !== null || named ? [] : [standing(text)];
  });
}

type Body = Pick<Learned, 'section' | 'sectionNames' | 'mark' | 'headline' | 'unitPlace' | 'unit' | 'units'>;

function bodyOf(facts: IssueFacts, lines: readonly SourceLine[], { texts, items, sections }: Placed): Body {
  const forms = sections.map(({ name, line }) => numberedForm((texts[line] ?? '').replace(name, NAME)));
  const places = items.filter(({ unit }) => unit !== null).map((item) => unitOf(item, texts));
  const place = items.length > 0 && places.length === 0 ? 'none' : most(places.map((one) => one?.place ?? null));
  const mark = most(items.map(({ first }) => itemMark(lines[first]?.text ?? '')?.class ?? ''));
  const named = facts.sections.flatMap(({ items: own }) => own.flatMap(({ unit }) => bare(unit)));
  return {
    section: forms.length === 0 ? null : most(forms),
    sectionNames: sections.map(({ name }) => name),
    mark,
    headline: most(items.map(headlineOf)),
    unitPlace: place,
    unit: place === null ? null : most(places.map((one) => one?.form ?? null)),
    units: [...new Set(named)],
  };
}

function headlineOf({ headline, body, between }: PlacedItem): HeadlineForm {
  if (headline === null) return 'none';
  if (headline !== body) return 'line';
  if (/^[。.]/u.test(between)) return 'stop';
  if (/^(?:——|－－|--)/u.test(between)) return 'dash';
  return /^[】\]〗」』]/u.test(between) ? 'bracket' : 'blank';
}

function unitOf(item: PlacedItem, texts: readonly string[]): { place: UnitPlace; form: string } | null {
  const { unit, before, beside, between, behind, headline, body, end } = item;
  if (unit === null) return null;
  const formOf = (text: string): string => text.replace(unit, NAME);
  const unmarked = before.replace(/^[^\p{L}【[［〖]+/u, '');
  if (before.includes(unit)) return { place: 'before', form: formOf(unmarked) };
  if (between.includes(unit)) {
    return { place: beside.includes(unit) ? 'behind' : 'between', form: formOf(between) };
  }
  const above = headline === null ? null : texts[item.first - 1];
  if (behind.includes(unit)) return { place: 'end', form: formOf(behind) };
  const below = texts[end + 1] ?? '';
  if (below.includes(unit) && below.length <= unit.length + 20) return { place: 'below', form: formOf(below) };
  if (headline !== null && headline !== body && above === unit) return { place: 'before', form: NAME };
  return null;
}

type Foot = Pick<Learned, 'scopeLabels' | 'editorLabels' | 'reviewerLabels' | 'approverLabels' | 'footLines'>;

function footOf(facts: IssueFacts, lines: readonly SourceLine[], { texts, items }: Placed): Foot {
  const start = startOfFoot(texts, items);
  const foot = texts.slice(start);
  const printed = lines.slice(start).map(({ text }) => text);
  const groups = facts.distribution.flatMap(bare);
  const labelBefore = (names: readonly string[], colon: RegExp): string[] =>
    foot.flatMap((text) => {
      const at = Math.min(...names.map((name) => text.indexOf(name)).filter((found) => found >= 0), Infinity);
      const label = Number.isFinite(at) ? text.slice(0, at) : '';
      return label.length > 1 && label.length <= 12 && colon.test(label) ? [label.replace(colon, '')] : [];
    });
  const labelsOf = (role: SignRole): string[] => bare(facts[role]).flatMap((name) => signLabels(printed, name, role));
  const names = [
    ...groups,
    ...SIGN_ROLES.flatMap((role) => bare(facts[role])),
    ...facts.sections.flatMap(({ items: own }) => own.flatMap(({ unit }) => bare(unit))),
  ];
  const isStanding = (text: string): boolean =>
    text.length <= LONGEST_LINE &&
    /\p{L}/u.test(text) &&
    findDate(text) === null &&
    readSignOffs(text).length === 0 &&
    !isPageEnd(text) &&
    !names.some((name) => text.includes(name));
  const standingOnes = foot.filter(isStanding);
  return {
    scopeLabels: [...new Set(labelBefore(groups, /[：:]$/u))],
    editorLabels: labelsOf('editor'),
    reviewerLabels: labelsOf('reviewer'),
    approverLabels: labelsOf('approver'),
    footLines: items.length === 0 ? [] : [...new Set(standingOnes.map(standing))],
  };
}

/** What stands below the last text and the lines that name its unit. */
function startOfFoot(texts: readonly string[], items: readonly PlacedItem[]): number {
  const last = items.at(-1);
  if (!last) return texts.length;
  let start = last.end + 1;
  while (last.unit !== null && start <= last.end + 2 && (texts[start] ?? '').includes(last.unit)) start += 1;
  return start;
}

/** A label that no other paper has is written without blanks. */
const SIGN_LABEL = /(?:^|[^\p{L}])(\p{L}{2,6})[：:]\s{0,4}$/u;
const LONGEST_FOOT_LINE = 400;

/** 把关 before the name of who checked: a label that says so in any paper, or else the first one. */
function signLabels(foot: readonly string[], name: string, role: SignRole): string[] {
  const usual = foot.flatMap(readSignOffs).find((pair) => pair.role === role && pair.name === name)?.label;
  if (usual !== undefined) return [usual];
  const own = foot.flatMap((text) => {
    const at = text.length > LONGEST_FOOT_LINE ? -1 : text.indexOf(name);
    return at < 0 ? [] : bare(SIGN_LABEL.exec(text.slice(0, at))?.[1] ?? null);
  });
  return own.slice(0, 1);
}

import { readNumeral, squash } from './glyphs.js';

/*
 * How one paper is set, as its earlier issues show: what is used as evidence for the next one, and nothing else. Not to be taken
 * for `Layout`, which is found in one text alone.
 */

/** Where headlines stand: on lines of their own, before a full stop, a blank or a dash, in brackets before the text, nowhere. */
export const HEADLINE_FORMS = ['line', 'stop', 'blank', 'dash', 'bracket', 'none'] as const;
export type HeadlineForm = (typeof HEADLINE_FORMS)[number];

/**
 * Where an item names the unit that sent it: before the headline, on the line of the headline, on a line between headline and
 * text, behind the text, on a line below the text, nowhere.
 */
export const UNIT_PLACES = ['before', 'behind', 'between', 'end', 'below', 'none'] as const;
export type UnitPlace = (typeof UNIT_PLACES)[number];

export const SIGN_ROLES = ['editor', 'reviewer', 'approver'] as const;
export type SignRole = (typeof SIGN_ROLES)[number];

/** What differs from issue to issue in a form. */
export const NAME = '{名}';
export const NUMBER = '{期号}';
export const TOTAL = '{总期号}';
export const YEAR = '{年}';
export const FIGURE = '{数}';

/**
 * Forms are texts without blanks, in compatibility form (NFKC), with a sign for what differs: `【{名}】`, `第{期号}期`. Null and
 * empty lists: not known.
 */
export interface PaperLayout {
  series: string | null;
  number: string | null;
  issuer: string | null;
  /** Lines of the head that say nothing of one issue. */
  headLines: readonly string[];
  contentsLabel: string | null;
  /** Class of the mark before the entries of the contents; '' for none. */
  contentsMark: string | null;
  section: string | null;
  sectionNames: readonly string[];
  /** Class of the mark before items, see item-marks.ts; '' for none. */
  mark: string | null;
  headline: HeadlineForm | null;
  unitPlace: UnitPlace | null;
  /** How the unit is set there. */
  unit: string | null;
  units: readonly string[];
  scopeLabels: readonly string[];
  /** Labels before the names of who edited, checked and signed. */
  editorLabels: readonly string[];
  reviewerLabels: readonly string[];
  approverLabels: readonly string[];
  footLines: readonly string[];
  /** What a person wrote or removed: no issue changes it. */
  byHand: readonly Trait[];
}

export const TEXT_TRAITS = [
  ...(['series', 'number', 'issuer', 'contentsLabel', 'contentsMark'] as const),
  ...(['section', 'mark', 'headline', 'unitPlace', 'unit'] as const),
] as const;
export const LIST_TRAITS = [
  ...(['headLines', 'sectionNames', 'units', 'scopeLabels'] as const),
  ...(['editorLabels', 'reviewerLabels', 'approverLabels', 'footLines'] as const),
] as const;
export type TextTrait = (typeof TEXT_TRAITS)[number];
export type ListTrait = (typeof LIST_TRAITS)[number];
export type Trait = TextTrait | ListTrait;

export const NOTHING_KNOWN: PaperLayout = {
  ...{ series: null, number: null, issuer: null, headLines: [], contentsLabel: null, contentsMark: null },
  ...{ section: null, sectionNames: [], mark: null, headline: null, unitPlace: null, unit: null, units: [] },
  ...{ scopeLabels: [], editorLabels: [], reviewerLabels: [], approverLabels: [], footLines: [], byHand: [] },
};

export const isTextTrait = (trait: Trait): trait is TextTrait => (TEXT_TRAITS as readonly Trait[]).includes(trait);

/** A form with brackets or a number shows on its own that a line is a heading; a bare name does not. */
export const showsItself = (form: string): boolean => form !== NAME;

/** A standing line, whatever figures are in it. */
export const standing = (text: string): string => squash(text).replace(/\d+/gu, FIGURE);

const NUMERALS = '[一二三四五六七八九十]{1,3}';
/** The same form for every number: 一、{名}, (一){名}. */
export const numberedForm = (form: string): string =>
  form.replace(new RegExp(`^(\\(?)${NUMERALS}(?=[、.)])`, 'u'), '$1一').replace(/^(\(?)\d{1,2}(?=[、.)])/u, '$11');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

const PATTERNS = new Map<string, RegExp | null>();
const MOST_PATTERNS = 500;

/** Compiled once: the same form is held against every line. */
function cached(key: string, make: () => RegExp | null): RegExp | null {
  const known = PATTERNS.get(key);
  if (known !== undefined) return known;
  if (PATTERNS.size >= MOST_PATTERNS) PATTERNS.clear();
  const made = make();
  PATTERNS.set(key, made);
  return made;
}

/** The name in a line of this form; null for any other line. */
export function withinForm(form: string, text: string): string | null {
  if (text.length > 80) return null;
  const pattern = cached(`name ${form}`, () => {
    const [before, after, ...more] = numberedForm(form).split(NAME);
    if (before === undefined || after === undefined || more.length > 0) return null;
    const start = escaped(before)
      .replace(/^(\\\()?一/u, `$1${NUMERALS}`)
      .replace(/^(\\\()?1(?=\\\.|、|\\\))/u, '$1\\d{1,2}');
    return new RegExp(`^${start}(.{1,40})${escaped(after)}$`, 'u');
  });
  const found = pattern?.exec(squash(text))?.[1];
  return found === undefined || !/\p{L}/u.test(found) ? null : found;
}

const FIGURES = '(\\d{1,5}|[〇零○一二两三四五六七八九十百千]{1,9})';

const SIGNS = new RegExp([NUMBER, TOTAL, YEAR].map(escaped).join('|'), 'gu');

export interface Figures {
  number: number;
  total: number | null;
  year: number | null;
  /** Of what was understood, in letters that are no blanks. */
  length: number;
}

/** The figures of a number line that begins with this form. */
export function figuresWithin(form: string, text: string): Figures | null {
  if (text.length > 200) return null;
  const order: string[] = form.match(SIGNS) ?? [];
  if (!order.includes(NUMBER)) return null;
  const pattern = cached(`number ${form}`, () => new RegExp(`^${form.split(SIGNS).map(escaped).join(FIGURES)}`, 'u'));
  const found = pattern?.exec(squash(text));
  if (!found) return null;
  const figure = (sign: string): string | null => found[order.indexOf(sign) + 1] ?? null;
  const value = (sign: string): number | null => (order.includes(sign) ? readNumeral(figure(sign) ?? '') : null);
  const number = value(NUMBER);
  return number === null ? null : { number, total: value(TOTAL), year: value(YEAR), length: found[0].length };
}

import type { BulletinItem, BulletinSection, BulletinWarning, Doubt } from './bulletin.js';
import type { Attribution } from './attribution.js';
import { type BodyLine, buildParagraphs, type Paragraph } from './body.js';
import { squash } from './glyphs.js';
import { splitHeadline } from './headline.js';
import { areDashed, type Draft, doubtsOf, type DraftSection, GUESSED, newDraft, note, placesOf } from './item-draft.js';
import { isSectionWord } from './item-marks.js';
import type { Kind } from './kinds.js';
import type { Place } from './original.js';
import { itemPins, type Pin } from './pins.js';
import { orPerhaps, SURE } from './doubts.js';
import type { HeadlineForm, PaperLayout } from './paper-layout.js';
import { isBareUnit, saysDeed } from './units.js';
import { quoteStart } from './warnings.js';

export interface BodyReading {
  sections: BulletinSection[];
  warnings: BulletinWarning[];
  doubts: Doubt[];
  /** What the lines turned out to be; an item may begin with a line that another one ended before. */
  kinds: Map<number, Kind>;
  places: Place[];
}

interface Reader {
  sections: DraftSection[];
  warnings: BulletinWarning[];
  kinds: Map<number, Kind>;
  pins: ReturnType<typeof itemPins>;
  paper: PaperLayout | null;
}

/** Reads the body into sections and items. */
export function readBody(
  lines: readonly BodyLine[],
  pins: readonly Pin[] = [],
  paper: PaperLayout | null = null,
): BodyReading {
  const { paragraphs, warnings } = buildParagraphs(lines);
  const sections: DraftSection[] = [];
  const kinds = new Map<number, Kind>();
  const reader: Reader = { sections, warnings, kinds, pins: itemPins(pins), paper };
  for (const paragraph of paragraphs) note(kinds, paragraph, place(paragraph, reader));
  const form = areDashed(sections) ? 'dash' : (paper?.headline ?? null);
  const result = sections.map((section) => ({
    name: section.name,
    items: section.items.map((draft) => finish(draft, warnings, form)),
  }));
  return {
    sections: result,
    warnings: [...warnings, ...sectionWarnings(sections), ...unitWarnings(sections)],
    doubts: doubtsOf(sections),
    kinds,
    places: placesOf(sections),
  };
}

/** A list of attachments or a note under the item before it. */
const isAddendum = (text: string): boolean =>
  /^(?:附件?\s*\d*\s*[：:]|附件\s*\d*$|注\s*[：:]|备注\s*[：:])/u.test(text);

function place(paragraph: Paragraph, reader: Reader): Kind {
  const { sections, warnings } = reader;
  const { kind, line, text, confidence, second } = paragraph;
  const { pin } = paragraph.facts.line;
  const sure = confidence >= SURE;
  if (kind === 'section') {
    const plain = pin !== undefined || paragraph.facts.section !== null || paragraph.facts.numbered !== null;
    const held = plain ? confidence : Math.min(confidence, GUESSED);
    sections.push({ line, name: text, items: [], confidence: held, second });
    if (!sure || !plain) warnings.push({ line, code: 'section_guessed', message: `“${text}”按栏目名处理，请核对。` });
    return kind;
  }
  const ownPins = reader.pins.get(line);
  if (paragraph.tag !== null && ownPins?.section?.value === paragraph.tag)
    sections.push({ line, name: paragraph.tag, items: [], confidence: 1, second });
  let section = sections.at(-1);
  if (!section) sections.push((section = { line, name: null, items: [], confidence: 1, second }));
  let item = section.items.at(-1);
  const addendum = pin === undefined && item !== undefined && (item.closed || kind !== 'text') && isAddendum(text);
  if (addendum) warnings.push({ line, code: 'addendum', message: `“${quoteStart(text)}”并入上一篇稿件，请核对。` });
  const wants =
    item && pin === undefined && item.headline !== null && item.unit !== null && item.paragraphs.length === 0;
  const starts =
    !item ||
    (kind === 'headline' && !addendum) ||
    (kind === 'item' && !addendum && !wants) ||
    (item.closed && !addendum && kind !== 'credit' && pin !== 'text');
  const isFirst = item === undefined;
  // Where there is no item to go on with, text begins one as well.
  const begins = kind !== 'headline' && (isFirst || (kind === 'text' && item?.closed === true));
  if (!item || starts) section.items.push((item = newDraft(line, ownPins)));
  item.lines.push(...paragraph.lines.map(({ number }) => number));
  const doubt = (value: string | null, alternative: string | null, code: string): Doubt => ({
    ...{ fact: 'headline', line, confidence, value, alternative, code },
    pin: { line, kind: begins && (second === 'item' || second === 'text') ? 'headline' : second },
  });
  if (starts && kind === 'headline') {
    const { attribution } = paragraph;
    item.headline = attribution.kind === 'credit' ? attribution.before : text;
    if (attribution.kind === 'credit') item.unit = attribution.credit.unit;
    if (paragraph.tag !== null) item.unit = paragraph.tag;
    item.titles = paragraph.lines.map(({ number }) => number);
    if (item.unit !== null) item.units = item.titles.slice(-1);
    if (!sure) item.doubts.push(doubt(text, null, 'headline_guessed'));
    if (!sure)
      warnings.push({
        line,
        code: 'headline_guessed',
        message: `“${quoteStart(text)}”单独成行，按新稿件的标题处理，请核对。`,
      });
    return kind;
  }
  if (starts && !sure) item.doubts.push(doubt(item.headline, text, 'item_guessed'));
  if (starts && !sure)
    warnings.push({ line, code: 'item_guessed', message: `“${quoteStart(text)}”按新的一篇稿件处理，请核对。` });
  if (starts && paragraph.tag !== null && ownPins?.section === undefined) takeTag(paragraph, item, warnings);
  addText(item, paragraph, reader);
  return kind === 'credit' || (kind === 'text' && isFirst) ? kind : starts ? 'item' : 'text';
}

/**
 * 【…】 at the head of an item's text: the unit's tag or, where it names no unit, the headline. A name of a field of work may
 * as well be a section set on the same line.
 */
function takeTag({ tag, facts }: Paragraph, item: Draft, warnings: BulletinWarning[]): void {
  const content = tag ?? '';
  if (facts.unitTag || isBareUnit(content)) {
    item.unit = content;
    item.units = [item.line];
    return;
  }
  item.headline = content;
  item.titles = [item.line];
  if (content.length > 6 || !isSectionWord(content) || saysDeed(content)) return;
  item.doubts.push({
    ...{ fact: 'headline', line: item.line, confidence: GUESSED, value: content, alternative: null },
    ...{ code: 'headline_guessed', pin: { line: item.line, fact: 'section', value: content } },
  });
  warnings.push({
    line: item.line,
    code: 'headline_guessed',
    message: `【${content}】按稿件的标题处理，也可能是栏目名，请核对。`,
  });
}

function addText(item: Draft, paragraph: Paragraph, { warnings, paper }: Reader): void {
  const units = paper?.units ?? [];
  const { line } = paragraph;
  const attribution = obeyUnit(unitAsBefore(paragraph, units), item);
  const text = attribution.kind === 'credit' ? attribution.before : paragraph.text;
  if (text)
    item.paragraphs.push({
      text,
      outline:
        paragraph.facts.row ||
        (paragraph.facts.outline && (paragraph.kind === 'text' || paragraph.facts.mark === null)),
    });
  if (attribution.kind === 'none') return;
  const named =
    attribution.kind === 'credit' ? [attribution.credit.unit, attribution.credit.author] : [attribution.content];
  const shown = named.filter((name) => name !== null).join(' ');
  const doubt = (value: string | null, alternative: string | null, code: string): Doubt => ({
    ...{ fact: 'unit', line, confidence: GUESSED, value, alternative, code },
    pin: { line: item.line, fact: 'unit', value: alternative },
  });
  if (attribution.kind === 'unclear') item.doubts.push(doubt(item.unit, attribution.content, 'attribution_unclear'));
  if (attribution.kind === 'unclear')
    warnings.push({
      line,
      code: 'attribution_unclear',
      message: `段末的（${shown}）未当作报送单位，仍留在正文中；如是报送单位，请改到“报送单位”栏。`,
    });
  else {
    if (attribution.guessed) item.doubts.push(doubt(attribution.credit.unit, item.unit, 'attribution_guessed'));
    if (attribution.guessed)
      warnings.push({ line, code: 'attribution_guessed', message: `段末的（${shown}）按报送单位处理，请核对。` });
    if (attribution.credit.unit !== null) item.units = paragraph.lines.slice(-1).map(({ number }) => number);
    item.unit = attribution.credit.unit ?? item.unit;
    item.author = attribution.credit.author ?? item.author;
    item.closed = item.paragraphs.length > 0 || item.headline === null;
  }
}

/** A name that is known of earlier issues is a unit's, whatever it looks like. */
function unitAsBefore(paragraph: Paragraph, units: readonly string[]): Paragraph {
  const { attribution } = paragraph;
  const name =
    attribution.kind === 'unclear'
      ? attribution.content
      : attribution.kind === 'credit'
        ? attribution.credit.unit
        : null;
  if (name === null || attribution.kind === 'none' || !units.includes(squash(name))) return paragraph;
  const credit = attribution.kind === 'credit' ? attribution.credit : { unit: name, author: null };
  return { ...paragraph, attribution: { ...attribution, kind: 'credit', credit, guessed: false } };
}

/** The bracket that ends a paragraph, where a person said whether it is the unit's name. */
function obeyUnit({ attribution }: Paragraph, { pins }: Draft): Attribution {
  if (!pins.unit) return attribution;
  const { value } = pins.unit;
  if (attribution.kind === 'unclear' && attribution.content === value)
    return { ...attribution, kind: 'credit', credit: { unit: value, author: null }, guessed: false };
  if (attribution.kind !== 'credit' || !attribution.guessed) return attribution;
  return attribution.credit.unit === value ? { ...attribution, guessed: false } : { kind: 'none' };
}

function finish(draft: Draft, warnings: BulletinWarning[], form: HeadlineForm | null): BulletinItem {
  takeHeadline(draft, warnings, form);
  const body = draft.paragraphs.map(({ text }) => text).join('\n');
  // One paragraph and no headline stay that, whichever of the two its line is called.
  if (draft.headline === null && draft.paragraphs.length < 2)
    draft.doubts = draft.doubts.filter(
      ({ code, pin }) => code !== 'item_guessed' || !('kind' in pin) || pin.kind !== 'headline',
    );
  // A line that turned out to have no text under it is the item's text, not its headline.
  if (!body && draft.headline !== null) {
    warnings.push({
      line: draft.line,
      code: 'headline_only',
      message: `“${quoteStart(draft.headline)}”下面没有正文，按正文处理，请核对。`,
    });
    return { headline: null, body: draft.headline, unit: draft.unit, author: draft.author };
  }
  return { headline: draft.headline, body, unit: draft.unit, author: draft.author };
}

const LABEL = /^(\p{Script=Han})\p{Script=Han}{0,4}[：:]/u;

/** 周一：…。 over 周三：…。 */
function areLabelled(text: string, next: string): boolean {
  const [one, other] = [LABEL.exec(text), LABEL.exec(next)];
  return one !== null && other !== null && one[1] === other[1] && one[0].length === other[0].length;
}

function takeHeadline(draft: Draft, warnings: BulletinWarning[], form: HeadlineForm | null): void {
  const first = draft.paragraphs[0];
  const more = draft.paragraphs.length > 1;
  if (!first || draft.headline !== null) return;
  if (draft.pins.headline) return obeyHeadline(draft, first, draft.pins.headline.value);
  if (first.outline && draft.paragraphs.slice(1).some(({ outline }) => outline)) return;
  if (areLabelled(first.text, draft.paragraphs[1]?.text ?? '')) return;
  const split = splitHeadline(first.text, more, form);
  if (!split) return;
  draft.headline = split.headline;
  draft.titles = [draft.line];
  if (split.rest) first.text = split.rest;
  else draft.paragraphs.shift();
  if (split.sure) return;
  const { headline, other } = split;
  draft.doubts.push({
    ...{ fact: 'headline', line: draft.line, confidence: GUESSED, value: headline, alternative: other },
    ...{ code: 'headline_guessed', pin: { line: draft.line, fact: 'headline', value: other } },
  });
  warnings.push({
    line: draft.line,
    code: 'headline_guessed',
    message: `标题取“${quoteStart(headline)}”，${orPerhaps(other)}标题与正文的分界不明显，请核对。`,
  });
}

/** The beginning of the text that a person took for the headline; none where he said that there is none. */
function obeyHeadline(draft: Draft, first: Draft['paragraphs'][number], value: string | null): void {
  if (value === null || !first.text.startsWith(value)) return;
  draft.headline = value;
  draft.titles = [draft.line];
  const rest = first.text.slice(value.length).replace(/^[\s。：:]+/u, '');
  if (rest === '') draft.paragraphs.shift();
  else first.text = rest;
}

function sectionWarnings(sections: readonly DraftSection[]): BulletinWarning[] {
  return sections
    .filter((section) => section.items.length === 0)
    .map(({ line, name }) => ({ line, code: 'empty_section', message: `栏目【${name ?? ''}】下没有稿件。` }));
}

/** One line for each item without a unit where others have one; one for the whole text where none has. */
function unitWarnings(sections: readonly DraftSection[]): BulletinWarning[] {
  const items = sections.flatMap((section) => section.items);
  const without = items.filter((item) => item.unit === null);
  const first = without[0];
  if (!first) return [];
  if (without.length === items.length)
    return [
      { line: first.line, code: 'no_unit', message: '各篇稿件段末都没有（报送单位）；如需统计采用情况，请补填。' },
    ];
  return without.map((item) => ({
    line: item.line,
    code: 'no_unit',
    message: `稿件“${quoteStart(item.headline ?? item.paragraphs[0]?.text ?? '')}”段末没有（报送单位），请补填。`,
  }));
}

import type { BulletinItem, BulletinSection, BulletinWarning, Doubt } from './bulletin.js';
import { type BodyLine, buildParagraphs, type Paragraph } from './body.js';
import { splitHeadline } from './headline.js';
import { isSectionWord } from './item-marks.js';
import { orPerhaps, SURE } from './doubts.js';
import { isBareUnit, saysDeed } from './units.js';

import { quoteStart } from './warnings.js';

interface Draft {
  line: number;
  headline: string | null;
  paragraphs: { text: string; outline: boolean }[];
  unit: string | null;
  author: string | null;
  closed: boolean;
  doubts: Omit<Doubt, 'line'>[];
}

interface DraftSection {
  line: number;
  name: string | null;
  items: Draft[];
  confidence: number;
}

export interface BodyReading {
  sections: BulletinSection[];
  warnings: BulletinWarning[];
  doubts: Doubt[];
}

/** Reads the body into sections and items. */
export function readBody(lines: readonly BodyLine[]): BodyReading {
  const { paragraphs, warnings } = buildParagraphs(lines);
  const sections: DraftSection[] = [];
  for (const paragraph of paragraphs) place(paragraph, sections, warnings);
  const result = sections.map((section) => ({
    name: section.name,
    items: section.items.map((draft) => finish(draft, warnings)),
  }));
  return {
    sections: result,
    warnings: [...warnings, ...sectionWarnings(sections), ...unitWarnings(sections)],
    doubts: doubtsOf(sections),
  };
}

/** Read by a rule that is often wrong. */
const GUESSED = 0.6;

function doubtsOf(sections: readonly DraftSection[]): Doubt[] {
  return sections.flatMap(({ name, line, confidence, items }, at) => [
    ...(confidence < SURE ? [{ fact: `sections.${at}.name`, line, confidence, value: name, alternative: null }] : []),
    ...items.flatMap((item, index) =>
      item.doubts.map((doubt) => ({ ...doubt, fact: `sections.${at}.items.${index}.${doubt.fact}`, line: item.line })),
    ),
  ]);
}

function newDraft(line: number): Draft {
  return { line, headline: null, paragraphs: [], unit: null, author: null, closed: false, doubts: [] };
}

/** A list of attachments or a note under the item before it. */
const isAddendum = (text: string): boolean =>
  /^(?:附件?\s*\d*\s*[：:]|附件\s*\d*$|注\s*[：:]|备注\s*[：:])/u.test(text);

function place(paragraph: Paragraph, sections: DraftSection[], warnings: BulletinWarning[]): void {
  const { kind, line, text, confidence } = paragraph;
  const sure = confidence >= SURE;
  if (kind === 'section') {
    const plain = paragraph.facts.section !== null || paragraph.facts.numbered !== null;
    sections.push({ line, name: text, items: [], confidence: plain ? confidence : Math.min(confidence, GUESSED) });
    if (!sure || !plain) warnings.push({ line, code: 'section_guessed', message: `“${text}”按栏目名处理，请核对。` });
    return;
  }
  let section = sections.at(-1);
  if (!section) sections.push((section = { line, name: null, items: [], confidence: 1 }));
  let item = section.items.at(-1);
  const addendum = item !== undefined && (item.closed || kind !== 'text') && isAddendum(text);
  if (addendum) warnings.push({ line, code: 'addendum', message: `“${quoteStart(text)}”并入上一篇稿件，请核对。` });
  const wants = item && item.headline !== null && item.unit !== null && item.paragraphs.length === 0;
  const starts =
    !item ||
    (kind === 'headline' && !addendum) ||
    (kind === 'item' && !addendum && !wants) ||
    (item.closed && !addendum && kind !== 'credit');
  if (!item || starts) section.items.push((item = newDraft(line)));
  if (starts && kind === 'headline') {
    const { attribution } = paragraph;
    item.headline = attribution.kind === 'credit' ? attribution.before : text;
    if (attribution.kind === 'credit') item.unit = attribution.credit.unit;
    if (paragraph.tag !== null) item.unit = paragraph.tag;
    if (!sure) item.doubts.push({ fact: 'headline', confidence, value: text, alternative: null });
    if (!sure)
      warnings.push({
        line,
        code: 'headline_guessed',
        message: `“${quoteStart(text)}”单独成行，按新稿件的标题处理，请核对。`,
      });
    return;
  }
  if (starts && !sure) item.doubts.push({ fact: 'headline', confidence, value: item.headline, alternative: text });
  if (starts && !sure)
    warnings.push({ line, code: 'item_guessed', message: `“${quoteStart(text)}”按新的一篇稿件处理，请核对。` });
  if (starts && paragraph.tag !== null) takeTag(paragraph.tag, item, warnings);
  addText(item, paragraph, warnings);
}

/**
 * 【…】 at the head of an item's text: the unit's tag or, where it names no unit, the headline. A name of a field of work may
 * as well be a section set on the same line.
 */
function takeTag(content: string, item: Draft, warnings: BulletinWarning[]): void {
  if (isBareUnit(content)) {
    item.unit = content;
    return;
  }
  item.headline = content;
  if (content.length > 6 || !isSectionWord(content) || saysDeed(content)) return;
  item.doubts.push({ fact: 'headline', confidence: GUESSED, value: content, alternative: null });
  warnings.push({
    line: item.line,
    code: 'headline_guessed',
    message: `【${content}】按稿件的标题处理，也可能是栏目名，请核对。`,
  });
}

function addText(item: Draft, paragraph: Paragraph, warnings: BulletinWarning[]): void {
  const { attribution, line } = paragraph;
  const text = attribution.kind === 'credit' ? attribution.before : paragraph.text;
  if (text)
    item.paragraphs.push({
      text,
      outline: paragraph.facts.outline && (paragraph.kind === 'text' || paragraph.facts.mark === null),
    });
  if (attribution.kind === 'none') return;
  const named =
    attribution.kind === 'credit' ? [attribution.credit.unit, attribution.credit.author] : [attribution.content];
  const shown = named.filter((name) => name !== null).join(' ');
  if (attribution.kind === 'unclear')
    item.doubts.push({ fact: 'unit', confidence: GUESSED, value: item.unit, alternative: attribution.content });
  if (attribution.kind === 'unclear')
    warnings.push({
      line,
      code: 'attribution_unclear',
      message: `段末的（${shown}）未当作报送单位，仍留在正文中；如是报送单位，请改到“报送单位”栏。`,
    });
  else {
    if (attribution.guessed)
      item.doubts.push({ fact: 'unit', confidence: GUESSED, value: attribution.credit.unit, alternative: item.unit });
    if (attribution.guessed)
      warnings.push({ line, code: 'attribution_guessed', message: `段末的（${shown}）按报送单位处理，请核对。` });
    item.unit = attribution.credit.unit ?? item.unit;
    item.author = attribution.credit.author ?? item.author;
    item.closed = item.paragraphs.length > 0 || item.headline === null;
  }
}

function finish(draft: Draft, warnings: BulletinWarning[]): BulletinItem {
  takeHeadline(draft, warnings);
  const body = draft.paragraphs.map(({ text }) => text).join('\n');
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

function takeHeadline(draft: Draft, warnings: BulletinWarning[]): void {
  const first = draft.paragraphs[0];
  const more = draft.paragraphs.length > 1;
  if (!first || draft.headline !== null) return;
  if (first.outline && draft.paragraphs.slice(1).some(({ outline }) => outline)) return;
  const split = splitHeadline(first.text, more);
  if (!split) return;
  draft.headline = split.headline;
  if (split.rest) first.text = split.rest;
  else draft.paragraphs.shift();
  if (split.sure) return;
  const { headline, other } = split;
  draft.doubts.push({ fact: 'headline', confidence: GUESSED, value: headline, alternative: other });
  warnings.push({
    line: draft.line,
    code: 'headline_guessed',
    message: `标题取“${quoteStart(headline)}”，${orPerhaps(other)}标题与正文的分界不明显，请核对。`,
  });
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

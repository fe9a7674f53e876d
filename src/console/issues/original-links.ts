import type { CurrentReading } from '../../issues/reading.service.js';
import type { IssueDraft, ItemDraft } from './issue-form.js';
import { formPages, pageOf } from './issue-form-pages.js';
import { itemText } from './issue-working-draft.js';

/** Ways between the original's lines and the parts of the form, on whatever page of it they stand. */
export interface OriginalLinks {
  /** Wherever it stands. */
  ofLine: (number: number) => string;
  /** To the field or the part of a fact; null where the form has none. */
  ofFact: (fact: string | null) => string | null;
  /** The narrowest fact that stands on a line. */
  factOn: (number: number) => string | null;
  /** The name of a fact's field, or the id of its part. */
  fieldOf: (fact: string) => string | null;
  /** Of a page of the form, from 1; behind the last one Infinity. */
  firstLine: (page: number) => number;
  pageOfLine: (number: number) => number;
}

const headFields: Readonly<Record<string, string>> = {
  series: 'series',
  issueNumber: 'number',
  totalNumber: 'serialNumber',
  date: 'issuedOn',
  issuer: 'issuer',
  distribution: 'scope',
  editor: 'editorName',
  reviewer: 'reviewerName',
  approver: 'approverName',
};
const itemFields: Readonly<Record<string, string>> = { headline: 'headline', unit: 'unitName' };

/** What leads nowhere else leads to the head of the form, as lines of the head do. */
const headPart = 'head';

export function originalLinks(current: CurrentReading, draft: IssueDraft, id: string, page: number): OriginalLinks {
  const { content, original } = current.reading;
  const pages = formPages(draft);
  const items = itemsInDraft(content.sections, draft);
  const pageOfItem = new Map<string, number>();
  pages.forEach((parts, onPage) => {
    for (const { section, from, to } of parts)
      for (let item = from; item < to; item += 1) pageOfItem.set(`${section}.${item}`, onPage);
  });
  const firstLines = pages.map((_parts, onPage) => (onPage === 0 ? 1 : Infinity));
  for (const { fact, lines } of original.places) {
    const place = placeOf(fact);
    const own = place && items.get(`${place.section}.${place.item}`);
    const onPage = own && pageOfItem.get(`${own.s}.${own.i}`);
    if (onPage) firstLines[onPage] = Math.min(firstLines[onPage] ?? Infinity, lines[0] ?? Infinity);
  }
  const firstLine = (number: number): number => Math.min(...firstLines.slice(number - 1), Infinity);
  const pageOfLine = (number: number): number =>
    Math.max(firstLines.findLastIndex((_first, at) => firstLine(at + 1) <= number) + 1, 1);
  const at = (onPage: number, anchor: string): string =>
    onPage === page ? `#${anchor}` : `/issues/${id}/edit?page=${onPage}#${anchor}`;

  const fieldOf = (fact: string): string | null => {
    if (Object.hasOwn(headFields, fact)) return headFields[fact] ?? null;
    const place = placeOf(fact);
    if (!place) return null;
    if (place.item < 0) return place.section < draft.sections.length ? `sections.${place.section}.name` : null;
    const own = items.get(`${place.section}.${place.item}`);
    if (!own) return null;
    const field = itemFields[place.field];
    return field === undefined ? `item-${own.s}-${own.i}` : `sections.${own.s}.items.${own.i}.${field}`;
  };
  return {
    fieldOf,
    firstLine,
    pageOfLine,
    ofLine: (number) => `/issues/${id}/edit?line=${number}#line-${number}`,
    ofFact: (fact) => {
      if (fact === null) return null;
      const field = fieldOf(fact);
      if (field === null) return fact === headPart ? at(1, headPart) : null;
      const [, s, i = '-1'] = /^(?:sections\.|item-)(\d+)(?:(?:\.items\.|-)(\d+))?/.exec(field) ?? [];
      return at(s === undefined ? 1 : pageOf(pages, Number(s), Number(i)) + 1, field);
    },
    factOn: (number) => {
      const here = original.places.filter(({ lines }) => lines.includes(number));
      const [first] = [...here].sort((one, other) => other.fact.split('.').length - one.fact.split('.').length);
      if (first) return first.fact;
      return original.lines.find((line) => line.number === number)?.kind === 'head' ? headPart : null;
    },
  };
}

/** `sections.0.items.2.headline`; `item` is -1 for the section itself. */
function placeOf(fact: string): { section: number; item: number; field: string } | null {
  const [, section, item, field] = /^sections\.(\d+)\.(?:items\.(\d+)(?:\.(\w+))?|name)$/.exec(fact) ?? [];
  if (section === undefined) return null;
  return { section: Number(section), item: item === undefined ? -1 : Number(item), field: field ?? '' };
}

interface Sections {
  items: readonly { headline: string | null; body: string; unitName: string | null; author: string | null }[];
}

/**
 * Where the items of the reading stand in the form: in the same place as long as nobody has added, removed or moved one; else
 * those that are still as they were read.
 */
function itemsInDraft(read: readonly Sections[], draft: IssueDraft): Map<string, { s: number; i: number }> {
  const outline = (sections: readonly { items: readonly unknown[] }[]): string =>
    sections.map(({ items }) => items.length).join();
  const found = new Map<string, { s: number; i: number }>();
  const isAligned = outline(read) === outline(draft.sections);
  const byText = new Map<string, { s: number; i: number }[]>();
  draft.sections.forEach(({ items }, s) =>
    items.forEach((item, i) => byText.set(itemText(item), [...(byText.get(itemText(item)) ?? []), { s, i }])),
  );
  read.forEach(({ items }, s) =>
    items.forEach(({ headline, body, unitName, author }, i) => {
      const text: ItemDraft = { headline: headline ?? '', body, unitName: unitName ?? '', author: author ?? '' };
      const own = isAligned ? { s, i } : byText.get(itemText(text))?.shift();
      if (own) found.set(`${s}.${i}`, own);
    }),
  );
  return found;
}

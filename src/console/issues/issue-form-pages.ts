import { itemFields } from './issue-working-draft.js';
import type { IssueDraft, ItemDraft } from './issue-form.js';

/** A run of items of one section, `from` to before `to`; the section's heading is shown with each. */
export interface FormPart {
  section: number;
  from: number;
  to: number;
}

/*
 * A form is sent and shown in pages of at most so many items and so many bytes, so that an issue of hundreds of items opens
 * on a slow line; an item longer than that is a page of its own.
 */
const mostItems = 20;
const mostBytes = 60_000;
/** Of the fields themselves, measured. */
const itemOverhead = 1_900;
const sectionOverhead = 1_200;

/** The pages of the form, from 0; there is always one. Sections without items stand on the page of the one before. */
export function formPages(draft: IssueDraft): FormPart[][] {
  const pages: FormPart[][] = [[]];
  let [items, bytes] = [0, 0];
  const next = () => {
    pages.push([]);
    [items, bytes] = [0, 0];
  };
  draft.sections.forEach((section, s) => {
    bytes += sectionOverhead;
    if (section.items.length === 0) pages.at(-1)!.push({ section: s, from: 0, to: 0 });
    section.items.forEach((item, i) => {
      const weight = itemOverhead + bytesOf(item);
      if (items > 0 && (items >= mostItems || bytes + weight > mostBytes)) next();
      const part = pages.at(-1)!.at(-1);
      if (part?.section === s) part.to = i + 1;
      else pages.at(-1)!.push({ section: s, from: i, to: i + 1 });
      items += 1;
      bytes += weight;
    });
  });
  return pages;
}

const bytesOf = (item: ItemDraft): number => itemFields.reduce((sum, name) => sum + Buffer.byteLength(item[name]), 0);

/** On which page an item is, or the heading of a section where `item` is -1. */
export function pageOf(pages: readonly (readonly FormPart[])[], section: number, item: number): number {
  const found = pages.findIndex((parts) =>
    parts.some((part) => part.section === section && (item < 0 || (item >= part.from && item < part.to))),
  );
  return Math.max(found, 0);
}

/** The next item after page `from` that holds the text, round to the start. Null when there is none. */
export function findItem(
  draft: IssueDraft,
  pages: readonly (readonly FormPart[])[],
  text: string,
  from: number,
): { section: number; item: number } | null {
  const wanted = text.trim();
  if (wanted === '') return null;
  const hits = draft.sections.flatMap(({ items }, section) =>
    items.flatMap((one, item) => (itemFields.some((name) => one[name].includes(wanted)) ? [{ section, item }] : [])),
  );
  return hits.find(({ section, item }) => pageOf(pages, section, item) > from) ?? hits[0] ?? null;
}

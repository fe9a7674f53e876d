import { sha256Hex } from '../../platform/crypto.js';
import { type IssueDraft, type ItemDraft, readDraft, type SectionDraft } from './issue-form.js';
import { readPlaces } from './issue-form-places.js';
import { fieldText } from '../../platform/http/form.js';

/** An issue as an editor has typed it so far, all of it, however little of it the form shows at a time. */
export interface WorkingDraft {
  /** The issue as it was when he began; null when that is not known any more. */
  base: IssueDraft | null;
  mine: IssueDraft;
}

export const headFields = [
  ...['number', 'serialNumber', 'issuedOn', 'issuer', 'level', 'levelReason', 'urgency', 'scope'],
  ...['editorName', 'reviewerName', 'approverName'],
] as readonly Exclude<keyof IssueDraft, 'sections' | 'revision'>[];
export const itemFields = ['headline', 'unitName', 'author', 'body'] as const satisfies readonly (keyof ItemDraft)[];

/** The content alone, whatever the key. */
export const itemText = (item: ItemDraft): string => JSON.stringify(itemFields.map((name) => item[name]));

/**
 * The draft with a key for every part that has none, made of its content: the same text has the same key in another version
 * of the issue. Of equal parts each has its own.
 */
export function keyed(draft: IssueDraft): IssueDraft {
  const taken = new Set(draft.sections.flatMap(({ key, items }) => [key, ...items.map((item) => item.key)]));
  const free = (kind: string, content: string): string => {
    const start = kind + sha256Hex(content).slice(0, 8);
    for (let n = 1; ; n++) {
      const key = n === 1 ? start : `${start}-${n}`;
      if (taken.has(key)) continue;
      taken.add(key);
      return key;
    }
  };
  return {
    ...draft,
    sections: draft.sections.map((section) => ({
      ...section,
      key: section.key ?? free('s', section.name),
      items: section.items.map((item) => ({ ...item, key: item.key ?? free('i', itemText(item)) })),
    })),
  };
}

/**
 * The draft with what a form says of it. A form of one part, which has the field `part`, says nothing of the others. What it
 * has and the draft has not, since another window deleted it, is added again rather than lost.
 */
export function overlay(mine: IssueDraft, body: Readonly<Record<string, unknown>>): IssueDraft {
  const posted = readDraft(body);
  if (fieldText(body.part) === '') return keyed(posted);
  const head = Object.fromEntries(headFields.filter((name) => name in body).map((name) => [name, posted[name]]));
  const sections = mine.sections.map((section) => ({ ...section, items: [...section.items] }));
  const places = readPlaces(body);
  posted.sections.forEach((section, s) => {
    let target = sections.find(({ key }) => key !== undefined && key === section.key);
    if (target !== undefined && `${places[s]!.key}.name` in body) target.name = section.name;
    for (const [i, item] of section.items.entries()) {
      const holder = sections.find(({ items }) => items.some(({ key }) => key !== undefined && key === item.key));
      const said = itemFields.filter((name) => `${places[s]!.items[i]!}.${name}` in body);
      const changed = Object.fromEntries(said.map((name) => [name, item[name]]));
      if (holder !== undefined)
        holder.items = holder.items.map((one) => (one.key === item.key ? { ...one, ...changed } : one));
      else if (itemFields.some((name) => item[name].trim() !== '')) {
        target ??= sections.at(-1) ?? added(sections, section);
        target.items.push(item);
      }
    }
  });
  return keyed({ ...mine, ...head, sections });
}

function added(sections: SectionDraft[], { name }: SectionDraft): SectionDraft {
  const section = { name, items: [] };
  sections.push(section);
  return section;
}

/** A button's value with the places that its parts have now; the form says them as they were when it was shown. */
export function stepNow(step: string, body: Readonly<Record<string, unknown>>, mine: IssueDraft): string {
  const [act = '', s, i] = step.split(':');
  if (s === undefined) return step;
  const keyOf = (name: string) => fieldText(body[`${name}.key`]);
  if (i === undefined) {
    const key = keyOf(`sections.${s}`);
    return key === '' ? step : `${act}:${mine.sections.findIndex((section) => section.key === key)}`;
  }
  const key = keyOf(`sections.${s}.items.${i}`);
  if (key === '') return step;
  const { section, item } = placeOf(mine, key);
  return `${act}:${section}:${item}`;
}

/** -1 for both when no item has the key. */
export function placeOf(draft: IssueDraft, key: string): { section: number; item: number } {
  for (const [section, { items }] of draft.sections.entries()) {
    const item = items.findIndex((one) => one.key === key);
    if (item >= 0) return { section, item };
  }
  return { section: -1, item: -1 };
}

/** What of it a person typed. */
export const textsOf = ({ sections, ...head }: IssueDraft): string[] => [
  ...headFields.map((name) => head[name]),
  ...sections.flatMap(({ name, items }) => [name, ...items.flatMap((item) => itemFields.map((field) => item[field]))]),
];

export const isChanged = ({ base, mine }: WorkingDraft): boolean =>
  base === null || JSON.stringify(textsOf(base)) !== JSON.stringify(textsOf(mine)) || outline(base) !== outline(mine);

const outline = ({ sections }: IssueDraft): string => sections.map(({ items }) => items.length).join();

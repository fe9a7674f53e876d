import { isDeepStrictEqual } from 'node:util';
import { lowersLevel } from '../domain/issue/secrecy.js';
import type { ImportedContent } from './imported-content.js';
import type { IssueItem, IssueSection } from './issue.repository.js';

/** What becomes of a person's edits when the original is read once more. */
export interface CarriedEdits {
  content: ImportedContent;
  /** The issue is not what its original gave. */
  isEdited: boolean;
  /** In words, for the person: edits that stay, and those for which the new reading has no place. */
  kept: string[];
  lost: string[];
}

const headText = {
  number: '期号',
  serialNumber: '总期号',
  issuedOn: '日期',
  issuer: '编发单位',
  urgency: '紧急程度',
  scope: '发送范围',
  editorName: '责任编辑',
  reviewerName: '审核',
  approverName: '签发',
} as const;
const headFields = Object.keys(headText) as (keyof typeof headText)[];

const itemText = { headline: '标题', body: '正文', unitName: '报送单位', author: '作者' } as const;
const itemFields = Object.keys(itemText) as (keyof typeof itemText)[];

/** The database keeps the keys of an object in an order of its own. */
const same = isDeepStrictEqual;

/**
 * Three versions of an issue: `before` as the original was read last, `mine` as it stands now, `fresh` as the original is read
 * today. Where a person has changed something it stays as he has it; all else follows the new reading. The level is never
 * lowered by a reading.
 */
export function carriedEdits(before: ImportedContent, mine: ImportedContent, fresh: ImportedContent): CarriedEdits {
  const [kept, lost]: [string[], string[]] = [[], []];
  const content: ImportedContent = { ...fresh, level: levelOf(before, mine, fresh) };
  for (const field of headFields) {
    if (same(before[field], mine[field])) continue;
    Object.assign(content, { [field]: mine[field], ...(field === 'scope' ? { addressing: mine.addressing } : {}) });
    kept.push(headText[field]);
  }
  if (!same(before.sections, mine.sections)) content.sections = sectionsOf(before, mine, fresh, { kept, lost });
  return { content, isEdited: kept.length + lost.length > 0, kept, lost };
}

function levelOf(before: ImportedContent, mine: ImportedContent, fresh: ImportedContent): ImportedContent['level'] {
  return fresh.level !== before.level && lowersLevel(fresh.level, mine.level) ? fresh.level : mine.level;
}

const outline = (sections: readonly IssueSection[]): string => sections.map(({ items }) => items.length).join();

interface Words {
  kept: string[];
  lost: string[];
}

function sectionsOf(
  before: ImportedContent,
  mine: ImportedContent,
  fresh: ImportedContent,
  words: Words,
): IssueSection[] {
  const sections = fresh.sections.map((section) => ({ ...section, items: [...section.items] }));
  if (outline(before.sections) !== outline(mine.sections)) {
    const known = new Set(before.sections.flatMap(({ items }) => items.map(wholeText)));
    const own = mine.sections.flatMap(({ items }) => items).filter((item) => !known.has(wholeText(item)));
    words.lost.push('增加、删除、移动过的栏目和稿件', ...own.map((item) => `稿件${quoted(item)}`));
    return sections;
  }
  const isAligned = outline(before.sections) === outline(fresh.sections);
  before.sections.forEach((section, s) => {
    const { name, items } = mine.sections[s]!;
    if (name !== section.name) keepName(sections, { s, isAligned, before: section.name, mine: name }, words);
    section.items.forEach((item, i) => {
      const edited = items[i]!;
      if (same(item, edited)) return;
      const place = isAligned ? { s, i } : placeOf(sections, item);
      const target = place && sections[place.s]?.items[place.i];
      if (!place || !target) words.lost.push(`稿件${quoted(edited)}`);
      else sections[place.s]!.items[place.i] = mergedItem(item, edited, target, words);
    });
  });
  return sections;
}

function keepName(
  sections: IssueSection[],
  { s, isAligned, before, mine }: { s: number; isAligned: boolean; before: string | null; mine: string | null },
  { kept, lost }: Words,
): void {
  const at = isAligned ? s : sections.findIndex(({ name }) => name === before);
  const target = sections[at];
  if (target && target.name === before) {
    target.name = mine;
    kept.push(`栏目名“${mine ?? ''}”`);
  } else lost.push(`栏目名“${mine ?? ''}”`);
}

/** The item that the new reading has as the old one had it. */
function placeOf(sections: readonly IssueSection[], item: IssueItem): { s: number; i: number } | null {
  for (const [s, { items }] of sections.entries()) {
    const i = items.findIndex((one) => same(one, item));
    if (i >= 0) return { s, i };
  }
  return null;
}

/** A field that both have changed is as the new reading has it. */
function mergedItem(before: IssueItem, mine: IssueItem, fresh: IssueItem, { kept, lost }: Words): IssueItem {
  const merged = { ...fresh };
  for (const field of itemFields) {
    if (mine[field] === before[field] || mine[field] === fresh[field]) continue;
    const what = `稿件${quoted(mine)}的${itemText[field]}`;
    if (fresh[field] === before[field]) {
      Object.assign(merged, { [field]: mine[field] });
      kept.push(what);
    } else lost.push(what);
  }
  return merged;
}

const wholeText = (item: IssueItem): string => JSON.stringify(itemFields.map((field) => item[field]));

const quoted = ({ headline, body }: IssueItem): string => `“${(headline ?? body).slice(0, 20) || '（无标题）'}”`;

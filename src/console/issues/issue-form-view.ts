import { isSignedOff } from '../../domain/issue/issue-state.js';
import { secrecyLevels, secrecyText } from '../../domain/issue/secrecy.js';
import { urgencies, urgencyText } from '../../domain/urgency.js';
import type { StoredIssue } from '../../issues/issue.repository.js';
import type { FormFault } from '../../platform/http/form.js';
import type { IssueDraft, ItemDraft } from './issue-form.js';
import { type FormPart, formPages, pageOf } from './issue-form-pages.js';
import type { itemFields } from './issue-working-draft.js';

interface FieldView {
  /** Also its id, which the error summary links to. */
  name: string;
  value: string;
  error: string | null;
}

interface ChoiceView {
  value: string;
  text: string;
  checked: boolean;
}

export interface SectionForm {
  id: string;
  key: string;
  /** Prefix of its fields. */
  field: string;
  title: string;
  /** Its heading and its end are on this page. */
  begins: boolean;
  ends: boolean;
  /** Items of the whole section. */
  whole: number;
  name: FieldView;
  up: string | null;
  down: string | null;
  remove: string;
  addItem: string;
  items: readonly ItemForm[];
}

export interface ItemForm {
  id: string;
  key: string;
  field: string;
  title: string;
  headline: FieldView;
  unitName: FieldView;
  author: FieldView;
  body: FieldView;
  up: string | null;
  down: string | null;
  remove: string;
}

export interface PageChoice {
  number: number;
  current: boolean;
  begins: string;
}

export interface IssueFormView {
  revision: string;
  /** Number of the page shown, from 1. */
  part: number;
  /** None where there is one only. */
  pages: readonly PageChoice[];
  isLast: boolean;
  /** The fields of the head stand on the first page. */
  head: boolean;
  faults: readonly (FormFault & { href: string })[];
  number: FieldView;
  serialNumber: FieldView;
  issuedOn: FieldView;
  issuer: FieldView;
  scope: FieldView;
  levelReason: FieldView;
  editorName: FieldView;
  reviewerName: FieldView;
  approverName: FieldView;
  levels: readonly ChoiceView[];
  levelNow: string;
  /** The lower level that waits for the approver. */
  loweredTo: string | null;
  levelError: string | null;
  urgencies: readonly ChoiceView[];
  urgencyError: string | null;
  sections: readonly SectionForm[];
}

/** The draft as fields with ids, names and errors, one page of it; buttons that lead nowhere are left out. */
export function issueFormView(
  draft: IssueDraft,
  issue: Pick<StoredIssue, 'id' | 'level' | 'loweredTo' | 'state'>,
  faults: readonly FormFault[],
  number: number,
): IssueFormView {
  const errorOf = (name: string): string | null => faults.find(({ field }) => field === name)?.message ?? null;
  const field = (name: string, value: string): FieldView => ({ name, value, error: errorOf(name) });
  const plain = (name: Exclude<keyof IssueDraft, 'sections'>): FieldView => field(name, draft[name]);
  const pages = formPages(draft);
  const page = Math.min(Math.max(number, 1), pages.length);
  const shown = pages[page - 1] ?? [];
  return {
    revision: draft.revision,
    part: page,
    pages: pages.length === 1 ? [] : pages.map((parts, at) => pageChoice(draft, parts, at + 1, page)),
    faults: faults.map((fault) => ({ ...fault, href: hrefOf(fault.field, issue.id, pages, page) })),
    head: page === 1,
    number: plain('number'),
    serialNumber: plain('serialNumber'),
    issuedOn: plain('issuedOn'),
    issuer: plain('issuer'),
    scope: plain('scope'),
    levelReason: plain('levelReason'),
    editorName: plain('editorName'),
    reviewerName: plain('reviewerName'),
    approverName: plain('approverName'),
    levels: secrecyLevels.map((value) => ({ value, text: secrecyText[value], checked: value === draft.level })),
    levelNow: secrecyText[issue.level],
    loweredTo: loweringText(issue),
    levelError: errorOf('level'),
    urgencies: urgencies.map((value) => ({ value, text: urgencyText[value], checked: value === draft.urgency })),
    urgencyError: errorOf('urgency'),
    sections: shown.map((part) => sectionForm(draft, part, field)),
    isLast: page === pages.length,
  };
}

const loweringText = ({ loweredTo, state }: Pick<StoredIssue, 'loweredTo' | 'state'>): string | null =>
  loweredTo === null || isSignedOff(state) ? null : secrecyText[loweredTo];

type ToField = (name: string, value: string) => FieldView;

function sectionForm(draft: IssueDraft, { section: s, from, to }: FormPart, field: ToField): SectionForm {
  const section = draft.sections[s]!;
  const lastSection = draft.sections.length - 1;
  const whole = section.items.length;
  return {
    id: `section-${s}`,
    key: section.key ?? '',
    field: `sections.${s}`,
    title: `第${s + 1}个栏目${from > 0 ? '（续）' : ''}`,
    begins: from === 0,
    ends: to === whole,
    whole,
    name: field(`sections.${s}.name`, section.name),
    up: s === 0 ? null : `sectionUp:${s}`,
    down: s === lastSection ? null : `sectionDown:${s}`,
    remove: `removeSection:${s}`,
    addItem: `addItem:${s}`,
    items: section.items.slice(from, to).map((item, at) => {
      const i = from + at;
      const first = s === 0 && i === 0;
      return itemForm(item, { s, i, first, last: s === lastSection && i === whole - 1 }, field);
    }),
  };
}

function itemForm(
  item: ItemDraft,
  { s, i, first, last }: { s: number; i: number; first: boolean; last: boolean },
  field: ToField,
): ItemForm {
  const name = `sections.${s}.items.${i}`;
  const part = (key: (typeof itemFields)[number]): FieldView => field(`${name}.${key}`, item[key]);
  return {
    id: `item-${s}-${i}`,
    key: item.key ?? '',
    field: name,
    title: `第${i + 1}条`,
    headline: part('headline'),
    unitName: part('unitName'),
    author: part('author'),
    body: part('body'),
    up: first ? null : `itemUp:${s}:${i}`,
    down: last ? null : `itemDown:${s}:${i}`,
    remove: `removeItem:${s}:${i}`,
  };
}

function pageChoice(draft: IssueDraft, parts: readonly FormPart[], number: number, current: number): PageChoice {
  const [first] = parts;
  const item = first === undefined ? undefined : draft.sections[first.section]?.items[first.from];
  const begins = item?.headline || item?.body || (first && draft.sections[first.section]?.name) || '（无标题）';
  return { number, current: number === current, begins: begins.slice(0, 20) };
}

/** A field of another page cannot be jumped to by its id alone. */
function hrefOf(name: string, id: string, pages: readonly (readonly FormPart[])[], shown: number): string {
  const [, section, item = '-1'] = /^sections\.(\d+)(?:\.items\.(\d+))?\./.exec(name) ?? [];
  const page = section === undefined ? 1 : pageOf(pages, Number(section), Number(item)) + 1;
  return page === shown ? `#${name}` : `/issues/${id}/edit?page=${page}#${name}`;
}

import { type SecrecyLevel, secrecyLevels, secrecyText } from '../domain/secrecy.js';
import { urgencies, urgencyText } from '../domain/urgency.js';
import type { FormFault } from '../platform/http/form.js';
import type { IssueDraft, ItemDraft } from './issue-form.js';

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
  position: number;
  title: string;
  name: FieldView;
  up: string | null;
  down: string | null;
  remove: string;
  addItem: string;
  items: readonly ItemForm[];
}

export interface ItemForm {
  id: string;
  title: string;
  headline: FieldView;
  unitName: FieldView;
  author: FieldView;
  body: FieldView;
  up: string | null;
  down: string | null;
  remove: string;
}

export interface IssueFormView {
  revision: string;
  faults: readonly FormFault[];
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
  levelError: string | null;
  urgencies: readonly ChoiceView[];
  urgencyError: string | null;
  sections: readonly SectionForm[];
}

/** The draft as fields with ids, names and errors; buttons that lead nowhere are left out. */
export function issueFormView(draft: IssueDraft, levelNow: SecrecyLevel, faults: readonly FormFault[]): IssueFormView {
  const errorOf = (name: string): string | null => faults.find(({ field }) => field === name)?.message ?? null;
  const field = (name: string, value: string): FieldView => ({ name, value, error: errorOf(name) });
  const plain = (name: Exclude<keyof IssueDraft, 'sections'>): FieldView => field(name, draft[name]);

  const itemForm = (item: ItemDraft, s: number, i: number, first: boolean, last: boolean): ItemForm => {
    const name = `sections.${s}.items.${i}`;
    const part = (key: keyof ItemDraft): FieldView => field(`${name}.${key}`, item[key]);
    return {
      id: `item-${s}-${i}`,
      title: `第${i + 1}条`,
      headline: part('headline'),
      unitName: part('unitName'),
      author: part('author'),
      body: part('body'),
      up: first ? null : `itemUp:${s}:${i}`,
      down: last ? null : `itemDown:${s}:${i}`,
      remove: `removeItem:${s}:${i}`,
    };
  };

  const lastSection = draft.sections.length - 1;
  return {
    revision: draft.revision,
    faults,
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
    levelNow: secrecyText[levelNow],
    levelError: errorOf('level'),
    urgencies: urgencies.map((value) => ({ value, text: urgencyText[value], checked: value === draft.urgency })),
    urgencyError: errorOf('urgency'),
    sections: draft.sections.map((section, s) => ({
      id: `section-${s}`,
      position: s + 1,
      title: `第${s + 1}个栏目`,
      name: field(`sections.${s}.name`, section.name),
      up: s === 0 ? null : `sectionUp:${s}`,
      down: s === lastSection ? null : `sectionDown:${s}`,
      remove: `removeSection:${s}`,
      addItem: `addItem:${s}`,
      items: section.items.map((item, i) =>
        itemForm(item, s, i, s === 0 && i === 0, s === lastSection && i === section.items.length - 1),
      ),
    })),
  };
}

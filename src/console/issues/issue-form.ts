import { largestInteger, fieldText } from '../../platform/http/form.js';
import { parseIsoDate } from '../../domain/calendar.js';
import { longestScope, readScopeText, scopeAsText } from '../../domain/scope/scope-text.js';
import { secrecyLevels, secrecyText, wantsReason } from '../../domain/issue/secrecy.js';
import { urgencies, type Urgency } from '../../domain/urgency.js';
import type { IssueChanges, StoredIssue } from '../../issues/issue.repository.js';
import type { FormFault } from '../../platform/http/form.js';
import { readPlaces } from './issue-form-places.js';

/** The edit form as it travels: every value is the text in its field, so that a faulty form comes back as it was typed. */
export interface IssueDraft {
  revision: string;
  number: string;
  serialNumber: string;
  issuedOn: string;
  issuer: string;
  level: string;
  levelReason: string;
  urgency: string;
  /** One label per line. */
  scope: string;
  editorName: string;
  reviewerName: string;
  approverName: string;
  sections: SectionDraft[];
}

export interface SectionDraft {
  /** Tells the section from others wherever it is moved to; see issue-working-draft.ts. */
  key?: string;
  name: string;
  items: ItemDraft[];
}

export interface ItemDraft {
  key?: string;
  headline: string;
  unitName: string;
  author: string;
  body: string;
}

export type IssueFormReading =
  { ok: true; revision: number; changes: IssueChanges } | { ok: false; faults: FormFault[] };

const longestText = 200;
const longestBody = 200_000;

export function draftOf(issue: StoredIssue): IssueDraft {
  return {
    revision: String(issue.revision),
    number: String(issue.number ?? issue.proposedNumber ?? ''),
    serialNumber: String(issue.serialNumber ?? ''),
    issuedOn: issue.issuedOn ?? '',
    issuer: issue.issuer ?? '',
    level: issue.loweredTo ?? issue.level,
    levelReason: '',
    urgency: issue.urgency,
    scope: scopeAsText(issue.scope, issue.addressing ?? []),
    editorName: issue.editorName ?? '',
    reviewerName: issue.reviewerName ?? '',
    approverName: issue.approverName ?? '',
    sections: issue.sections.map(({ name, items }) => ({
      name: name ?? '',
      items: items.map(({ headline, body, unitName, author }) => ({
        headline: headline ?? '',
        body,
        unitName: unitName ?? '',
        author: author ?? '',
      })),
    })),
  };
}

/** @param body fields of the submitted form, `sections.0.items.1.headline` for the nested ones */
export function readDraft(body: Readonly<Record<string, unknown>>): IssueDraft {
  const text = (name: string): string => fieldText(body[name]);
  return {
    revision: text('revision'),
    number: text('number'),
    serialNumber: text('serialNumber'),
    issuedOn: text('issuedOn'),
    issuer: text('issuer'),
    level: text('level'),
    levelReason: text('levelReason'),
    urgency: text('urgency'),
    scope: text('scope'),
    editorName: text('editorName'),
    reviewerName: text('reviewerName'),
    approverName: text('approverName'),
    sections: readPlaces(body).map(({ key, items }) => ({
      ...keyField(text(`${key}.key`)),
      name: text(`${key}.name`),
      items: items.map((item) => ({
        ...keyField(text(`${item}.key`)),
        headline: text(`${item}.headline`),
        unitName: text(`${item}.unitName`),
        author: text(`${item}.author`),
        body: text(`${item}.body`),
      })),
    })),
  };
}

const keyField = (key: string): { key?: string } => (/^[\w.-]{1,40}$/.test(key) ? { key } : {});

/** @param before the level the issue has now: lowering it needs a reason, unless it was given before */
export function toChanges(draft: IssueDraft, before: Pick<StoredIssue, 'markedLevel' | 'loweredTo'>): IssueFormReading {
  const faults: FormFault[] = [];
  const fault = (field: string, message: string): null => {
    faults.push({ field, message });
    return null;
  };
  const line = (field: string, value: string, what: string): string | null => {
    const trimmed = value.replace(/\s+/gu, ' ').trim();
    if (trimmed.length > longestText) return fault(field, `“${what}”超过${longestText}个字，请缩短。`);
    return trimmed === '' ? null : trimmed;
  };
  const whole = (field: string, value: string, what: string): number | null => {
    const digits = value.normalize('NFKC').trim();
    if (digits === '') return null;
    return /^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : fault(field, `“${what}”请填写1到999999之间的整数。`);
  };

  const number = whole('number', draft.number, '期号');
  const serialNumber = whole('serialNumber', draft.serialNumber, '总期号');
  const issuedOn = draft.issuedOn.trim() === '' ? null : parseIsoDate(draft.issuedOn);
  if (issuedOn === null && draft.issuedOn.trim() !== '') fault('issuedOn', '日期不存在，请按 2026-11-23 的格式填写。');
  const level = secrecyLevels.find((known) => known === draft.level);
  if (level === undefined) fault('level', '请选择密级。');
  const urgency = urgencies.find((known) => known === draft.urgency);
  if (urgency === undefined) fault('urgency', '请选择紧急程度。');
  const levelReason = draft.levelReason.trim();
  const marked = { level: before.markedLevel, loweredTo: before.loweredTo };
  if (level !== undefined && wantsReason(marked, level) && levelReason === '') {
    fault('levelReason', `密级由“${secrecyText[marked.level]}”降为“${secrecyText[level]}”，请写明理由。`);
  }
  if (draft.scope.length > longestScope)
    fault('scope', `发送范围超过${longestScope}个字，请把名单登记成分组，再写分组的名称。`);
  const { labels } = readScopeText(draft.scope.slice(0, longestScope));
  const scope = labels.map(({ label }) => label);
  const longLabel = scope.find((label) => label.length > longestText);
  if (longLabel !== undefined) fault('scope', `发送范围“${longLabel.slice(0, 20)}…”太长，请每行只写一个名称。`);

  const sections = draft.sections.map((section, s) => ({
    name: line(`sections.${s}.name`, section.name, '栏目名称'),
    items: section.items.map((item, i) => {
      const place = `sections.${s}.items.${i}`;
      const body = paragraphs(item.body);
      if (body.length > longestBody) fault(`${place}.body`, `正文超过${longestBody}个字，请分成几条。`);
      return {
        headline: line(`${place}.headline`, item.headline, '标题'),
        body,
        unitName: line(`${place}.unitName`, item.unitName, '报送单位'),
        author: line(`${place}.author`, item.author, '作者'),
      };
    }),
  }));
  const rest = {
    issuer: line('issuer', draft.issuer, '编发单位'),
    editorName: line('editorName', draft.editorName, '责任编辑'),
    reviewerName: line('reviewerName', draft.reviewerName, '审核'),
    approverName: line('approverName', draft.approverName, '签发'),
  };

  const revision = Number(draft.revision);
  if (!Number.isInteger(revision) || revision < 1 || revision > largestInteger)
    fault('number', '表单不完整，请重新打开编辑页。');
  if (faults.length > 0 || level === undefined || urgency === undefined) return { ok: false, faults };
  const changes = {
    number,
    serialNumber,
    issuedOn,
    level,
    urgency: urgency satisfies Urgency,
    scope,
    addressing: labels.map(({ addressing }) => addressing),
    sections,
    ...rest,
  };
  return { ok: true, revision, changes: levelReason === '' ? changes : { ...changes, levelReason } };
}

/** One paragraph a line. The blanks that indent a pasted one are layout, which every rendering makes itself. */
function paragraphs(body: string): string {
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

export const blankItem = (): ItemDraft => ({ headline: '', unitName: '', author: '', body: '' });

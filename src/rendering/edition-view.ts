import { chineseDate } from '../domain/calendar.js';
import { correctionMark, type EditionContent, type EditionItem, issueNumberText } from '../domain/issue/edition.js';
import { clipCharacters } from '../domain/sending/message-text.js';
import { addressingText, scopeRuns } from '../domain/scope/scope-text.js';
import { secrecyText } from '../domain/issue/secrecy.js';
import { urgencyText } from '../domain/urgency.js';
import { withoutEnd } from '../domain/text/text-end.js';

/** The edition in the words that mail, cards and print share. */
export interface EditionView {
  /** 演练. */
  trial: boolean;
  publication: string;
  /** 第14期, or 第14期（更正） */
  number: string;
  /** （总第214期）, or empty. */
  serial: string;
  /** 2025年4月3日, or empty before a date is set. */
  date: string;
  issuer: string;
  /** What a correction takes the place of and why; empty for a first text. */
  correction: string;
  /** Top left of the head: 内部, 特急. A public issue of normal urgency has none. */
  marks: string[];
  contents: { position: number; headline: string; unit: string }[];
  sections: { name: string; items: ItemView[] }[];
  /** 本期发 with everybody, or 报, 送 and 发 with theirs, a line for each. */
  distribution: { label: string; groups: string }[];
  signers: { label: string; name: string }[];
}

export interface ItemView {
  headline: string;
  paragraphs: string[];
  /** （自然资源局）, or empty. */
  attribution: string;
}

export function editionView(edition: EditionContent): EditionView {
  const items = edition.sections.flatMap((section) => section.items);
  return {
    trial: edition.trial === true,
    publication: oneLine(edition.publication),
    number: `${issueNumberText(edition.number)}${correctionMark(edition.correction?.times ?? 0)}`,
    correction: correctionText(edition),
    serial: edition.serialNumber === null ? '' : `（总第${edition.serialNumber}期）`,
    date: edition.date === null ? '' : chineseDate(edition.date),
    issuer: oneLine(edition.issuer ?? ''),
    marks: marksOf(edition),
    contents: items.map((item, index) => ({
      position: index + 1,
      headline: headlineOf(item),
      unit: oneLine(item.unitName ?? ''),
    })),
    sections: edition.sections.map(({ name, items: own }) => ({ name: oneLine(name ?? ''), items: own.map(itemView) })),
    distribution: scopeRuns(edition.scope, edition.addressing).map(({ addressing, labels }) => ({
      label: addressing === null ? edition.scopeLabel || '本期发' : addressingText[addressing],
      groups: labels.map(oneLine).join('，'),
    })),
    signers: [
      { label: '责任编辑', name: oneLine(edition.editorName ?? '') },
      { label: '审核', name: oneLine(edition.reviewerName ?? '') },
      { label: '签发', name: oneLine(edition.approverName ?? '') },
    ].filter(({ name }) => name !== ''),
  };
}

/** Headlines in printed order; an item without one is known by the beginning of its text. */
export function headlinesOf(edition: EditionContent): string[] {
  return edition.sections.flatMap(({ items }) => items.map(headlineOf));
}

function correctionText({ correction, number }: EditionContent): string {
  if (correction === undefined) return '';
  const note = withoutEnd(oneLine(correction.note), '。.');
  return `本件更正并取代先前发出、现已撤回的${issueNumberText(number)}，请以本件为准。${note === '' ? '' : `更正说明：${note}。`}`;
}

function marksOf({ level, urgency }: EditionContent): string[] {
  return [...(level === 'public' ? [] : [secrecyText[level]]), ...(urgency === 'normal' ? [] : [urgencyText[urgency]])];
}

function itemView(item: EditionItem): ItemView {
  const source = [item.unitName, item.author].map((part) => oneLine(part ?? '')).filter(Boolean);
  return {
    headline: oneLine(item.headline ?? ''),
    paragraphs: item.body.split('\n').map(oneLine).filter(Boolean),
    attribution: source.length > 0 ? `（${source.join(' ')}）` : '',
  };
}

function headlineOf({ headline, body }: EditionItem): string {
  return oneLine(headline ?? '') || clipCharacters(oneLine(body), 24);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

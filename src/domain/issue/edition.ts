import type { Addressing } from '../scope/scope-text.js';
import type { SecrecyLevel } from './secrecy.js';
import type { Urgency } from '../urgency.js';

/** 定稿: what sign-off freezes of an issue and every rendition is made from. */

export interface EditionItem {
  headline: string | null;
  /** Paragraphs separated by '\n', without the bracket that names the contributing unit. */
  body: string;
  unitName: string | null;
  author: string | null;
}

export interface EditionSection {
  name: string | null;
  items: EditionItem[];
}

export interface EditionContent {
  publication: string;
  /** `editionTitle` of the same content, frozen with it. */
  title: string;
  /** 期号; null only before sign-off, in previews. */
  number: number | null;
  year: number;
  /** 总期号. */
  serialNumber: number | null;
  /** Civil date yyyy-mm-dd; null only before sign-off, in previews. */
  date: string | null;
  issuer: string | null;
  sections: EditionSection[];
  /** One scope label per element, in printed order. */
  scope: string[];
  /** 报, 送 or 发, one for each label; absent where none is printed. */
  addressing?: (Addressing | null)[];
  /** As printed before the scope: 本期发. */
  scopeLabel: string | null;
  editorName: string | null;
  reviewerName: string | null;
  approverName: string | null;
  level: SecrecyLevel;
  urgency: Urgency;
  /** 更正 of a withdrawn text under the same number; absent from a first text. */
  correction?: { times: number; note: string };
  /** 演练: signed off on trial; absent otherwise. */
  trial?: true;
}

/** 第14期; a blank for a number that is not taken yet. */
export function issueNumberText(number: number | null): string {
  return `第${number ?? '　'}期`;
}

/** （更正）, （再次更正）, （第3次更正）; empty for a first text. */
export function correctionMark(times: number): string {
  if (times <= 0) return '';
  return times === 1 ? '（更正）' : times === 2 ? '（再次更正）' : `（第${times}次更正）`;
}

/** 延津政务快报第14期, of a correction 延津政务快报第14期（更正） */
export function editionTitle(edition: Pick<EditionContent, 'publication' | 'number' | 'correction'>): string {
  return `${edition.publication}${issueNumberText(edition.number)}${correctionMark(edition.correction?.times ?? 0)}`;
}

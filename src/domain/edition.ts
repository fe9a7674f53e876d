import type { SecrecyLevel } from './secrecy.js';
import type { Urgency } from './urgency.js';

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
  /** As printed before the scope: 本期发. */
  scopeLabel: string | null;
  editorName: string | null;
  reviewerName: string | null;
  approverName: string | null;
  level: SecrecyLevel;
  urgency: Urgency;
}

/** 第14期; a blank for a number that is not taken yet. */
export function issueNumberText(number: number | null): string {
  return `第${number ?? '　'}期`;
}

/** 延津政务快报第14期 */
export function editionTitle(edition: Pick<EditionContent, 'publication' | 'number'>): string {
  return `${edition.publication}${issueNumberText(edition.number)}`;
}

import type { SourceLine } from './lines.js';
import type { Original } from './original.js';
import type { Pin } from './pins.js';

/** What a bulletin file is read into. Every value is what the text says; nothing is looked up in a dictionary here. */

/** `line` is 1-based in the original text; `message` is Chinese, for the person who imports. */
export interface BulletinWarning {
  line: number;
  code: string;
  message: string;
}

/** `body`: paragraphs separated by '\n', page breaks joined, the attribution bracket removed. */
export interface BulletinItem {
  headline: string | null;
  body: string;
  unit: string | null;
  author: string | null;
}

export interface BulletinSection {
  name: string | null;
  items: BulletinItem[];
}

export type TextEncoding = 'utf-8' | 'gb18030';

export interface BulletinExtra {
  year: number | null;
  docNumber: string | null;
  copies: number | null;
  copyNumber: string | null;
  distributionLabel: string | null;
  distributionByVerb: Record<string, string[]>;
  proofreader: string | null;
  encoding: TextEncoding;
}

/**
 * A fact that is not sure. `fact` is its place in the JSON form, such as `date` or `sections.0.items.2.headline`; `confidence`
 * lies between 0 and 1; `alternative` is the reading that came second, null where that is no reading at all.
 */
export interface Doubt {
  fact: string;
  line: number;
  confidence: number;
  value: string | null;
  alternative: string | null;
  /** Of the warning that says it. */
  code: string;
  /** What takes the second reading. */
  pin: Pin;
}

/** `date` is ISO yyyy-mm-dd; `classification` is the mark as found, such as '内部资料 注意保存'. */
export interface Bulletin {
  title: string | null;
  series: string | null;
  issueNumber: number | null;
  totalNumber: number | null;
  date: string | null;
  issuer: string | null;
  sections: BulletinSection[];
  distribution: string[];
  editor: string | null;
  reviewer: string | null;
  approver: string | null;
  classification: string | null;
  urgency: '特急' | '加急' | null;
  warnings: BulletinWarning[];
  doubts: Doubt[];
  extra: BulletinExtra;
}

export type SecretLevel = '秘密' | '机密' | '绝密';

/**
 * `text` is the decoded original with '\n' line ends, `original` what each of its lines was read as, `lines` what was judged: the
 * lines without what a page printed around them. A classified file gives its
 * level and nothing of its content.
 */
export type ParseResult =
  | { kind: 'bulletin'; bulletin: Bulletin; text: string; original: Original; lines: readonly SourceLine[] }
  | { kind: 'notBulletin'; reason: string; warnings: BulletinWarning[] }
  | { kind: 'classified'; level: SecretLevel };

import type { EditionContent } from '../../domain/issue/edition.js';
import { editionView, type EditionView } from '../edition-view.js';
import { copyNumberText } from '../slots.js';

export interface PrintOptions {
  /** yyyy-mm-dd, for an issue that has no date yet. */
  today: string;
  /** Marks each page 草稿. */
  draft?: boolean;
  /** 份号 of one person's copy. */
  copyNumber?: number;
  /** 共印N份, where the paper says it. */
  copies?: number | null;
}

/** What templates/print/paper.typ reads of any printed matter. */
export interface PaperData {
  title: string;
  issuer: string;
  /** The date in the file's properties: nothing in it is of the moment it was made. */
  day: { year: number; month: number; day: number };
  draft: boolean;
}

/** What templates/print/issue.typ reads. */
export interface IssueData
  extends
    PaperData,
    Pick<
      EditionView,
      'publication' | 'number' | 'serial' | 'date' | 'correction' | 'marks' | 'distribution' | 'signers'
    > {
  copyNumber: string;
  /** Whether 本期要目 is printed. */
  contents: boolean;
  /** `paragraphs` without the `last` one, which ends with the contributing unit: （自然资源局） */
  sections: { name: string; items: { headline: string; paragraphs: Paragraph[]; last: string; unit: string }[] }[];
  copies: string;
}

interface Paragraph {
  text: string;
  /** 1 for 一、…, 2 for （一）… where it is a title of what follows, 0 for running text (GB/T 9704-2012, 7.3.3). */
  level: 0 | 1 | 2;
}

/** From so many items on the paper has a list of contents: the eight of a usual issue are seen by turning two leaves. */
const contentsFrom = 10;

/** The edition as it is printed. The same edition and options give the same data, and these the same file. */
export function issueData(edition: EditionContent, options: PrintOptions): IssueData {
  const view = editionView(edition);
  const { publication, number, serial, date, correction, marks, distribution, signers } = view;
  return printable({
    title: edition.title,
    issuer: view.issuer,
    day: dayOf(edition.date ?? options.today),
    draft: options.draft ?? false,
    ...{ publication, number, serial, date, correction, marks, distribution, signers },
    copyNumber: options.copyNumber === undefined ? '' : copyNumberText(options.copyNumber),
    contents: view.contents.length >= contentsFrom,
    sections: view.sections.map(({ name, items }) => ({
      name,
      items: items.map(({ headline, paragraphs, attribution }) => ({
        headline,
        paragraphs: paragraphs.slice(0, -1).map((text) => ({ text, level: levelOf(text) })),
        last: paragraphs.at(-1) ?? '',
        unit: attribution,
      })),
    })),
    copies: options.copies ? `共印${options.copies}份` : '',
  });
}

/** Longer, or with a stop in it, it is a sentence that bears a number. */
const longestTitle = 40;

function levelOf(text: string): Paragraph['level'] {
  if ([...text].length > longestTitle || /[。；：，:;]|[！？]$/u.test(text)) return 0;
  if (/^[一二三四五六七八九十]+、/u.test(text)) return 1;
  return /^[（(][一二三四五六七八九十]+[）)]/u.test(text) ? 2 : 0;
}

export function dayOf(date: string): PaperData['day'] {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return { year, month, day };
}

/** Signs that no printer has: controls, signs that only steer how others are shown, private ones, halves of characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;

/** The value without unprintable signs in any of its texts. */
export function printable<T>(value: T): T {
  const clean = (_key: string, member: unknown) =>
    typeof member === 'string' ? member.replace(unprintable, '') : member;
  return JSON.parse(JSON.stringify(value), clean) as T;
}

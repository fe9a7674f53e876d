import { chineseDateTime } from '../domain/calendar.js';
import type { EditionContent } from '../domain/issue/edition.js';
import { readerMayKeepFile } from '../domain/issue/secrecy.js';
import { acknowledgeViaText } from '../domain/reading/reading.js';
import { type EditionView, editionView, type ItemView } from '../rendering/edition-view.js';
import { addressForm, copyNumberText } from '../rendering/slots.js';
import type { ReaderView } from './reading.service.js';

/** The reading page: the issue in one column, with whose copy it is and whether it is acknowledged. */
export interface ReaderPageView {
  token: string;
  title: string;
  edition: Omit<EditionView, 'sections'>;
  /** Items are numbered through the issue, as in the list of contents. */
  sections: readonly { name: string; items: readonly (ItemView & { position: number })[] }[];
  copyNumber: string;
  addressee: string;
  asksAcknowledgement: boolean;
  /** Null until acknowledged. */
  acknowledged: { time: string; note: string } | null;
  /** Repeated behind the text of a work secret: whose copy it is. Empty for other classes. */
  watermark: readonly string[];
  /** There is a file of it to keep. */
  mayKeepFile: boolean;
  /** False once opened or acknowledged: the page then has nothing to report. */
  reportsOpening: boolean;
}

const watermarks = 60;

export function readerPageView(view: ReaderView, text: EditionContent): ReaderPageView {
  const copyNumber = copyNumberText(view.copyNumber);
  const { sections, ...edition } = editionView(text);
  let position = 0;
  return {
    token: view.token,
    title: text.title,
    edition,
    sections: sections.map(({ name, items }) => ({
      name,
      items: items.map((item) => ({ ...item, position: (position += 1) })),
    })),
    copyNumber,
    addressee: addressee(view),
    asksAcknowledgement: view.asksAcknowledgement,
    acknowledged: acknowledged(view),
    watermark:
      view.level === 'workSecret' ? Array.from({ length: watermarks }, () => `${view.personName} ${copyNumber}`) : [],
    mayKeepFile: readerMayKeepFile(view.level),
    reportsOpening: view.reading === 'unread',
  };
}

/** As the messages address him: 县委书记赵甲同志, the unit left out where the title names its level already. */
export function addressee({ unitName, postTitle, personName, acting }: ReaderView): string {
  return `${addressForm({ name: personName, postTitle, unitName })}${acting ? '（代理）' : ''}`;
}

function acknowledged({ acknowledgedAt, acknowledgedVia, onBehalfBy }: ReaderView): ReaderPageView['acknowledged'] {
  if (acknowledgedAt === null) return null;
  const via = acknowledgedVia === null ? '' : acknowledgeViaText[acknowledgedVia];
  const note = onBehalfBy === null ? '' : `由${onBehalfBy}代签收${via === '' ? '' : `（${via}）`}`;
  return { time: chineseDateTime(acknowledgedAt), note };
}

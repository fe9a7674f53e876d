import type { EditionContent } from '../domain/issue/edition.js';
import { digestLine } from '../domain/sending/message-text.js';
import { withoutEnd } from '../domain/text/text-end.js';
import { editionView, type EditionView, headlinesOf, type ItemView } from './edition-view.js';
import type { EmailContent } from './message.js';
import type { TemplateSet } from './message-templates.js';
import { slots } from './slots.js';
import { actOf, type Occasion, wordingOf } from './wording.js';
import { wrapText } from './wrap-text.js';

/** Columns of the plain-text twin: 38 Chinese characters. */
export const columns = 76;
/** Two ideographic spaces. */
export const indent = '\u3000\u3000';

export interface MailOffice {
  officeName: string;
  /** The mail says that it comes from a demonstration. */
  sandbox: boolean;
  /** Somebody reads what is answered. */
  takesReplies: boolean;
}

/** What every mail ends with. */
export const closingOf = ({ takesReplies }: Pick<MailOffice, 'takesReplies'>): string =>
  takesReplies ? '本邮件由系统自动发出；如有疑问，可直接回复本邮件。' : '本邮件由系统自动发出，请勿直接回复。';

export function composeEmail(
  edition: EditionContent,
  occasion: Occasion,
  office: MailOffice,
  templates: TemplateSet,
): EmailContent {
  const form = emailForm(occasion);
  const view = mailView(edition, occasion, office);
  return {
    kind: 'email',
    subject: view.title,
    html: templates.render(`${form}.html`, view),
    text: tidy(templates.render(`${form}.txt`, { ...view, ...wrapped(view) })),
    unsubscribe: occasion.subscriber ? slots.unsubscribe : undefined,
  };
}

/** A reminder never repeats the whole text. */
export function emailForm({ carry, purpose }: Occasion): 'full' | 'notice' | 'withdrawal' {
  if (purpose === 'withdrawal') return 'withdrawal';
  return carry === 'fullText' && purpose !== 'reminder' ? 'full' : 'notice';
}

interface MailView extends EditionView {
  title: string;
  sentences: string[];
  /**
   * What clients show beside the subject: the first line, where it says more than what follows. It is to be seen, for filters
   * take hidden text for a trick.
   */
  preview: string;
  closing: string;
  copyNumber: string;
  address: string;
  link: string;
  /** What the button says. */
  action: string;
  /** Empty for a post, which cannot leave the list. */
  unsubscribe: string;
  officeName: string;
  sandbox: boolean;
  /** Pixels, so that a long name keeps to one line on a phone. */
  nameSize: number;
}

/** Leaves out what the carry forbids, so that no template can show it. */
function mailView(edition: EditionContent, occasion: Occasion, office: MailOffice): MailView {
  const whole = editionView(edition);
  const { carry, purpose } = occasion;
  const named = carry !== 'neutralNotice';
  const detailed = (carry === 'fullText' || carry === 'digest') && purpose !== 'withdrawal';
  const inFull = carry === 'fullText' && purpose !== 'withdrawal';
  const view: EditionView = {
    trial: whole.trial,
    publication: named ? whole.publication : '待阅通知',
    number: named ? whole.number : '',
    serial: named ? whole.serial : '',
    date: named ? whole.date : '',
    correction: named && purpose !== 'withdrawal' ? noteOf(whole.correction, carry) : '',
    issuer: named ? whole.issuer : '',
    marks: named ? whole.marks : [],
    contents: detailed ? whole.contents : [],
    sections: inFull ? whole.sections : [],
    distribution: inFull ? whole.distribution : [],
    signers: inFull ? whole.signers : [],
  };
  const wording = wordingOf({ ...whole, urgency: edition.urgency }, occasion, office.officeName);
  return {
    ...view,
    ...wording,
    preview: detailed ? digestLine(headlinesOf(edition), 60) : '',
    closing: closingOf(office),
    copyNumber: named ? slots.copyNumber : '',
    address: slots.address,
    link: slots.link,
    action: actOf(occasion),
    unsubscribe: occasion.subscriber ? slots.unsubscribe : '',
    ...office,
    nameSize: nameSize(view.publication),
  };
}

/** What was wrong is part of the text: where the text may not go, only that this takes its place. */
function noteOf(correction: string, carry: Occasion['carry']): string {
  return carry === 'fullText' ? correction : correction.replace(/更正说明：.*$/u, '');
}

function nameSize(publication: string): number {
  const length = [...publication].length;
  if (length <= 6) return 44;
  if (length <= 8) return 36;
  return length <= 12 ? 27 : 24;
}

/** The parts of the view that are running text, broken into lines. Headlines stay whole, so that a search finds them. */
function wrapped(view: MailView): Pick<MailView, 'sentences' | 'sections'> & { distributionLine: string } {
  return {
    sentences: view.sentences.map((sentence) => wrapText(`${indent}${sentence}`, columns)),
    sections: view.sections.map(({ name, items }) => ({ name, items: items.map(wrappedItem) })),
    distributionLine: view.distribution
      .map(({ label, groups }) => wrapText(`${label}：${groups}。`, columns))
      .join('\n'),
  };
}

function wrappedItem({ headline, paragraphs, attribution }: ItemView): ItemView {
  const last = paragraphs.length - 1;
  const lines = paragraphs.map((text, i) => wrapText(`${indent}${text}${i === last ? attribution : ''}`, columns));
  return { headline, paragraphs: lines, attribution: last < 0 ? attribution : '' };
}

/** Absent parts of a template leave blank lines behind. */
export function tidy(text: string): string {
  return `${text
    .split('\n')
    .map((line) => withoutEnd(line, ' \t'))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

import type { EditionContent } from '../domain/issue/edition.js';
import { editionView, headlinesOf } from './edition-view.js';
import { closingOf, columns, indent, type MailOffice, tidy } from './email.js';
import type { EmailContent } from './message.js';
import type { TemplateSet } from './message-templates.js';
import { addressForm, copyNumberText, type Personal } from './slots.js';
import { actOf, type SentCarry, wordingOf } from './wording.js';
import { wrapText } from './wrap-text.js';

/** One issue in a digest, as the person gets it. */
export interface DigestPart {
  edition: EditionContent;
  carry: SentCarry;
  personal: Pick<Personal, 'copyNumber' | 'link' | 'unsubscribe'>;
}

/** Headlines shown of one issue; the page has them all. */
const HEADLINES = 8;

interface ItemOfDigest {
  title: string;
  marks: string[];
  headlines: string[];
  more: string;
  copyNumber: string;
  link: string;
  action: string;
  unsubscribe: string;
}

/** 每日汇总: one mail that lists several issues, each with the person's own link; the text itself is behind the link. */
export function composeDigest(
  parts: readonly DigestPart[],
  person: Pick<Personal, 'name' | 'postTitle' | 'unitName'>,
  office: MailOffice,
  templates: TemplateSet,
): EmailContent {
  const items = parts.map((part) => itemOf(part, office.officeName));
  const asksAcknowledgement = items.some(({ unsubscribe }) => unsubscribe === '');
  const title = titleOf(parts, items);
  const sentences = [
    `现将近日印发的${items.length}期一并送您，请您逐期${actOf({ subscriber: !asksAcknowledgement })}。`,
    '您选择了每日汇总；如需每期单独接收，请在阅读页的“接收偏好”中修改。',
  ];
  // One press can end one subscription only.
  const ends = [...new Set(items.map(({ unsubscribe }) => unsubscribe))];
  const unsubscribe = ends.length === 1 ? ends[0]! : '';
  const view = {
    title,
    preview: '',
    closing: closingOf(office),
    address: addressForm(person),
    sentences,
    items: items.map((item) => ({ ...item, unsubscribe: unsubscribe === '' ? item.unsubscribe : '' })),
    unsubscribe,
    officeName: office.officeName,
    sandbox: office.sandbox,
  };
  const wrapped = sentences.map((sentence) => wrapText(`${indent}${sentence}`, columns));
  return {
    kind: 'email',
    subject: title,
    html: templates.render('digest.html', view),
    text: tidy(templates.render('digest.txt', { ...view, sentences: wrapped })),
    unsubscribe: unsubscribe || undefined,
  };
}

/** Leaves out what the carry forbids. */
function itemOf({ edition, carry, personal }: DigestPart, officeName: string): ItemOfDigest {
  const whole = editionView(edition);
  const subscriber = personal.unsubscribe !== undefined;
  const occasion = { carry, purpose: 'initial', round: 0, subscriber } as const;
  const headlines = carry === 'fullText' || carry === 'digest' ? headlinesOf(edition) : [];
  const named = carry !== 'neutralNotice';
  return {
    title: wordingOf({ ...whole, urgency: edition.urgency }, occasion, officeName).title,
    marks: named ? whole.marks : [],
    headlines: headlines.slice(0, HEADLINES),
    more: headlines.length > HEADLINES ? `等${headlines.length}条` : '',
    copyNumber: named ? copyNumberText(personal.copyNumber) : '',
    link: personal.link,
    action: actOf({ subscriber }),
    unsubscribe: personal.unsubscribe ?? '',
  };
}

/** Named after an issue that may be named. */
function titleOf(parts: readonly DigestPart[], items: readonly ItemOfDigest[]): string {
  const named = items[parts.findIndex(({ carry }) => carry !== 'neutralNotice')];
  return named ? `每日汇总：${named.title}等${items.length}期` : `每日汇总：${items.length}份新件待阅`;
}

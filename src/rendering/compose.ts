import type { ChannelKind } from '../domain/delivery.js';
import type { EditionContent } from '../domain/issue/edition.js';
import { type Carry, mayCarryAtMost, type SecrecyLevel } from '../domain/issue/secrecy.js';
import { sha256Hex } from '../platform/crypto.js';
import { composeDigest, type DigestPart } from './digest.js';
import { composeEmail, emailForm, type MailOffice } from './email.js';
import type { EmailContent, MessageContent } from './message.js';
import { loadTemplates } from './message-templates.js';
import { composeSms, type SmsAccount, smsTemplateText, withAccount } from './sms.js';
import { type Personal, type Rendition, splitAtSlots, withoutPrivateUse } from './slots.js';
import { markedAsDrill } from './trial-message.js';
import { composeWechat } from './wechat.js';
import { composeWecom, wecomTemplate } from './wecom.js';
import type { Occasion, SentCarry } from './wording.js';

/** Which of an edition's messages is meant. */
export interface RenditionOf extends Omit<Occasion, 'carry'> {
  channel: ChannelKind;
  carry: Carry;
}

export interface Office extends MailOffice, SmsAccount {}

const templates = loadTemplates('message');

/**
 * One message for all copies of the edition, personal parts as slots.
 *
 * @throws Error when the edition's level forbids the channel to carry that much: the plan and the sender ask the gate
 * before, so to come here is a bug
 */
export function compose(edition: EditionContent, what: RenditionOf, office: Office): Rendition {
  const carry = permitted(edition.level, what);
  const content = contentFor(withoutPrivateUse(edition), { ...what, carry }, withoutPrivateUse(office));
  return splitAtSlots(edition.trial ? markedAsDrill(content) : content);
}

function contentFor(
  edition: EditionContent,
  what: Occasion & { channel: ChannelKind },
  office: Office,
): MessageContent {
  switch (what.channel) {
    case 'email':
      return composeEmail(edition, what, office, templates);
    case 'sms':
      return composeSms(edition, what, office);
    case 'wecom':
      return composeWecom(edition, what, office.officeName, templates);
    case 'wechat':
      return composeWechat(edition, what, office.officeName);
  }
}

/** One mail for several editions that one person gets. */
export function composeDigestMail(
  parts: readonly DigestPart[],
  person: Pick<Personal, 'name' | 'postTitle' | 'unitName'>,
  office: Office,
): EmailContent {
  for (const { edition, carry } of parts) permitted(edition.level, { channel: 'email', carry });
  const mail = composeDigest(parts, person, office, templates);
  return parts.some(({ edition }) => edition.trial) ? markedAsDrill(mail) : mail;
}

/** A stored message made ready for filling. */
export function restore(stored: MessageContent, what: RenditionOf, office: Office): Rendition {
  const occasion = { ...what, carry: sent(what.carry) };
  return splitAtSlots(stored.kind === 'sms' ? withAccount(stored, occasion, office) : stored);
}

/** SHA-256 of the template sources that `compose` uses for this message. */
export function templateVersion(what: RenditionOf, office: Office): string {
  const occasion = { ...what, carry: sent(what.carry) };
  switch (what.channel) {
    case 'email': {
      const form = emailForm(occasion);
      return sha256Hex(templates.version(`${form}.html`) + templates.version(`${form}.txt`));
    }
    case 'sms':
      return sha256Hex(smsTemplateText(occasion, office));
    case 'wecom':
      return templates.version(wecomTemplate);
    // Its texts are short enough to stand in the code.
    case 'wechat':
      return sha256Hex('wechat 1');
  }
}

const amount: Record<Carry, number> = { nothing: 0, neutralNotice: 1, notice: 2, digest: 3, fullText: 4 };

/** Whether an address may have more than another of its channel is the sender's to know; this is the bound for all. */
function permitted(level: SecrecyLevel, { channel, carry }: Pick<RenditionOf, 'channel' | 'carry'>): SentCarry {
  if (amount[carry] > amount[mayCarryAtMost(level, channel)])
    throw new Error(`an edition of level ${level} may not carry ${carry} by ${channel}`);
  return sent(carry);
}

function sent(carry: Carry): SentCarry {
  if (carry === 'nothing') throw new Error('a message that carries nothing is not sent');
  return carry;
}

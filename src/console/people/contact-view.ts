import { chineseDate, beijingDate } from '../../domain/calendar.js';
import { contactText } from '../../domain/people/contact-address.js';
import { type ContactFacts, silentDays, troublesOf, troubleText } from '../../domain/people/contact-health.js';
import { channelFacts, offeredChannels } from '../../domain/channel-facts.js';
import type { ChannelKind } from '../../domain/delivery.js';
import type { KeptContact, TroubledContact } from '../../organisation/contact.repository.js';
import type { Tag } from '../tags.js';

/** What is known of an address, the gravest first; a good one says since when. */
export function healthTags(
  contact: ContactFacts & { badReason: string | null },
  now: Date,
): (Tag & { note: string })[] {
  const day = (at: Date): string => chineseDate(beijingDate(at));
  const troubles = troublesOf(contact, now);
  const tags = troubles.map((trouble) => {
    if (trouble === 'bad') {
      return {
        text: troubleText.bad,
        tone: 'bad' as const,
        note: `${day(contact.badSince!)}起：${contact.badReason ?? ''}`,
      };
    }
    if (trouble === 'silent') {
      const note =
        contact.lastDeliveredAt === null ? '从未收到送达证明' : `最近一次送达：${day(contact.lastDeliveredAt)}`;
      return { text: troubleText.silent, tone: 'warn' as const, note: `${note}，已超过${silentDays}天` };
    }
    return { text: troubleText.unverified, tone: 'neutral' as const, note: '没有验证过，也没有送达证明' };
  });
  if (tags.length > 0) return tags;
  const note = [
    contact.verifiedAt === null ? '' : `${day(contact.verifiedAt)}验证`,
    contact.lastDeliveredAt === null ? '' : `最近送达${day(contact.lastDeliveredAt)}`,
  ];
  return [{ text: '正常', tone: 'good', note: note.filter(Boolean).join('，') }];
}

export interface ContactCard {
  kind: ChannelKind;
  label: string;
  id: string | null;
  masked: string;
  bad: boolean;
  /** It can be typed; else its holder binds it himself. */
  typed: boolean;
  tags: readonly (Tag & { note: string })[];
}

/** Those without an address too. */
export function contactCards(
  contacts: readonly KeptContact[],
  configured: readonly ChannelKind[],
  now: Date,
): ContactCard[] {
  const offered = offeredChannels([...configured, ...contacts.map(({ kind }) => kind)]);
  return offered.map((kind) => {
    const contact = contacts.find((one) => one.kind === kind);
    const label = contactText[kind];
    const typed = channelFacts[kind].addressIsTyped;
    if (!contact) return { kind, label, typed, id: null, masked: '', bad: false, tags: [] };
    const { id, masked, badSince } = contact;
    return { kind, label, typed, id, masked, bad: badSince !== null, tags: healthTags(contact, now) };
  });
}

export function troubledRow(contact: TroubledContact, now: Date) {
  const { id, personId, personName, post, masked, kind, badSince } = contact;
  const tags = healthTags(contact, now);
  return { id, personId, name: personName, post, masked, label: contactText[kind], bad: badSince !== null, tags };
}

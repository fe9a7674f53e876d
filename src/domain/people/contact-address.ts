import { byChannel, channelFacts } from '../channel-facts.js';
import type { ChannelKind } from '../delivery.js';
import {
  readMobile,
  readEmail,
  readOpenId,
  readWecom,
  type CellReading,
  maskMobile,
  maskEmail,
  maskId,
} from './address.js';

/** What a contact is called on screens, by its channel. */
export const contactText = byChannel((kind) => channelFacts[kind].contact);

export interface ContactAddress {
  value: string;
  /** What a screen may show, e.g. 154****0001. */
  masked: string;
  /** Only for e-mail. */
  mailDomain: string | null;
}

const read: Record<ChannelKind, (cell: string) => CellReading<string | null>> = {
  sms: readMobile,
  email: readEmail,
  wecom: readWecom,
  wechat: readOpenId,
};
const mask: Record<ChannelKind, (value: string) => string> = {
  sms: maskMobile,
  email: maskEmail,
  wecom: maskId,
  wechat: maskId,
};

/** An address as typed; the fault never repeats it, because sentences land in logs and on other people's screens. */
export function readAddress(kind: ChannelKind, typed: string): ContactAddress | { fault: string } {
  const reading = read[kind](typed);
  if ('fault' in reading) return reading;
  if (reading.value === null) return { fault: `请填写${contactText[kind]}。` };
  const { value } = reading;
  return { value, masked: mask[kind](value), mailDomain: mailDomainOf(kind, value) };
}

/** What stands behind the last @, in small letters; null for other channels. */
export function mailDomainOf(kind: ChannelKind, address: string): string | null {
  const at = address.lastIndexOf('@');
  return kind === 'email' && at >= 0 ? address.slice(at + 1).toLowerCase() : null;
}

/** An issue that went out is withdrawn within days, if ever; longer nobody's former address is kept. */
export const recallDays = 30;

import { channelText } from '../domain/sending/channel-text.js';
import type { ChannelKind, DeliveryPurpose } from '../domain/delivery.js';
import type { EditionContent } from '../domain/issue/edition.js';
import { smsParts } from '../domain/sending/message-text.js';
import type { ScopeEntry } from '../domain/scope/scope.js';
import { type Carry, mayCarryAtMost, secrecyText } from '../domain/issue/secrecy.js';
import { compose, type Office } from './compose.js';
import type { MessageContent } from './message.js';
import { fill } from './slots.js';

export type MessagePreview =
  | {
      content: MessageContent;
      carry: Carry;
      /** Null for channels other than SMS. */
      smsParts: string[] | null;
      titleBytes?: number;
      descriptionBytes?: number;
    }
  /** Chinese sentence why the channel sends nothing. */
  | { gateClosed: string };

export interface PreviewOptions {
  purpose?: DeliveryPurpose;
  round?: number;
  /** Of the e-mail address it would go to. */
  mailDomain?: string | null;
  copyNumber?: number;
}

/**
 * The message as this person would get it, with a link and a code that lead nowhere.
 *
 * @param carry what the gate lets pass to the person's address
 */
export function previewOf(
  edition: EditionContent,
  channel: ChannelKind,
  person: Pick<ScopeEntry, 'name' | 'postTitle' | 'unitName'>,
  office: Office,
  carry: Carry,
  options: PreviewOptions,
): MessagePreview {
  const { purpose = 'initial', copyNumber = 1 } = options;
  if (carry === 'nothing') return { gateClosed: closedText(edition, channel) };
  const round = options.round ?? (purpose === 'initial' ? 0 : 1);
  const personal = { ...person, copyNumber, link: `${office.publicUrl}/r/preview`, code: '0000000000' };
  const content = fill(compose(edition, { channel, carry, purpose, round }, office), personal);
  if (content.kind !== 'wecom')
    return { content, carry, smsParts: content.kind === 'sms' ? smsParts(content.text) : null };
  const [titleBytes, descriptionBytes] = [Buffer.byteLength(content.title), Buffer.byteLength(content.description)];
  return { content, carry, smsParts: null, titleBytes, descriptionBytes };
}

function closedText({ level }: EditionContent, channel: ChannelKind): string {
  const which = mayCarryAtMost(level, channel) !== 'nothing' ? '单位自有邮箱以外的邮箱' : channelText[channel];
  return `按密级“${secrecyText[level]}”，本期不得通过${which}发送。`;
}

import { clipCharacters, clipUtf8 } from '../../domain/sending/message-text.js';
import { sha256Hex } from '../../platform/crypto.js';
import type { WecomContent } from '../../rendering/message.js';

/** The longest the provider compares for. */
export const duplicateWindowSeconds = 14_400;

/** What the button says of itself when it is pressed. */
export const acknowledgeKey = 'ack';

/**
 * Names the card of a delivery; a delivery that is sent to another address has another card. At most 128 of these characters
 * are allowed: digits, letters, `_`, `-` and `@`.
 */
export const taskIdOf = (deliveryId: string, userId: string): string =>
  `${deliveryId}@${sha256Hex(userId.toLowerCase()).slice(0, 8)}`;

/** The delivery that a card is of; null for a card that is none of ours. */
export const deliveryOfTask = (taskId: string): string | null =>
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[0-9a-f]{8}$/.exec(taskId)?.[1] ?? null;

/** Whom a card is for. */
export interface CardAddress {
  agentId: number;
  userId: string;
}

/** What a card shows, as long as the provider takes it. */
export interface CardLook {
  /** Whom it is from; empty where it does not say. */
  source: string;
  title: string;
  text: string;
  buttons: readonly string[];
}

/** @param officeName null where the application does not hear of presses, or nothing is asked of the reader */
export function lookOf(card: WecomContent, officeName: string | null): CardLook {
  if (officeName === null)
    return {
      source: '',
      title: clipUtf8(card.title, 128),
      text: clipUtf8(card.description, 512),
      buttons: [clipCharacters(card.buttonText, 4)],
    };
  return {
    source: clipCharacters(officeName, 13),
    title: clipCharacters(card.title, 36),
    text: clipCharacters(card.description, 160),
    buttons: ['查阅全文', '签收'],
  };
}

/**
 * A card that leads to the reading page, and does nothing else. The provider tells duplicates by the whole request, so nothing in
 * it may change between two tries.
 */
export function textCard({ agentId, userId }: CardAddress, card: WecomContent): string {
  const { title, text, buttons } = lookOf(card, null);
  return JSON.stringify({
    touser: userId,
    msgtype: 'textcard',
    agentid: agentId,
    textcard: { title, description: text, url: card.url, btntxt: buttons[0] },
    ...duplicatesAreDropped,
  });
}

/**
 * A card with a button that acknowledges (template_card of type button_interaction,
 * developer.work.weixin.qq.com/document/path/90236).
 *
 * @param taskId names the card when it is pressed; each is used once in the life of the application
 */
export function buttonCard(
  { agentId, userId }: CardAddress,
  card: WecomContent,
  taskId: string,
  officeName: string,
): string {
  const { source, title, text, buttons } = lookOf(card, officeName);
  return JSON.stringify({
    touser: userId,
    msgtype: 'template_card',
    agentid: agentId,
    template_card: {
      card_type: 'button_interaction',
      source: { desc: source },
      task_id: taskId,
      main_title: { title },
      sub_title_text: text,
      card_action: { type: 1, url: card.url },
      button_list: [
        { type: 1, text: buttons[0], style: 2, url: card.url },
        { type: 0, text: buttons[1], style: 1, key: acknowledgeKey },
      ],
    },
    ...duplicatesAreDropped,
  });
}

/**
 * In place of the button, which cannot be pressed any more (developer.work.weixin.qq.com/document/path/94888).
 *
 * @param code what the answer to the card brought; it works once, for 72 hours
 */
export function redrawnButton({ agentId, userId }: CardAddress, code: string, text: string): string {
  return JSON.stringify({
    userids: [userId],
    agentid: agentId,
    response_code: code,
    button: { replace_name: clipCharacters(text, 10) },
  });
}

/** For how long a card can be redrawn, in milliseconds. */
export const redrawableForMs = 72 * 3_600_000;
/** For how long a message can be taken back, in milliseconds (developer.work.weixin.qq.com/document/path/94867). */
export const recallableForMs = 24 * 3_600_000;

const duplicatesAreDropped = { enable_duplicate_check: 1, duplicate_check_interval: duplicateWindowSeconds };

import type { EmailContent, MessageContent } from './message.js';

/** What differs from one copy's message to the next. */
export interface Personal {
  name: string;
  postTitle: string;
  unitName: string;
  copyNumber: number;
  /** The personal reading link. */
  link: string;
  /** The digits that stand for the link in an SMS. */
  code: string;
  /** The link that ends a subscription; nothing for a post. */
  unsubscribe?: string;
}

/** Private-use characters that hold a personal value's place while a message is composed. */
export const slots = {
  address: '\uE000',
  copyNumber: '\uE001',
  link: '\uE002',
  code: '\uE003',
  unsubscribe: '\uE004',
} as const;

type Values = Readonly<Record<string, string>>;

/** A message composed once for all copies, split at its slots, so that a copy's own costs only joining. */
export interface Rendition {
  /** With the slots still in it: what is stored. */
  readonly slotted: MessageContent;
  readonly join: (plain: Values, html: Values) => MessageContent;
}

/** A text composed once for many: what all share stands at even places, and at odd ones the names of what is personal. */
export interface Filled {
  /** The same array for all copies of one rendition. */
  readonly pieces: readonly string[];
  readonly values: Values;
}

const mailParts = new WeakMap<EmailContent, { html: Filled; text: Filled }>();

/** The texts of a mail in their parts, for who encodes what all copies share only once; undefined when it was not filled. */
export const partsOf = (mail: EmailContent): { html: Filled; text: Filled } | undefined => mailParts.get(mail);

/** The value without private-use characters in any of its texts, so that nothing we did not write passes for a slot. */
export function withoutPrivateUse<T>(value: T): T {
  const clean = (_key: string, member: unknown) =>
    typeof member === 'string' ? member.replace(/\p{Co}/gu, '') : member;
  return JSON.parse(JSON.stringify(value), clean) as T;
}

export function splitAtSlots(slotted: MessageContent): Rendition {
  return { slotted, join: joinOf(slotted) };
}

/** The finished message of one copy. */
export function fill(rendition: Rendition, personal: Personal): MessageContent {
  const plain = {
    [slots.address]: addressForm(personal),
    [slots.copyNumber]: copyNumberText(personal.copyNumber),
    [slots.link]: personal.link,
    [slots.code]: personal.code,
    [slots.unsubscribe]: personal.unsubscribe ?? '',
  };
  const html = Object.fromEntries(Object.entries(plain).map(([slot, value]) => [slot, escapeHtml(value)]));
  return rendition.join(plain, html);
}

/** 份号 has six digits (GB/T 9704). */
export function copyNumberText(copyNumber: number): string {
  return String(copyNumber).padStart(6, '0');
}

/** 县委书记赵甲同志, 县财政局主要负责人王乙同志: the unit is left out where the title names its level already (县…). */
export function addressForm({ name, postTitle, unitName }: Pick<Personal, 'name' | 'postTitle' | 'unitName'>): string {
  const unit = unitName !== '' && postTitle.startsWith(unitName.charAt(0)) ? '' : unitName;
  return `${unit}${postTitle}${name}同志`.replace(/\s+/g, ' ');
}

function joinOf(slotted: MessageContent): Rendition['join'] {
  switch (slotted.kind) {
    case 'email': {
      const { kind, subject, unsubscribe } = slotted;
      const [html, text] = [split(slotted.html), split(slotted.text)];
      const end = unsubscribe === undefined ? null : split(unsubscribe);
      return (plain, escaped) => {
        const mail: EmailContent = {
          kind,
          subject,
          // Put together only for who asks: the e-mail channel works with the parts.
          get html() {
            return join(html, escaped);
          },
          get text() {
            return join(text, plain);
          },
          unsubscribe: end ? join(end, plain) : undefined,
        };
        mailParts.set(mail, { html: { pieces: html, values: escaped }, text: { pieces: text, values: plain } });
        return mail;
      };
    }
    case 'sms': {
      const text = split(slotted.text);
      const params = Object.entries(slotted.params).map(([name, value]) => [name, split(value)] as const);
      return (plain) => ({
        ...slotted,
        params: Object.fromEntries(params.map(([name, pieces]) => [name, join(pieces, plain)])),
        text: join(text, plain),
      });
    }
    case 'wecom': {
      const [description, url] = [split(slotted.description), split(slotted.url)];
      return (plain) => ({ ...slotted, description: join(description, plain), url: join(url, plain) });
    }
    case 'wechat': {
      const [copyNumber, url] = [split(slotted.values.copyNumber), split(slotted.url)];
      return (plain) => ({
        ...slotted,
        values: { ...slotted.values, copyNumber: join(copyNumber, plain) },
        url: join(url, plain),
      });
    }
  }
}

/** Plain pieces at even places, slots at odd ones. */
function split(text: string): readonly string[] {
  return text.split(new RegExp(`([${Object.values(slots).join('')}])`));
}

function join(pieces: readonly string[], values: Values): string {
  return pieces.map((piece, place) => (place % 2 === 0 ? piece : (values[piece] ?? ''))).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

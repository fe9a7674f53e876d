import { channelText } from '../../domain/sending/channel-text.js';
import { offeredChannels } from '../../domain/channel-facts.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';
import { smsParts } from '../../domain/sending/message-text.js';
import { type Carry, carryText } from '../../domain/issue/secrecy.js';
import type { ScopeEntry } from '../../domain/scope/scope.js';
import { type CardLook, lookOf } from '../../channels/wecom/wecom-card.js';
import type { MessageContent } from '../../rendering/message.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { fieldData, readFields, type TemplateField } from '../../domain/sending/wechat-fields.js';
import { address } from '../paging.js';

/** What the renderer says about one channel and person. */
export type Rendered = { content: MessageContent; carry: Carry } | { gateClosed: string };

export interface PreviewView {
  tabs: readonly { href: string; text: string; current: boolean }[];
  people: readonly { id: string; text: string; selected: boolean }[];
  /** There are more than the choice shows: one looks for a name. */
  more: number;
  who: string;
  channel: ChannelKind;
  personId: string;
  carry: string;
  gateClosed: string | null;
  email: { subject: string; text: string; frame: string; bytes: string; attachment: string } | null;
  sms: { text: string; characters: number; parts: readonly string[]; template: string } | null;
  wecom: (CardLook & { titleSize: string; textSize: string }) | null;
  wechat: { fields: readonly { name: string; text: string }[]; set: boolean } | null;
}

export function readChannel(value: string | undefined): ChannelKind {
  return channelKinds.find((kind) => kind === value) ?? 'email';
}

/** A choice longer than that is no choice. */
const peopleShown = 100;

export function previewView(input: {
  issueId: string;
  channel: ChannelKind;
  personId: string;
  entries: readonly ScopeEntry[];
  rendered: Rendered;
  /** Part of a name, a post or a unit that is looked for. */
  who?: string;
  /** The office's name, where a card of this issue has a button that acknowledges. */
  cardFrom?: string | null;
  /** Name of the file that goes with the mail. */
  attachment?: string | null;
  /** Of the official account's template; null where there is no account. */
  template?: { fields: readonly TemplateField[]; now: Date } | null;
}): PreviewView {
  const {
    issueId,
    channel,
    personId,
    entries,
    rendered,
    who = '',
    cardFrom = null,
    attachment = null,
    template = null,
  } = input;
  const named = entries.map((entry) => ({
    id: entry.personId,
    text: `${entry.unitName} ${entry.postTitle} ${entry.name}`,
    selected: entry.personId === personId,
  }));
  const found = named.filter(({ text, selected }) => selected || text.includes(who));
  const people = found.filter(({ selected }, at) => selected || at < peopleShown);
  const content = 'content' in rendered ? rendered.content : null;
  return {
    tabs: offeredChannels([channel, ...(template ? (['wechat'] as const) : [])]).map((kind) => ({
      href: address(`/issues/${issueId}/preview`, { channel: kind, person: personId }),
      text: channelText[kind],
      current: kind === channel,
    })),
    people,
    more: found.length - people.length,
    who,
    channel,
    personId,
    carry: 'carry' in rendered ? carryText[rendered.carry] : '',
    gateClosed: 'gateClosed' in rendered ? rendered.gateClosed : null,
    email: content?.kind === 'email' ? emailView(content, issueId, personId, attachment ?? '') : null,
    sms: content?.kind === 'sms' ? smsView(content) : null,
    wecom: content?.kind === 'wecom' ? wecomView(content, cardFrom) : null,
    wechat: content?.kind === 'wechat' ? wechatView(content, template) : null,
  };
}

function emailView(
  { subject, text, html }: Extract<MessageContent, { kind: 'email' }>,
  issueId: string,
  personId: string,
  attachment: string,
): NonNullable<PreviewView['email']> {
  const kilobytes = Math.ceil(Buffer.byteLength(html, 'utf8') / 1024);
  return {
    subject,
    text,
    frame: address(`/issues/${issueId}/preview/email.html`, { person: personId }),
    bytes: `${kilobytes} KB`,
    attachment,
  };
}

function smsView({ text, templateCode }: Extract<MessageContent, { kind: 'sms' }>): NonNullable<PreviewView['sms']> {
  return { text, characters: text.length, parts: smsParts(text), template: templateCode };
}

/** The vendor counts bytes of a plain card, characters of one with buttons. */
function wecomView(
  card: Extract<MessageContent, { kind: 'wecom' }>,
  cardFrom: string | null,
): NonNullable<PreviewView['wecom']> {
  const look = lookOf(card, cardFrom);
  const size = (text: string, bytes: number, characters: number): string =>
    cardFrom === null ? `${Buffer.byteLength(text, 'utf8')}／${bytes}字节` : `${[...text].length}／${characters}字`;
  return { ...look, titleSize: size(look.title, 128, 36), textSize: size(look.text, 512, 160) };
}

/** Where no template is set, as most have it. */
const usualFields = readFields('thing1=issue,thing2=summary,time3=sent,phrase4=state') as TemplateField[];

function wechatView(
  { values }: Extract<MessageContent, { kind: 'wechat' }>,
  template: { fields: readonly TemplateField[]; now: Date } | null,
): NonNullable<PreviewView['wechat']> {
  const sent = template === null ? '发送的时间' : chineseDateTime(template.now);
  const data = fieldData(template?.fields ?? usualFields, values, sent);
  return {
    fields: Object.entries(data).map(([name, { value }]) => ({ name, text: value })),
    set: template !== null,
  };
}

import { chineseDateTime } from '../../domain/calendar.js';
import { channelText } from '../../domain/sending/channel-text.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { type DeliveryState, deliveryStateText } from '../../domain/sending/delivery-state.js';
import type { BroughtBy, TextHolder } from '../../issues/text-holders.repository.js';

export const holdersPerPage = 100;

export interface HolderRow {
  href: string;
  copyNumber: number;
  unit: string;
  post: string;
  name: string;
  /** `when` is empty where nothing is known of a time. */
  brought: readonly { what: string; when: string }[];
  opened: string;
  acknowledged: string;
  notice: string;
}

export function holderRow(holder: TextHolder): HolderRow {
  return {
    href: `/copies/${holder.copyId}`,
    copyNumber: holder.copyNumber,
    unit: holder.unitName,
    post: holder.postTitle,
    name: holder.personName,
    brought: holder.brought.map(broughtWords),
    opened: holder.openedAt === null ? '' : chineseDateTime(holder.openedAt),
    acknowledged: acknowledgedWords(holder),
    notice: holder.notices.map(({ channel, state }) => `${channelName(channel)}${stateName(state)}`).join('；'),
  };
}

/** 有过原文的人, header first. */
export function holderTable(holders: readonly TextHolder[]): (string | number)[][] {
  const header = ['份号', '单位', '职务', '姓名', '经由', '打开时间', '签收', '撤回通知'];
  const rows = holders
    .map(holderRow)
    .map((row) => [
      row.copyNumber,
      row.unit,
      row.post,
      row.name,
      row.brought.map(({ what, when }) => (when === '' ? what : `${what}，${when}`)).join('；'),
      row.opened,
      row.acknowledged,
      row.notice,
    ]);
  return [header, ...rows];
}

export function holderCounts(holders: readonly TextHolder[]) {
  return {
    people: holders.length,
    certain: holders.filter(({ brought, reading }) => reading !== 'unread' || brought.some(isCertain)).length,
    opened: holders.filter(({ openedAt, reading }) => openedAt !== null || reading === 'opened').length,
    acknowledged: holders.filter(({ reading }) => reading === 'acknowledged').length,
  };
}

const isCertain = ({ state }: BroughtBy): boolean => state === 'sent' || state === 'delivered';

function broughtWords(row: BroughtBy): { what: string; when: string } {
  const at = row.deliveredAt ?? row.sentAt;
  const state = isCertain(row) ? stateName(row.state) : '可能已发出';
  return {
    what: `${channelName(row.channel)} ${row.addressMasked}：${state}`,
    when: at === null ? '' : chineseDateTime(new Date(at)),
  };
}

function acknowledgedWords({ acknowledgedAt, onBehalfBy }: TextHolder): string {
  if (acknowledgedAt === null) return '';
  return `${chineseDateTime(acknowledgedAt)}${onBehalfBy === null ? '' : `（由${onBehalfBy}代签收）`}`;
}

const channelName = (channel: string): string => channelText[channel as ChannelKind] ?? channel;
const stateName = (state: string): string => deliveryStateText[state as DeliveryState] ?? state;

import { channelText } from '../domain/channel-text.js';
import { type ChannelKind, channelKinds } from '../domain/delivery.js';
import type { ListedSeat } from './distribution-list.repository.js';
import { type Paging, paging } from './paging.js';
import { unitKindText } from './unit-kind.js';

export const seatsPerPage = 50;

export interface SeatRow {
  order: number;
  unit: string;
  post: string;
  kind: string;
  /** Null when nobody holds the post. */
  holder: string | null;
  contacts: readonly { channel: string; masked: string; bad: string | null }[];
  groups: string;
  liaison: string;
}

export interface ListView {
  search: string;
  groups: readonly { name: string; people: number }[];
  rows: readonly SeatRow[];
  nothingYet: boolean;
  paging: Paging;
}

export function listView(input: {
  search: string;
  groups: readonly { name: string; people: number }[];
  seats: readonly ListedSeat[];
  page: number;
  total: number;
}): ListView {
  const { search, groups, seats, page, total } = input;
  return {
    search,
    groups: groups.map(({ name, people }) => ({ name, people })),
    rows: seats.map(seatRow),
    nothingYet: search === '' && total === 0,
    paging: paging('/list', { q: search }, page, seatsPerPage, total),
  };
}

function seatRow(seat: ListedSeat): SeatRow {
  const name = seat.personName;
  return {
    order: seat.protocolOrder,
    unit: seat.unitName,
    post: seat.postTitle,
    kind: unitKindText(seat.kind),
    holder: name !== null && seat.acting ? `${name}（代理）` : name,
    contacts: channelKinds.flatMap((kind: ChannelKind) =>
      seat.contacts
        .filter((contact) => contact.kind === kind)
        .map(({ masked, badReason }) => ({
          channel: channelText[kind],
          masked,
          bad: badReason === null ? null : badReason === '' ? '已失效' : badReason,
        })),
    ),
    groups: seat.groups.join('、'),
    liaison: seat.liaison ?? '',
  };
}

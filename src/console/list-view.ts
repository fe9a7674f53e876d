import { channelText } from '../domain/channel-text.js';
import { type ChannelKind, channelKinds } from '../domain/delivery.js';
import { postKindWord } from '../domain/list-words.js';
import type { ListedSeat } from './distribution-list.repository.js';
import { type Paging, paging } from './paging.js';
import { actingWord } from './tenure-view.js';

export const seatsPerPage = 50;

export interface SeatRow {
  postId: string;
  unitId: string;
  order: number;
  unit: string;
  post: string;
  kind: string;
  personId: string | null;
  /** Null when nobody holds the post. */
  holder: string | null;
  contacts: readonly { channel: string; masked: string; bad: string | null }[];
  groups: string;
  liaison: string;
}

export interface ListView {
  search: string;
  /** The day shown, `yyyy-mm-dd`; `past` when it is not today. */
  at: string;
  past: boolean;
  rows: readonly SeatRow[];
  others: readonly { id: string; name: string }[];
  nothingYet: boolean;
  paging: Paging;
}

export function listView(input: {
  search: string;
  at: string;
  today: string;
  seats: readonly ListedSeat[];
  others: readonly { id: string; name: string }[];
  page: number;
  total: number;
}): ListView {
  const { search, at, today, seats, others, page, total } = input;
  const past = at !== today;
  return {
    search,
    at,
    past,
    rows: seats.map(seatRow),
    others,
    nothingYet: search === '' && total === 0 && !past,
    paging: paging('/list', { q: search, at: past ? at : '' }, page, seatsPerPage, total),
  };
}

function seatRow(seat: ListedSeat): SeatRow {
  const name = seat.personName;
  return {
    postId: seat.postId,
    unitId: seat.unitId,
    order: seat.protocolOrder,
    unit: seat.unitName,
    post: seat.postTitle,
    kind: postKindWord(seat.kind),
    personId: seat.personId,
    holder: name !== null && seat.acting ? `${name}（${actingWord(seat.actingKind)}）` : name,
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

import { channelText } from '../../domain/sending/channel-text.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';
import { postKindWord, actingWord } from '../../domain/people/list-words.js';
import type { GroupsOfPosts } from '../../distribution/groups/group-members.service.js';
import type { ListedSeat } from './distribution-list.repository.js';
import { type Paging, paging } from '../paging.js';

export const seatsPerPage = 50;

export interface GroupLink {
  name: string;
  href: string;
}

/** Links to the groups of a post, on the day that is shown. */
export const groupLinks = (groups: GroupsOfPosts, postId: string, on: string | null): GroupLink[] =>
  (groups.get(postId) ?? []).map(({ id, name }) => ({ name, href: `/groups/${id}${on === null ? '' : `?on=${on}`}` }));

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
  /** One of the contacts is no good. */
  troubled: boolean;
  groups: readonly GroupLink[];
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
  groups: GroupsOfPosts;
  others: readonly { id: string; name: string }[];
  page: number;
  total: number;
}): ListView {
  const { search, at, today, seats, groups, others, page, total } = input;
  const past = at !== today;
  return {
    search,
    at,
    past,
    rows: seats.map((seat) => seatRow(seat, groupLinks(groups, seat.postId, past ? at : null))),
    others,
    nothingYet: search === '' && total === 0 && !past,
    paging: paging('/list', { q: search, at: past ? at : '' }, page, seatsPerPage, total),
  };
}

function seatRow(seat: ListedSeat, groups: readonly GroupLink[]): SeatRow {
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
    troubled: seat.contacts.some(({ badReason }) => badReason !== null),
    groups,
    liaison: seat.liaison ?? '',
  };
}

import { chineseDate } from '../calendar.js';
import { postKindText, postLevelText, unitKindText } from '../people/list-words.js';
import { vacant } from '../text/placeholder.js';
import type { RosterColumn } from './roster-header.js';
import { isHolder } from './roster-match.js';
import type { EntryPerson } from './roster-people.js';
import { type AddressKind, addressKinds, type OtherTenure, type RosterEntry, type StoredSeat } from './roster-state.js';

export const changeKinds = ['added', 'changed', 'moved', 'ended', 'renumbered'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface FieldChange {
  field: string;
  from: string;
  to: string;
}

/** One post that an import touches. Addresses appear masked. */
export interface PostChange {
  kind: ChangeKind;
  /** 县政府 副县长（第2席）. */
  post: string;
  name: string;
  /** Line of the file; null for a post that is not in it. */
  row: number | null;
  /** For `moved`: the post the person came from. */
  cameFrom: string | null;
  fields: FieldChange[];
}

const postText = (unit: string, title: string, seat: number): string =>
  `${unit} ${title}${seat > 1 ? `（第${seat}席）` : ''}`;

/** A word of a closed list; what an older list holds beyond it stands as it is. */
const word = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;
const addressText: Readonly<Record<AddressKind, string>> = { sms: '手机', email: '邮箱', wecom: '企业微信' };
const addressColumn: Readonly<Record<AddressKind, RosterColumn>> = { sms: 'mobile', email: 'email', wecom: 'wecom' };

/** The kinds of address a file speaks of: what it has no column for stays as it is. */
export const addressKindsIn = (columns: ReadonlySet<RosterColumn>): AddressKind[] =>
  addressKinds.filter((kind) => columns.has(addressColumn[kind]));

/** Field by field what a row changes in its post; columns the file does not have change nothing. */
export function fieldChanges(
  entry: RosterEntry,
  seat: StoredSeat,
  columns: ReadonlySet<RosterColumn>,
  officers: { from: string; to: string } | undefined,
): FieldChange[] {
  const { holder } = seat;
  const list = (values: readonly string[]) => [...values].sort().join('；');
  const field = (column: RosterColumn, name: string, from: string, to: string): FieldChange[] =>
    columns.has(column) && from !== to ? [{ field: name, from, to }] : [];
  const known = isHolder(entry, seat);
  return [
    ...(known ? [] : field('name', '姓名', holder?.name ?? vacant, entry.name ?? vacant)),
    ...field('order', '序号', String(seat.order), String(entry.order)),
    ...field('groups', '分组', list(seat.groups), list(entry.groups)),
    ...field('kind', '类别', word(postKindText, seat.kind), postKindText[entry.kind]),
    ...(officers ? [{ field: '联络员', ...officers }] : []),
    ...(entry.unitKind === null
      ? []
      : field('unitKind', '单位类别', word(unitKindText, seat.unitKind), unitKindText[entry.unitKind])),
    ...(entry.level === null
      ? []
      : field('level', '层次', word(postLevelText, seat.level), postLevelText[entry.level])),
    ...field('tags', '标签', list(seat.tags), list(entry.tags)),
    ...(entry.name === null ? [] : field('acting', '代理', yesNo(holder?.acting), yesNo(entry.acting))),
    ...(entry.startsOn === null ? [] : field('startsOn', '任职日期', known ? holder!.startsOn : '', entry.startsOn)),
    ...(entry.name === null && holder === null ? [] : addressChanges(entry, seat, columns)),
  ];
}

/** @param number the seat that the row's post has, or gets */
export function postChange(
  entry: RosterEntry,
  seat: StoredSeat | null,
  number: number,
  person: EntryPerson | null,
  fields: FieldChange[],
  keptPlace: boolean,
): PostChange {
  const from = person?.cameFrom ?? null;
  const onlyNumber = keptPlace && fields.length === 1 && fields[0]!.field === '序号';
  const kind: ChangeKind = from ? 'moved' : seat === null ? 'added' : onlyNumber ? 'renumbered' : 'changed';
  return {
    kind,
    post: postText(entry.unit, entry.post, number),
    name: entry.name ?? vacant,
    row: entry.row,
    cameFrom: from ? postText(from.unit, from.title, from.seat) : null,
    fields: keptPlace && !onlyNumber ? fields.filter(({ field }) => field !== '序号') : fields,
  };
}

/** Who was to come, and who serves the post alone, goes with it. */
export function endedPost(
  { unit, title, seat, holder }: StoredSeat,
  others: readonly OtherTenure[],
  officers: readonly { name: string }[],
): PostChange {
  return {
    kind: 'ended',
    post: postText(unit, title, seat),
    name: holder?.name ?? vacant,
    row: null,
    cameFrom: null,
    fields: [
      ...others.map((tenure) => successor(tenure, '取消')),
      ...(officers.length > 0 ? [{ field: '联络员', from: officers.map(({ name }) => name).join('；'), to: '' }] : []),
    ],
  };
}

/** What becomes of a tenure that is planned, or runs beside that of the holder. */
export const successor = ({ name, startsOn }: OtherTenure, to: '取消' | '不变'): FieldChange => ({
  field: '另已排定任职',
  from: `${name}（自${chineseDate(startsOn)}起）`,
  to,
});

const yesNo = (value: boolean | undefined): string => (value === true ? '是' : '否');

function addressChanges(entry: RosterEntry, seat: StoredSeat, columns: ReadonlySet<RosterColumn>): FieldChange[] {
  if (entry.name === null) return [];
  return addressKindsIn(columns).flatMap((kind) => {
    const [before, after] = [seat.holder?.addresses[kind] ?? null, entry.addresses[kind]];
    return before?.hash === after?.hash
      ? []
      : [{ field: addressText[kind], from: before?.masked ?? '', to: after?.masked ?? '' }];
  });
}

/**
 * Rows whose number changed only because others came in or went out before them: those that keep their place in the longest
 * run that stays in order.
 *
 * @param orders numbers before, in the order of the file
 * @returns the indexes that keep their place
 */
export function keepingPlace(orders: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before: number[] = [];
  orders.forEach((order, index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (orders[tails[middle]!]! < order) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at]!) kept.add(at);
  return kept;
}

import type { RosterRow } from '../domain/roster.js';
import type { StoredSeat } from '../organisation/organisation.repository.js';

/** What importing a list would change, for the dry run. Sentences name the post and, for addresses, only that they differ. */
export interface RosterDiff {
  added: string[];
  changed: { who: string; field: string; from: string; to: string }[];
  ended: string[];
  unchanged: number;
}

export const seatKey = (unit: string, title: string, seat: number): string => JSON.stringify([unit, title, seat]);

/** Masked addresses in force and those in the file, by seat; equal look-up hashes mean no change. */
export interface AddressChange {
  field: '手机' | '邮箱' | '企业微信';
  from: string;
  to: string;
}

export function diffRoster(
  stored: readonly StoredSeat[],
  rows: readonly RosterRow[],
  addressChanges: ReadonlyMap<string, readonly AddressChange[]>,
): RosterDiff {
  const before = new Map(stored.map((seat) => [seatKey(seat.unit, seat.title, seat.seat), seat]));
  const diff: RosterDiff = { added: [], changed: [], ended: [], unchanged: 0 };
  const seen = new Set<string>();
  for (const row of rows) {
    const key = seatKey(row.unit, row.post, row.seat);
    seen.add(key);
    const seat = before.get(key);
    const who = `${row.unit} ${row.post}${row.seat > 1 ? `（第${row.seat}席）` : ''}`;
    if (!seat) {
      diff.added.push(`${who} ${row.name}`);
      continue;
    }
    const changes = [
      change('姓名', seat.personName ?? '（空缺）', row.name),
      change('序号', String(seat.protocolOrder), String(row.order)),
      change('分组', [...seat.groups].sort().join('；'), [...row.groups].sort().join('；')),
      change('类别', seat.kind, row.kind),
      change('联络员', seat.liaison ?? '', row.liaison ?? ''),
      ...(addressChanges.get(key) ?? []),
    ].filter((c) => c !== null);
    if (changes.length === 0) diff.unchanged += 1;
    diff.changed.push(...changes.map((c) => ({ who, ...c })));
  }
  for (const seat of stored) {
    if (!seen.has(seatKey(seat.unit, seat.title, seat.seat)))
      diff.ended.push(`${seat.unit} ${seat.title} ${seat.personName ?? '（空缺）'}`);
  }
  return diff;
}

function change(field: string, from: string, to: string): { field: string; from: string; to: string } | null {
  return from === to ? null : { field, from, to };
}

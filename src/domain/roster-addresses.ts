import type { RosterColumn } from './roster-header.js';
import type { RosterMatch } from './roster-match.js';
import type { EntryPerson } from './roster-people.js';
import type { RosterFault } from './roster-row.js';
import { type AddressKind, addressKinds, type RosterEntry, type RosterState, type StoredSeat } from './roster-state.js';

const column: Readonly<Record<AddressKind, RosterColumn>> = { sms: 'mobile', email: 'email', wecom: 'wecom' };
const words: Readonly<Record<AddressKind, string>> = { sms: '手机', email: '邮箱', wecom: '企业微信' };

/**
 * Addresses that somebody has who stays in the list without being in the file. Whoever is in the file gives up what the file
 * does not say of him; whoever leaves hands his number on: numbers of an office stay with the office.
 */
export function takenAddresses(
  match: RosterMatch,
  people: ReadonlyMap<RosterEntry, EntryPerson>,
  state: RosterState,
  gone: readonly StoredSeat[],
): RosterFault[] {
  const inFile = new Set([...people.values()].map(({ personId }) => personId));
  const leaving = new Set(
    [...gone, ...match.pairs.flatMap(({ seat }) => seat ?? [])].flatMap(({ holder }) => holder?.personId ?? []),
  );
  const going = new Set(gone);
  for (const seat of match.unmatched) if (seat.holder && !going.has(seat)) leaving.delete(seat.holder.personId);
  return match.pairs.flatMap(({ entry }) =>
    addressKinds.flatMap((kind) => {
      const owner = state.owners.get(entry.addresses[kind]?.hash ?? '');
      if (!owner || owner.holds === null || inFile.has(owner.personId) || leaving.has(owner.personId)) return [];
      const message = `“${words[kind]}”已登记在${owner.holds}${owner.name}名下，请核对后改正；确已转用的，请先在其资料中删去。`;
      return [{ row: entry.row, column: column[kind], position: null, message }];
    }),
  );
}

import type { RosterColumn } from './roster-header.js';
import type { RosterFault } from './roster-row.js';
import {
  type AddressKind,
  type AddressOwner,
  addressKinds,
  type RosterEntry,
  type StoredSeat,
} from './roster-state.js';
import { isSame } from '../text/same-text.js';

const column: Readonly<Record<AddressKind, RosterColumn>> = { sms: 'mobile', email: 'email', wecom: 'wecom' };
const words: Readonly<Record<AddressKind, string>> = { sms: '手机', email: '邮箱', wecom: '企业微信' };

/**
 * Addresses that somebody has who stays in the list without being in the file. Whoever is in the file gives up what the file
 * does not say of him; whoever leaves hands his number on: numbers of an office stay with the office.
 *
 * @param giving the people of the file, and those who leave
 */
export function takenAddresses(
  { row, addresses }: RosterEntry,
  owners: ReadonlyMap<string, AddressOwner>,
  giving: ReadonlySet<string>,
): RosterFault[] {
  return addressKinds.flatMap((kind) => {
    const owner = owners.get(addresses[kind]?.hash ?? '');
    if (!owner || owner.holds === null || giving.has(owner.personId)) return [];
    const message = `“${words[kind]}”已登记在${owner.holds}${owner.name}名下，请核对后改正；确已转用的，请先在其资料中删去。`;
    return [{ row, column: column[kind], position: null, message }];
  });
}

/** A holder cannot begin before the one before him, nor after the one who is to follow. */
export function startFaults(
  { row, name, startsOn }: RosterEntry,
  seat: StoredSeat | null,
  columns: ReadonlySet<RosterColumn>,
): RosterFault[] {
  const holder = seat?.holder;
  if (!columns.has('startsOn') || startsOn === null || !holder) return [];
  const next = seat.nextStartsOn;
  const early = !(name !== null && isSame(name, holder.name)) && startsOn <= holder.startsOn;
  const late = next !== null && startsOn >= next;
  if (!early && !late) return [];
  const message = early
    ? `任职日期不晚于现任${holder.name}的任职日期${holder.startsOn}，请改正，或先在岗位页面更正前任的任期。`
    : `任职日期不早于已排定的下一任的任职日期${next!}，请改正。`;
  return [{ row, column: 'startsOn', position: null, message }];
}

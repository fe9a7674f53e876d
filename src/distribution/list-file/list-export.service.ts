import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { disarmed } from '../../domain/list-file/formula.js';
import { postKindText, postLevelText, unitKindText } from '../../domain/people/list-words.js';
import { vacant } from '../../domain/text/placeholder.js';
import { noGroup } from '../../domain/list-file/roster-cells.js';
import { columnHeading, type RosterColumn, rosterColumns } from '../../domain/list-file/roster-header.js';
import type { AddressKind, StoredOfficer, StoredSeat } from '../../domain/list-file/roster-state.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Vault } from '../../platform/crypto.js';
import { RosterStateRepository } from './roster-state.repository.js';

/** The list as a file with the columns of the import: what comes out can go in again and changes nothing. */
@Injectable()
export class ListExportService {
  constructor(
    private readonly states: RosterStateRepository,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Heading row and one row for each post open today; cells a spreadsheet would run are disarmed.
   *
   * @param reason why full addresses are needed; null exports them masked, which cannot be imported again
   */
  async table(actor: Actor, reason: string | null): Promise<string[][]> {
    if (reason?.trim() === '') throw new DomainError('list.exportNeedsReason');
    const day = beijingDate(this.clock.now());
    const { seats, officers } = await this.states.whole(day);
    const opened = reason === null ? null : await this.openAddresses(day);
    const addressOf = opened ?? maskedAddress;
    const officersOf = officersBySeat(officers, day, opened);
    await this.audit.recordExport(
      actor.id,
      'list.exported',
      'list',
      { full: reason !== null, reason },
      { rows: seats.length },
    );
    const rows = seats.map((seat) => {
      const cells = cellsOf(seat, addressOf, officersOf(seat));
      return rosterColumns.map((column) => disarmed(cells[column]));
    });
    return [rosterColumns.map(columnHeading), ...rows];
  }

  private async openAddresses(day: string): Promise<AddressOf> {
    const sealed = await this.states.sealedAddresses(day);
    return (person, kind) => {
      const text = sealed.get(`${person?.personId} ${kind}`);
      return text === undefined ? '' : this.vault.open(text);
    };
  }
}

type AddressOf = (holder: StoredSeat['holder'] | StoredOfficer, kind: AddressKind) => string;

const maskedAddress: AddressOf = (person, kind) =>
  (person && 'addresses' in person ? person.addresses[kind] : kind === 'sms' ? person?.mobile : null)?.masked ?? '';

/** As the import reads them: the name, and the number where there is one. A post's own officers come before its unit's. */
function officersBySeat(
  officers: readonly StoredOfficer[],
  day: string,
  opened: AddressOf | null,
): (seat: StoredSeat) => string {
  const texts = new Map<string, string[]>();
  for (const officer of officers) {
    if (officer.startsOn > day) continue;
    const number = (opened ?? maskedAddress)(officer, 'sms');
    const served = officer.postId ?? officer.unitId!;
    texts.set(served, [...(texts.get(served) ?? []), number === '' ? officer.name : `${officer.name}（${number}）`]);
  }
  return ({ postId, unitId }) => (texts.get(postId) ?? texts.get(unitId) ?? []).join('；');
}

const word = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

function cellsOf(seat: StoredSeat, addressOf: AddressOf, officers: string): Record<RosterColumn, string> {
  const { holder } = seat;
  return {
    order: String(seat.order),
    groups: seat.groups.join('；') || noGroup,
    unit: seat.unit,
    post: seat.title,
    name: holder?.name ?? vacant,
    mobile: addressOf(holder, 'sms'),
    email: addressOf(holder, 'email'),
    kind: word(postKindText, seat.kind),
    proxy: officers,
    wecom: addressOf(holder, 'wecom'),
    unitKind: word(unitKindText, seat.unitKind),
    level: word(postLevelText, seat.level),
    tags: seat.tags.join('；'),
    acting: holder?.acting ? '是' : '',
    startsOn: holder?.startsOn ?? '',
  };
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors.js';
import { disarmed } from '../domain/formula.js';
import { postKindText, postLevelText, unitKindText } from '../domain/list-words.js';
import { noGroup, vacant } from '../domain/roster-cells.js';
import { columnHeading, type RosterColumn, rosterColumns } from '../domain/roster-header.js';
import type { AddressKind, StoredSeat } from '../domain/roster-state.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
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
    const { seats } = await this.states.load(day, []);
    const addressOf = reason === null ? maskedAddress : await this.openAddresses(day);
    await this.audit.record(actor.id, 'list.exported', 'list', { rows: seats.length, full: reason !== null, reason });
    const rows = seats.map((seat) => {
      const cells = cellsOf(seat, addressOf);
      return rosterColumns.map((column) => disarmed(cells[column]));
    });
    return [rosterColumns.map(columnHeading), ...rows];
  }

  private async openAddresses(day: string): Promise<AddressOf> {
    const sealed = await this.states.sealedAddresses(day);
    return (seat, kind) => {
      const text = sealed.get(`${seat.holder?.personId} ${kind}`);
      return text === undefined ? '' : this.vault.open(text);
    };
  }
}

type AddressOf = (seat: StoredSeat, kind: AddressKind) => string;

const maskedAddress: AddressOf = (seat, kind) => seat.holder?.addresses[kind]?.masked ?? '';

const word = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

function cellsOf(seat: StoredSeat, addressOf: AddressOf): Record<RosterColumn, string> {
  const { holder } = seat;
  return {
    order: String(seat.order),
    groups: seat.groups.join('；') || noGroup,
    unit: seat.unit,
    post: seat.title,
    name: holder?.name ?? vacant,
    mobile: addressOf(seat, 'sms'),
    email: addressOf(seat, 'email'),
    kind: word(postKindText, seat.kind),
    proxy: seat.liaison ?? '',
    wecom: addressOf(seat, 'wecom'),
    unitKind: word(unitKindText, seat.unitKind),
    level: word(postLevelText, seat.level),
    tags: seat.tags.join('；'),
    acting: holder?.acting ? '是' : '',
    startsOn: holder?.startsOn ?? '',
  };
}

import { Injectable } from '@nestjs/common';
import { parse } from 'csv-parse/sync';
import type { Actor } from '../accounts/actor.js';
import { decodeText } from '../domain/bulletin/decode.js';
import { beijingDate } from '../domain/calendar.js';
import type { ChannelKind } from '../domain/delivery.js';
import { maskEmail, maskId, maskMobile } from '../domain/message-text.js';
import { readRoster, type RosterFault, type RosterRow } from '../domain/roster.js';
import { OrganisationRepository, type StoredSeat } from '../organisation/organisation.repository.js';
import { Audit } from '../platform/audit.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { GroupRepository } from './group.repository.js';
import { type AddressChange, diffRoster, type RosterDiff, seatKey } from './roster-diff.js';

export type RosterPreview = ({ ok: true; rows: number } & RosterDiff) | { ok: false; faults: RosterFault[] };

const addressKinds = [
  { kind: 'sms', field: '手机', of: (row: RosterRow) => row.mobile, mask: maskMobile },
  { kind: 'email', field: '邮箱', of: (row: RosterRow) => row.email, mask: maskEmail },
  { kind: 'wecom', field: '企业微信', of: (row: RosterRow) => row.wecom, mask: maskId },
] as const satisfies readonly {
  kind: ChannelKind;
  field: AddressChange['field'];
  of: (row: RosterRow) => string | null;
  mask: (v: string) => string;
}[];

/** The distribution list as a file: dry run first, then all or nothing. The file is the whole list: a post not in it ends. */
@Injectable()
export class RosterService {
  constructor(
    private readonly database: Database,
    private readonly organisation: OrganisationRepository,
    private readonly groups: GroupRepository,
    private readonly vault: Vault,
    private readonly audit: Audit,
  ) {}

  async preview(bytes: Uint8Array): Promise<RosterPreview> {
    const reading = readFile(bytes);
    if (!reading.ok) return reading;
    const stored = await this.organisation.storedSeats();
    return { ok: true, rows: reading.rows.length, ...(await this.compare(stored, reading.rows)) };
  }

  /** @param effectiveOn the day from which new holders hold and missing posts are closed; the past keeps its names */
  async import(bytes: Uint8Array, actor: Actor, effectiveOn: Date): Promise<RosterPreview> {
    const reading = readFile(bytes);
    if (!reading.ok) return reading;
    const day = new Date(beijingDate(effectiveOn));
    return this.database.transaction(async () => {
      const stored = await this.organisation.storedSeats();
      const diff = await this.compare(stored, reading.rows);
      const before = new Map(stored.map((seat) => [seatKey(seat.unit, seat.title, seat.seat), seat]));
      const groupIds = await this.ensureGroups(reading.rows);
      const inFile = new Set(reading.rows.map((row) => seatKey(row.unit, row.post, row.seat)));
      for (const [key, seat] of before) if (!inFile.has(key)) await this.endSeat(seat, day);
      for (const row of reading.rows)
        await this.applyRow(row, before.get(seatKey(row.unit, row.post, row.seat)), groupIds, day);
      await this.audit.record(actor.id, 'list.imported', 'list', {
        rows: reading.rows.length,
        added: diff.added.length,
        changed: diff.changed.length,
        ended: diff.ended.length,
        effectiveOn: day.toISOString().slice(0, 10),
      });
      return { ok: true, rows: reading.rows.length, ...diff };
    });
  }

  private async applyRow(
    row: RosterRow,
    seat: StoredSeat | undefined,
    groupIds: ReadonlyMap<string, string>,
    day: Date,
  ): Promise<void> {
    const unitId = await this.organisation.ensureUnit(row.unit, row.order);
    const postId = await this.organisation.ensurePost({
      unitId,
      title: row.post,
      seat: row.seat,
      kind: row.kind,
      protocolOrder: row.order,
      liaison: row.liaison,
    });
    await this.groups.setGroupsOf(
      postId,
      row.groups.map((name) => groupIds.get(name)!),
      day,
    );
    let personId = seat?.personName === row.name ? seat.personId : null;
    if (!personId) {
      if (seat?.tenureId) await this.organisation.endTenure(seat.tenureId, day);
      personId = await this.findOrAddPerson(row);
      await this.organisation.beginTenure(postId, personId, day);
    }
    await this.putContacts(personId, row);
  }

  /** Somebody who moves to another post brings his number along: same address and same name is the same person. */
  private async findOrAddPerson(row: RosterRow): Promise<string> {
    const hashes = addressKinds.flatMap(({ kind, of }) => (of(row) ? [this.vault.lookupHash(kind, of(row)!)] : []));
    const known = await this.organisation.peopleByLookupHash(hashes);
    for (const id of new Set(known.values())) {
      if ((await this.organisation.nameOf(id)) === row.name) return id;
    }
    return this.organisation.addPerson(row.name);
  }

  private async putContacts(personId: string, row: RosterRow): Promise<void> {
    const stored = await this.organisation.contactsOf([personId]);
    for (const { kind, of, mask } of addressKinds) {
      const value = of(row);
      const old = stored.find((contact) => contact.kind === kind);
      if (!value) {
        if (old) await this.organisation.removeContact(personId, kind);
        continue;
      }
      const lookupHash = this.vault.lookupHash(kind, value);
      if (old?.lookupHash === lookupHash) continue;
      // The address of a predecessor passes to whoever has it now: numbers of an office stay with the office.
      const owner = (await this.organisation.peopleByLookupHash([lookupHash])).get(lookupHash);
      if (owner && owner !== personId) await this.organisation.removeContact(owner, kind);
      const mailDomain = kind === 'email' ? (value.split('@')[1]?.toLowerCase() ?? null) : null;
      await this.organisation.putContact({
        personId,
        kind,
        ...this.vaultSealed(value),
        lookupHash,
        masked: mask(value),
        mailDomain,
      });
    }
  }

  private vaultSealed(value: string): { sealed: string; keyId: string } {
    return { sealed: this.vault.seal(value), keyId: this.vault.keyId };
  }

  private async endSeat(seat: StoredSeat, day: Date): Promise<void> {
    if (seat.tenureId) await this.organisation.endTenure(seat.tenureId, day);
    await this.organisation.closePost(seat.postId, day);
  }

  private async ensureGroups(rows: readonly RosterRow[]): Promise<Map<string, string>> {
    let order = await this.groups.nextSortOrder();
    const ids = new Map<string, string>();
    for (const name of new Set(rows.flatMap((row) => row.groups)))
      ids.set(name, await this.groups.ensureGroup(name, order++));
    return ids;
  }

  private async compare(stored: readonly StoredSeat[], rows: readonly RosterRow[]): Promise<RosterDiff> {
    const contacts = await this.organisation.contactsOf(stored.flatMap(({ personId }) => personId ?? []));
    const byPerson = new Map<string, typeof contacts>();
    for (const contact of contacts)
      byPerson.set(contact.personId, [...(byPerson.get(contact.personId) ?? []), contact]);
    const seats = new Map(stored.map((seat) => [seatKey(seat.unit, seat.title, seat.seat), seat]));
    const changes = new Map<string, AddressChange[]>();
    for (const row of rows) {
      const key = seatKey(row.unit, row.post, row.seat);
      const mine = byPerson.get(seats.get(key)?.personId ?? '') ?? [];
      const differing = addressKinds.flatMap(({ kind, field, of, mask }) => {
        const value = of(row);
        const old = mine.find((contact) => contact.kind === kind);
        const same = value ? old?.lookupHash === this.vault.lookupHash(kind, value) : !old;
        return same ? [] : [{ field, from: old?.masked ?? '', to: value ? mask(value) : '' }];
      });
      if (differing.length) changes.set(key, differing);
    }
    return diffRoster(stored, rows, changes);
  }
}

function readFile(bytes: Uint8Array): ReturnType<typeof readRoster> {
  try {
    const { text } = decodeText(bytes);
    return readRoster(parse(text, { relax_column_count: true, skip_empty_lines: false }));
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 1;
    return {
      ok: false,
      faults: [{ row: line, column: '', message: '这一行的引号没有配对，无法按 CSV 读取，请改正后重新导入。' }],
    };
  }
}

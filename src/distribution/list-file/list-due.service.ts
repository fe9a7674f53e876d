import { Injectable } from '@nestjs/common';
import { mailDomainOf } from '../../domain/people/contact-address.js';
import { beijingDate } from '../../domain/calendar.js';
import { countDue, type DueWrites } from '../../domain/list-file/roster-due.js';
import { type ContactWrite, noWrites, type RosterWrites } from '../../domain/list-file/roster-writes.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Vault } from '../../platform/crypto.js';
import { Database } from '../../platform/database.js';
import { packLines, unpackLines } from '../../platform/packed-lines.js';
import { ImportTrailRepository } from './import-trail.repository.js';
import { ListDueRepository, type StoredDue } from './list-due.repository.js';
import { ListImportRepository } from './list-import.repository.js';
import { RosterWriteRepository, type SealedContact } from './roster-write.repository.js';

/** 50,000 rows with all they touch, on a small and busy machine. */
const longestMs = 15 * 60_000;

/** Lets imports dated in the future take effect on their day in what the list keeps no dates for. */
@Injectable()
export class ListDueService {
  constructor(
    private readonly database: Database,
    private readonly due: ListDueRepository,
    private readonly imports: ListImportRepository,
    private readonly writes: RosterWriteRepository,
    private readonly trail: ImportTrailRepository,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async keep(importId: string, parts: readonly DueWrites[]): Promise<void> {
    for (const part of parts) {
      const sealed = this.vault.sealBytes(await packLines([part]));
      await this.due.keep(importId, part.on, countDue(part), sealed);
    }
  }

  /** What will have taken effect by a day. */
  async waitingUpTo(day: string): Promise<DueWrites[]> {
    const stored = await this.due.waitingUpTo(day);
    return Promise.all(stored.map((part) => this.open(part)));
  }

  /** All that is due today, in one transaction; nothing else changes the list meanwhile. */
  async apply(): Promise<void> {
    const today = beijingDate(this.clock.now());
    if (!(await this.due.isDue(today))) return;
    await this.database.transaction(async () => {
      await this.writes.lock();
      const last = await this.imports.lastDone();
      for (const stored of await this.due.waitingUpTo(today)) await this.applyOne(stored, last?.id ?? null);
    }, longestMs);
  }

  sealed({ value, personId, kind, hash, masked }: ContactWrite): SealedContact {
    const mailDomain = mailDomainOf(kind, value);
    return { personId, kind, hash, masked, sealed: this.vault.seal(value), keyId: this.vault.keyId, mailDomain };
  }

  /** @param undoable the import whose undo must put this back as well */
  private async applyOne(stored: StoredDue, undoable: string | null): Promise<void> {
    const { id, importId, on } = stored;
    const planned = await this.open(stored);
    const due = await this.stillMeant(planned);
    const touched: RosterWrites = { ...noWrites(), ...touchedBy(due) };
    const recorded = importId === undoable;
    if (recorded) await this.trail.again(importId, touched, on);
    const effective = await this.due.apply(
      due,
      due.newContacts.map((contact) => this.sealed(contact)),
    );
    if (recorded) {
      await this.trail.made(importId, touched, on);
      await this.trail.close(importId);
    }
    const pieces = countDue(planned);
    const skipped = Math.max(0, pieces - effective);
    await this.due.markApplied(id, skipped);
    await this.audit.record('system', 'list.importTookEffect', 'list', { importId, on, pieces, skipped });
  }

  /** An appointment may have been taken back since: then the address stays with whoever has it. */
  private async stillMeant(due: DueWrites): Promise<DueWrites> {
    const people = await this.due.stillMeant([...new Set(due.newContacts.map(({ personId }) => personId))], due.on);
    const newContacts = due.newContacts.filter(({ personId }) => people.has(personId));
    const dropped = new Set(due.newContacts.flatMap(({ personId, hash }) => (people.has(personId) ? [] : [hash])));
    return { ...due, newContacts, removedContacts: due.removedContacts.filter(({ hash }) => !dropped.has(hash)) };
  }

  private async open({ sealed }: StoredDue): Promise<DueWrites> {
    for await (const line of unpackLines(this.vault.openBytes(sealed))) return line as DueWrites;
    throw new Error('an empty part of an import');
  }
}

function touchedBy({ units, posts, tenures, removedContacts, newContacts, on }: DueWrites): Partial<RosterWrites> {
  return {
    changedUnits: units,
    touchedPosts: posts.map(({ id }) => ({ id })),
    changedTenures: tenures,
    removedContacts: removedContacts.map((contact) => ({ ...contact, on })),
    newContacts,
  };
}

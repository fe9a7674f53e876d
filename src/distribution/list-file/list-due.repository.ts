import { Injectable } from '@nestjs/common';
import type { DueWrites } from '../../domain/list-file/roster-due.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import type { SealedContact } from './roster-write.repository.js';

export interface StoredDue {
  id: string;
  importId: string;
  on: string;
  sealed: Uint8Array;
}

/** What became of the parts of an import that wait for their day. */
export interface DueState {
  on: string;
  pieces: number;
  appliedAt: Date | null;
  /** Pieces that somebody had changed meanwhile: left alone. */
  skipped: number;
}

/** Parts of imports that wait for their day, sealed: they hold addresses. */
@Injectable()
export class ListDueRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async keep(importId: string, on: string, pieces: number, sealed: Uint8Array<ArrayBuffer>): Promise<void> {
    const data = { importId, dueOn: new Date(on), pieces, sealed, createdAt: this.clock.now() };
    await this.database.prisma.listDue.create({ data });
  }

  /** Not applied yet and due up to `day`, in the order in which they apply. */
  async waitingUpTo(day: string): Promise<StoredDue[]> {
    const rows = await this.database.prisma.listDue.findMany({
      where: { appliedAt: null, dueOn: { lte: new Date(day) } },
      orderBy: [{ dueOn: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(({ id, importId, dueOn, sealed }) => ({
      id,
      importId,
      on: dueOn.toISOString().slice(0, 10),
      sealed: sealed!,
    }));
  }

  async isDue(day: string): Promise<boolean> {
    const where = { appliedAt: null, dueOn: { lte: new Date(day) } };
    return (await this.database.prisma.listDue.findFirst({ where, select: { id: true } })) !== null;
  }

  async markApplied(id: string, skipped: number): Promise<void> {
    const data = { appliedAt: this.clock.now(), skipped, sealed: null };
    await this.database.prisma.listDue.update({ where: { id }, data });
  }

  async ofImports(importIds: readonly string[]): Promise<Map<string, DueState[]>> {
    const rows = await this.database.prisma.listDue.findMany({
      where: { importId: { in: [...importIds] } },
      select: { importId: true, dueOn: true, pieces: true, appliedAt: true, skipped: true },
      orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
    });
    const states = new Map<string, DueState[]>();
    for (const { importId, dueOn, ...state } of rows) {
      const known = states.get(importId) ?? [];
      states.set(importId, [...known, { ...state, on: dueOn.toISOString().slice(0, 10) }]);
    }
    return states;
  }

  async forget(importId: string): Promise<void> {
    await this.database.prisma.listDue.deleteMany({ where: { importId } });
  }

  /** @returns how many pieces took effect: what is no longer as it was when they were planned is left alone */
  async apply(due: DueWrites, contacts: readonly SealedContact[]): Promise<number> {
    const json = (rows: readonly object[]): string => JSON.stringify(rows);
    const run = (sql: Prisma.Sql): Promise<number> => this.database.prisma.$executeRaw(sql);
    const units = await run(Prisma.sql`
      UPDATE unit SET kind = r.kind, closed_on = NULL, version = version + 1
      FROM json_to_recordset(${json(due.units)}::json) AS r(id uuid, kind text, "wasKind" text, "wasClosed" boolean)
      WHERE unit.id = r.id AND unit.kind = r."wasKind" AND (unit.closed_on IS NOT NULL) = r."wasClosed"`);
    const posts = await run(Prisma.sql`
      UPDATE post SET kind = r.kind, protocol_order = r."order", level = r.level,
        tags = ARRAY(SELECT json_array_elements_text(r.tags)), version = version + 1,
        closed_on = CASE WHEN closed_on > ${due.on}::date THEN closed_on END
      FROM json_to_recordset(${json(due.posts)}::json) AS r(id uuid, kind text, "order" int, level text, tags json, was json)
      WHERE post.id = r.id AND CASE
        WHEN json_typeof(r.was) = 'object' THEN (post.closed_on IS NULL OR post.closed_on > ${due.on}::date)
          AND post.kind = r.was->>'kind' AND post.protocol_order = (r.was->>'order')::int AND post.level = r.was->>'level'
          AND post.tags = ARRAY(SELECT json_array_elements_text(r.was->'tags'))
        ELSE post.closed_on <= ${due.on}::date END`);
    const tenures = await run(Prisma.sql`
      UPDATE tenure SET starts_on = r."startsOn", acting = r.acting, acting_kind = CASE WHEN r.acting THEN acting_kind END
      FROM json_to_recordset(${json(due.tenures)}::json)
        AS r(id uuid, "startsOn" date, acting boolean, "wasStartsOn" date, "wasActing" boolean)
      WHERE tenure.id = r.id AND tenure.starts_on = r."wasStartsOn" AND tenure.acting = r."wasActing"`);
    const removed = await run(Prisma.sql`
      DELETE FROM contact USING json_to_recordset(${json(due.removedContacts)}::json) AS r("personId" uuid, kind text, hash text)
      WHERE contact.person_id = r."personId" AND contact.kind = r.kind AND contact.lookup_hash = r.hash`);
    const added = await run(Prisma.sql`
      INSERT INTO contact (person_id, kind, sealed, key_id, lookup_hash, masked, mail_domain)
      SELECT r."personId", r.kind, r.sealed, r."keyId", r.hash, r.masked, r."mailDomain"
      FROM json_to_recordset(${json(contacts)}::json) AS r("personId" uuid, kind text, sealed text, "keyId" text, hash text,
        masked text, "mailDomain" text)
      ON CONFLICT DO NOTHING`);
    return units + posts + tenures + Math.max(removed, added);
  }

  /** Of these people, those who are in the list on that day, or not yet in it at all. */
  async stillMeant(personIds: readonly string[], day: string): Promise<ReadonlySet<string>> {
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT person.id FROM person WHERE person.id = ANY(${[...personIds]}::uuid[]) AND person.wiped_at IS NULL AND (
        EXISTS (SELECT 1 FROM tenure t WHERE t.person_id = person.id AND (t.ends_on IS NULL OR t.ends_on > ${day}::date))
        OR EXISTS (SELECT 1 FROM liaison l WHERE l.person_id = person.id AND (l.ends_on IS NULL OR l.ends_on > ${day}::date)))`;
    return new Set(rows.map(({ id }) => id));
  }
}

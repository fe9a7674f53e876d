import { Injectable } from '@nestjs/common';
import type { RosterWrites } from '../../domain/list-file/roster-writes.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';

/** Rows that one statement carries. */
const batch = 2000;

type Reported = (rows: number) => Promise<void>;

export interface SealedContact {
  personId: string;
  kind: string;
  sealed: string;
  keyId: string;
  hash: string;
  masked: string;
  mailDomain: string | null;
}

type Seal = (contact: RosterWrites['newContacts'][number]) => SealedContact;

/** An import's writes, a few statements for thousands of rows. */
@Injectable()
export class RosterWriteRepository {
  constructor(private readonly database: Database) {}

  /** Nobody else changes the list until the transaction ends; reading goes on. */
  async lock(): Promise<void> {
    await this.database.prisma.$executeRaw`
      LOCK TABLE unit, post, person, tenure, contact, recipient_group, group_member, liaison IN SHARE ROW EXCLUSIVE MODE`;
  }

  /**
   * For one import, part by part.
   *
   * @param seal makes the stored form of an address; called batch by batch
   * @param initials of a name, for searching
   * @param reported gets how many rows were written, after each statement
   */
  begin(day: string, seal: Seal, initials: (name: string) => string, reported: Reported): RosterWriting {
    return new RosterWriting(this.database, day, seal, initials, reported);
  }
}

export class RosterWriting {
  private written = 0;
  private counted = 0;
  private readonly newGroups = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly day: string,
    private readonly seal: Seal,
    private readonly initials: (name: string) => string,
    private readonly reported: Reported,
  ) {}

  /** Parents first. */
  async write(part: RosterWrites): Promise<void> {
    await this.units(part);
    await this.groups(part);
    await this.posts(part);
    await this.people(part);
    await this.count(part);
    await this.tenures(part);
    await this.liaisons(part);
    await this.memberships(part);
    await this.contacts(part);
  }

  /** To a planner that believes tables empty, each check of a reference would cost a whole scan: told whenever they have doubled. */
  private async count({ newPosts, newPeople }: RosterWrites): Promise<void> {
    this.written += newPosts.length + newPeople.length;
    if (this.written <= batch || this.written < this.counted * 2) return;
    this.counted = this.written;
    for (const table of ['unit', 'recipient_group', 'post', 'person'])
      await this.database.prisma.$executeRaw`ANALYZE ${Prisma.raw(table)}`;
  }

  private async units(writes: RosterWrites): Promise<void> {
    await this.each(
      writes.newUnits,
      (rows) => Prisma.sql`
        INSERT INTO unit (id, name, sort_order, kind, opened_on)
        SELECT r.id, r.name, r."sortOrder", r.kind, r."openedOn"
        FROM json_to_recordset(${rows}::json) AS r(id uuid, name text, "sortOrder" int, kind text, "openedOn" date)`,
    );
    await this.each(
      writes.changedUnits,
      (rows) => Prisma.sql`
        UPDATE unit SET kind = r.kind, closed_on = NULL, version = version + 1
        FROM json_to_recordset(${rows}::json) AS r(id uuid, kind text) WHERE unit.id = r.id`,
    );
  }

  private async groups({ newGroups }: RosterWrites): Promise<void> {
    for (const { id } of newGroups) this.newGroups.add(id);
    await this.each(
      newGroups.map((group, index) => ({ ...group, place: index + 1 })),
      (rows) => Prisma.sql`
        INSERT INTO recipient_group (id, name, sort_order)
        SELECT r.id, r.name, r.place + (SELECT COALESCE(max(sort_order), 0) FROM recipient_group)
        FROM json_to_recordset(${rows}::json) AS r(id uuid, name text, place int)`,
    );
  }

  private async posts(writes: RosterWrites): Promise<void> {
    await this.each(
      writes.newPosts,
      (rows) => Prisma.sql`
        INSERT INTO post (id, unit_id, title, seat, kind, protocol_order, level, tags, opened_on)
        SELECT r.id, r."unitId", r.title, r.seat, r.kind, r."order", r.level,
               ARRAY(SELECT json_array_elements_text(r.tags)), r."openedOn"
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "unitId" uuid, title text, seat int, kind text, "order" int,
          level text, tags json, "openedOn" date)`,
    );
    await this.each(
      writes.changedPosts,
      (rows) => Prisma.sql`
        UPDATE post SET kind = r.kind, protocol_order = r."order", level = r.level,
          tags = ARRAY(SELECT json_array_elements_text(r.tags)), version = version + 1,
          closed_on = CASE WHEN closed_on > ${this.day}::date THEN closed_on END
        FROM json_to_recordset(${rows}::json) AS r(id uuid, kind text, "order" int, level text, tags json)
        WHERE post.id = r.id`,
    );
    await this.each(
      writes.touchedPosts,
      (rows) => Prisma.sql`
        UPDATE post SET version = version + 1 FROM json_to_recordset(${rows}::json) AS r(id uuid) WHERE post.id = r.id`,
    );
    await this.each(
      writes.closedPosts,
      (rows) => Prisma.sql`
        UPDATE post SET closed_on = GREATEST(r."on", opened_on), version = version + 1
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "on" date) WHERE post.id = r.id`,
    );
  }

  private async people({ newPeople }: RosterWrites): Promise<void> {
    await this.each(
      newPeople,
      (rows) => Prisma.sql`
        INSERT INTO person (id, name, initials)
        SELECT r.id, r.name, r.initials FROM json_to_recordset(${rows}::json) AS r(id uuid, name text, initials text)`,
      ({ id, name }) => ({ id, name, initials: this.initials(name) }),
    );
  }

  private async tenures(writes: RosterWrites): Promise<void> {
    // A tenure that began today and ends today never was; a period must not end before it begins.
    await this.each(
      writes.endedTenures,
      (rows) => Prisma.sql`
        UPDATE tenure SET ends_on = GREATEST(r."on", starts_on)
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "on" date) WHERE tenure.id = r.id`,
    );
    await this.each(
      writes.changedTenures,
      (rows) => Prisma.sql`
        UPDATE tenure SET starts_on = r."startsOn", acting = r.acting,
          acting_kind = CASE WHEN r.acting THEN acting_kind END
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "startsOn" date, acting boolean) WHERE tenure.id = r.id`,
    );
    await this.each(
      writes.newTenures,
      (rows) => Prisma.sql`
        INSERT INTO tenure (id, post_id, person_id, starts_on, ends_on, acting)
        SELECT r.id, r."postId", r."personId", r."startsOn", r."endsOn", r.acting
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "postId" uuid, "personId" uuid, "startsOn" date, "endsOn" date, acting boolean)`,
    );
  }

  private async liaisons(writes: RosterWrites): Promise<void> {
    await this.each(
      writes.endedLiaisons,
      (rows) => Prisma.sql`
        UPDATE liaison SET ends_on = GREATEST(r."on", starts_on)
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "on" date) WHERE liaison.id = r.id`,
    );
    await this.each(
      writes.newLiaisons,
      (rows) => Prisma.sql`
        INSERT INTO liaison (id, unit_id, post_id, person_id, starts_on, ends_on)
        SELECT r.id, r."unitId", r."postId", r."personId", r."startsOn", r."endsOn"
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "unitId" uuid, "postId" uuid, "personId" uuid, "startsOn" date,
          "endsOn" date)`,
    );
  }

  private async memberships(writes: RosterWrites): Promise<void> {
    await this.each(
      writes.endedMemberships,
      (rows) => Prisma.sql`
        UPDATE group_member m SET ends_on = GREATEST(${this.day}::date, m.starts_on)
        FROM json_to_recordset(${rows}::json) AS r("postId" uuid, "groupId" uuid)
        WHERE m.post_id = r."postId" AND m.group_id = r."groupId"
          AND m.starts_on <= ${this.day}::date AND (m.ends_on IS NULL OR m.ends_on > ${this.day}::date)`,
    );
    // Until a later membership of the same post begins, if there is one.
    await this.each(
      writes.newMemberships,
      (rows) => Prisma.sql`
        INSERT INTO group_member (group_id, post_id, starts_on, ends_on)
        SELECT r."groupId", r."postId", ${this.day}::date,
          (SELECT min(m.starts_on) FROM group_member m
           WHERE m.group_id = r."groupId" AND m.post_id = r."postId" AND m.starts_on > ${this.day}::date)
        FROM json_to_recordset(${rows}::json) AS r("postId" uuid, "groupId" uuid)
        ON CONFLICT (group_id, post_id, starts_on) DO UPDATE SET ends_on = EXCLUDED.ends_on`,
    );
    const touched = [...writes.endedMemberships, ...writes.newMemberships].map(({ groupId }) => groupId);
    const groupIds = [...new Set(touched)].filter((id) => !this.newGroups.has(id));
    if (groupIds.length === 0) return;
    // A group's page that was opened before shows who is no longer in it: what is pressed there is refused.
    await this.database.prisma.$executeRaw`
      UPDATE recipient_group SET version = version + 1 WHERE id = ANY(${groupIds}::uuid[])`;
  }

  private async contacts(writes: RosterWrites): Promise<void> {
    await this.each(
      writes.removedContacts,
      (rows) => Prisma.sql`
        DELETE FROM contact USING json_to_recordset(${rows}::json) AS r("personId" uuid, kind text, hash text)
        WHERE contact.person_id = r."personId" AND contact.kind = r.kind
          AND (r.hash IS NULL OR contact.lookup_hash = r.hash)`,
    );
    await this.each(
      writes.newContacts,
      (rows) => Prisma.sql`
        INSERT INTO contact (person_id, kind, sealed, key_id, lookup_hash, masked, mail_domain)
        SELECT r."personId", r.kind, r.sealed, r."keyId", r.hash, r.masked, r."mailDomain"
        FROM json_to_recordset(${rows}::json) AS r("personId" uuid, kind text, sealed text, "keyId" text, hash text,
          masked text, "mailDomain" text)`,
      this.seal,
    );
  }

  private async each<T extends object>(
    rows: readonly T[],
    statement: (json: string) => Prisma.Sql,
    stored: (row: T) => object = (row) => row,
  ): Promise<void> {
    for (let from = 0; from < rows.length; from += batch) {
      const part = rows.slice(from, from + batch);
      await this.database.prisma.$executeRaw(statement(JSON.stringify(part.map(stored))));
      await this.reported(part.length);
    }
  }
}

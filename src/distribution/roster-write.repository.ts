import { Injectable } from '@nestjs/common';
import type { RosterWrites } from '../domain/roster-writes.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

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
   * Everything, parents first.
   *
   * @param seal makes the stored form of an address; called batch by batch
   * @param initials of a name, for searching
   * @param reported gets the rows written so far, after each statement
   */
  async apply(
    writes: RosterWrites,
    day: string,
    seal: (contact: RosterWrites['newContacts'][number]) => SealedContact,
    initials: (name: string) => string,
    reported: Reported,
  ): Promise<void> {
    await this.units(writes, reported);
    await this.groups(writes, reported);
    await this.posts(writes, day, reported);
    await this.people(writes.newPeople, initials, reported);
    if (writes.newPosts.length + writes.newPeople.length > batch) await this.count();
    await this.tenures(writes, reported);
    await this.liaisons(writes, reported);
    await this.memberships(writes, day, reported);
    await this.contacts(writes, seal, reported);
  }

  /** To a planner that believes new tables empty, each check of a reference would cost a whole scan. */
  private async count(): Promise<void> {
    for (const table of ['unit', 'recipient_group', 'post', 'person'])
      await this.database.prisma.$executeRaw`ANALYZE ${Prisma.raw(table)}`;
  }

  private async units(writes: RosterWrites, reported: Reported): Promise<void> {
    await this.each(
      writes.newUnits,
      reported,
      (rows) => Prisma.sql`
        INSERT INTO unit (id, name, sort_order, kind, opened_on)
        SELECT r.id, r.name, r."sortOrder", r.kind, r."openedOn"
        FROM json_to_recordset(${rows}::json) AS r(id uuid, name text, "sortOrder" int, kind text, "openedOn" date)`,
    );
    await this.each(
      writes.changedUnits,
      reported,
      (rows) => Prisma.sql`
        UPDATE unit SET kind = r.kind, closed_on = NULL, version = version + 1
        FROM json_to_recordset(${rows}::json) AS r(id uuid, kind text) WHERE unit.id = r.id`,
    );
  }

  private async groups({ newGroups }: RosterWrites, reported: Reported): Promise<void> {
    await this.each(
      newGroups.map((group, index) => ({ ...group, place: index + 1 })),
      reported,
      (rows) => Prisma.sql`
        INSERT INTO recipient_group (id, name, sort_order)
        SELECT r.id, r.name, r.place + (SELECT COALESCE(max(sort_order), 0) FROM recipient_group)
        FROM json_to_recordset(${rows}::json) AS r(id uuid, name text, place int)`,
    );
  }

  private async posts(writes: RosterWrites, day: string, reported: Reported): Promise<void> {
    await this.each(
      writes.newPosts,
      reported,
      (rows) => Prisma.sql`
        INSERT INTO post (id, unit_id, title, seat, kind, protocol_order, level, tags, opened_on)
        SELECT r.id, r."unitId", r.title, r.seat, r.kind, r."order", r.level,
               ARRAY(SELECT json_array_elements_text(r.tags)), r."openedOn"
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "unitId" uuid, title text, seat int, kind text, "order" int,
          level text, tags json, "openedOn" date)`,
    );
    await this.each(
      writes.changedPosts,
      reported,
      (rows) => Prisma.sql`
        UPDATE post SET kind = r.kind, protocol_order = r."order", level = r.level,
          tags = ARRAY(SELECT json_array_elements_text(r.tags)), version = version + 1,
          closed_on = CASE WHEN closed_on > ${day}::date THEN closed_on END
        FROM json_to_recordset(${rows}::json) AS r(id uuid, kind text, "order" int, level text, tags json)
        WHERE post.id = r.id`,
    );
    await this.each(
      writes.touchedPosts,
      reported,
      (rows) => Prisma.sql`
        UPDATE post SET version = version + 1 FROM json_to_recordset(${rows}::json) AS r(id uuid) WHERE post.id = r.id`,
    );
    await this.each(
      writes.closedPosts,
      reported,
      (rows) => Prisma.sql`
        UPDATE post SET closed_on = GREATEST(r."on", opened_on), version = version + 1
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "on" date) WHERE post.id = r.id`,
    );
  }

  private async people(
    people: RosterWrites['newPeople'],
    initials: (name: string) => string,
    reported: Reported,
  ): Promise<void> {
    await this.each(
      people,
      reported,
      (rows) => Prisma.sql`
        INSERT INTO person (id, name, initials)
        SELECT r.id, r.name, r.initials FROM json_to_recordset(${rows}::json) AS r(id uuid, name text, initials text)`,
      ({ id, name }) => ({ id, name, initials: initials(name) }),
    );
  }

  private async tenures(writes: RosterWrites, reported: Reported): Promise<void> {
    // A tenure that began today and ends today never was; a period must not end before it begins.
    await this.each(
      writes.endedTenures,
      reported,
      (rows) => Prisma.sql`
        UPDATE tenure SET ends_on = GREATEST(r."on", starts_on)
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "on" date) WHERE tenure.id = r.id`,
    );
    await this.each(
      writes.changedTenures,
      reported,
      (rows) => Prisma.sql`
        UPDATE tenure SET starts_on = r."startsOn", acting = r.acting,
          acting_kind = CASE WHEN r.acting THEN acting_kind END
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "startsOn" date, acting boolean) WHERE tenure.id = r.id`,
    );
    await this.each(
      writes.newTenures,
      reported,
      (rows) => Prisma.sql`
        INSERT INTO tenure (id, post_id, person_id, starts_on, ends_on, acting)
        SELECT r.id, r."postId", r."personId", r."startsOn", r."endsOn", r.acting
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "postId" uuid, "personId" uuid, "startsOn" date, "endsOn" date, acting boolean)`,
    );
  }

  private async liaisons(writes: RosterWrites, reported: Reported): Promise<void> {
    await this.each(
      writes.endedLiaisons,
      reported,
      (rows) => Prisma.sql`
        UPDATE liaison SET ends_on = GREATEST(r."on", starts_on)
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "on" date) WHERE liaison.id = r.id`,
    );
    await this.each(
      writes.newLiaisons,
      reported,
      (rows) => Prisma.sql`
        INSERT INTO liaison (id, unit_id, post_id, person_id, starts_on, ends_on)
        SELECT r.id, r."unitId", r."postId", r."personId", r."startsOn", r."endsOn"
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "unitId" uuid, "postId" uuid, "personId" uuid, "startsOn" date,
          "endsOn" date)`,
    );
  }

  private async memberships(writes: RosterWrites, day: string, reported: Reported): Promise<void> {
    await this.each(
      writes.endedMemberships,
      reported,
      (rows) => Prisma.sql`
        UPDATE group_member m SET ends_on = GREATEST(${day}::date, m.starts_on)
        FROM json_to_recordset(${rows}::json) AS r("postId" uuid, "groupId" uuid)
        WHERE m.post_id = r."postId" AND m.group_id = r."groupId"
          AND m.starts_on <= ${day}::date AND (m.ends_on IS NULL OR m.ends_on > ${day}::date)`,
    );
    // Until a later membership of the same post begins, if there is one.
    await this.each(
      writes.newMemberships,
      reported,
      (rows) => Prisma.sql`
        INSERT INTO group_member (group_id, post_id, starts_on, ends_on)
        SELECT r."groupId", r."postId", ${day}::date,
          (SELECT min(m.starts_on) FROM group_member m
           WHERE m.group_id = r."groupId" AND m.post_id = r."postId" AND m.starts_on > ${day}::date)
        FROM json_to_recordset(${rows}::json) AS r("postId" uuid, "groupId" uuid)
        ON CONFLICT (group_id, post_id, starts_on) DO UPDATE SET ends_on = EXCLUDED.ends_on`,
    );
    const groupIds = [...new Set([...writes.endedMemberships, ...writes.newMemberships].map((m) => m.groupId))];
    if (groupIds.length === 0) return;
    // A group's page that was opened before shows who is no longer in it: what is pressed there is refused.
    await this.database.prisma.$executeRaw`
      UPDATE recipient_group SET version = version + 1 WHERE id = ANY(${groupIds}::uuid[])`;
  }

  private async contacts(
    writes: RosterWrites,
    seal: (contact: RosterWrites['newContacts'][number]) => SealedContact,
    reported: Reported,
  ): Promise<void> {
    await this.each(
      writes.removedContacts,
      reported,
      (rows) => Prisma.sql`
        DELETE FROM contact USING json_to_recordset(${rows}::json) AS r("personId" uuid, kind text)
        WHERE contact.person_id = r."personId" AND contact.kind = r.kind`,
    );
    await this.each(
      writes.newContacts,
      reported,
      (rows) => Prisma.sql`
        INSERT INTO contact (person_id, kind, sealed, key_id, lookup_hash, masked, mail_domain)
        SELECT r."personId", r.kind, r.sealed, r."keyId", r.hash, r.masked, r."mailDomain"
        FROM json_to_recordset(${rows}::json) AS r("personId" uuid, kind text, sealed text, "keyId" text, hash text,
          masked text, "mailDomain" text)`,
      seal,
    );
  }

  private async each<T extends object>(
    rows: readonly T[],
    reported: Reported,
    statement: (json: string) => Prisma.Sql,
    stored: (row: T) => object = (row) => row,
  ): Promise<void> {
    for (let from = 0; from < rows.length; from += batch) {
      const part = rows.slice(from, from + batch);
      await this.database.prisma.$executeRaw(statement(JSON.stringify(part.map(stored))));
      await reported(part.length);
    }
  }
}

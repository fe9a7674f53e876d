import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { initialsOf } from './initials.js';

/** One row of the list as it is stored now, for comparing with a file. */
export interface StoredSeat {
  postId: string;
  unitId: string;
  unit: string;
  title: string;
  seat: number;
  kind: string;
  protocolOrder: number;
  liaison: string | null;
  groups: string[];
  tenureId: string | null;
  personId: string | null;
  personName: string | null;
}

export interface StoredContact {
  personId: string;
  kind: string;
  sealed: string;
  lookupHash: string;
  masked: string;
}

/** Units, posts, tenures, people and their addresses. */
@Injectable()
export class OrganisationRepository {
  constructor(private readonly database: Database) {}

  /** Every post there is with its groups and its holder without an end. */
  async storedSeats(): Promise<StoredSeat[]> {
    return this.database.prisma.$queryRaw<StoredSeat[]>`
      SELECT p.id AS "postId", u.id AS "unitId", u.name AS unit, p.title, p.seat, p.kind, p.protocol_order AS "protocolOrder",
             p.liaison, t.id AS "tenureId", t.person_id AS "personId", person.name AS "personName",
             ARRAY(SELECT g.name FROM group_member gm JOIN recipient_group g ON g.id = gm.group_id
                   WHERE gm.post_id = p.id AND gm.ends_on IS NULL ORDER BY g.sort_order) AS groups
      FROM post p
      JOIN unit u ON u.id = p.unit_id
      LEFT JOIN tenure t ON t.post_id = p.id AND t.ends_on IS NULL AND NOT t.acting
      LEFT JOIN person ON person.id = t.person_id
      WHERE p.closed_on IS NULL
      ORDER BY p.protocol_order, p.id`;
  }

  async contactsOf(
    personIds: readonly string[],
  ): Promise<(StoredContact & { id: string; mailDomain: string | null; badSince: Date | null })[]> {
    return this.database.prisma.contact.findMany({
      where: { personId: { in: [...personIds] } },
      select: {
        id: true,
        personId: true,
        kind: true,
        sealed: true,
        lookupHash: true,
        masked: true,
        mailDomain: true,
        badSince: true,
      },
    });
  }

  /** Person ids by the look-up hash of one of their addresses. */
  async peopleByLookupHash(hashes: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.prisma.contact.findMany({
      where: { lookupHash: { in: [...hashes] } },
      select: { lookupHash: true, personId: true },
    });
    return new Map(rows.map((row) => [row.lookupHash, row.personId]));
  }

  async markContactBad(contactId: string, at: Date, reason: string): Promise<void> {
    await this.database.prisma.contact.updateMany({
      where: { id: contactId, badSince: null },
      data: { badSince: at, badReason: reason },
    });
  }

  async ensureUnit(name: string, sortOrder: number): Promise<string> {
    const unit = await this.database.prisma.unit.upsert({
      where: { name },
      create: { name, sortOrder },
      update: {},
      select: { id: true },
    });
    return unit.id;
  }

  async ensurePost(post: {
    unitId: string;
    title: string;
    seat: number;
    kind: string;
    protocolOrder: number;
    liaison: string | null;
  }): Promise<string> {
    const { unitId, title, seat, ...rest } = post;
    const row = await this.database.prisma.post.upsert({
      where: { unitId_title_seat: { unitId, title, seat } },
      create: post,
      update: { ...rest, closedOn: null },
      select: { id: true },
    });
    return row.id;
  }

  async closePost(postId: string, on: Date): Promise<void> {
    await this.database.prisma.post.update({ where: { id: postId }, data: { closedOn: on } });
  }

  async nameOf(personId: string): Promise<string | null> {
    return (
      (await this.database.prisma.person.findUnique({ where: { id: personId }, select: { name: true } }))?.name ?? null
    );
  }

  async addPerson(name: string): Promise<string> {
    const data = { name, initials: initialsOf(name) };
    return (await this.database.prisma.person.create({ data, select: { id: true } })).id;
  }

  async endTenure(tenureId: string, on: Date): Promise<void> {
    const { prisma } = this.database;
    // A tenure that began today and ends today never was; a period must not end before it begins.
    await prisma.$executeRaw`UPDATE tenure SET ends_on = GREATEST(${on}::date, starts_on) WHERE id = ${tenureId}::uuid`;
  }

  async beginTenure(postId: string, personId: string, on: Date): Promise<void> {
    await this.database.prisma.tenure.create({ data: { postId, personId, startsOn: on } });
  }

  async putContact(contact: StoredContact & { keyId: string; mailDomain: string | null }): Promise<void> {
    const { personId, kind, ...rest } = contact;
    await this.database.prisma.contact.upsert({
      where: { personId_kind: { personId, kind } },
      create: contact,
      // What was known of the old address says nothing of the new one.
      update: { ...rest, badSince: null, badReason: null, verifiedAt: null, lastDeliveredAt: null, firstSentAt: null },
    });
  }

  async removeContact(personId: string, kind: string): Promise<void> {
    await this.database.prisma.contact.deleteMany({ where: { personId, kind } });
  }
}

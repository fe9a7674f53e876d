import { Injectable } from '@nestjs/common';
import type { Ending, Subscriber, SubscriptionState } from '../../domain/sending/subscription.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';

export interface NewSubscription {
  id: string;
  publicationId: string;
  name: string;
  affiliation: string;
  sections: string[];
  channel: 'email' | 'sms';
  sealed: string;
  lookupHash: string;
  masked: string;
  refHash: string;
  endTokenHash: string;
  requestedAt: Date;
}

export interface StoredSubscription {
  id: string;
  publicationId: string;
  publication: string;
  name: string;
  affiliation: string;
  sections: string[];
  channel: 'email' | 'sms';
  sealed: string | null;
  lookupHash: string | null;
  masked: string;
  state: SubscriptionState;
  requestedAt: Date;
  confirmedAt: Date | null;
  decidedAt: Date | null;
  reason: string | null;
  endedAt: Date | null;
  endedVia: Ending | null;
}

export interface ListedSubscription extends Omit<StoredSubscription, 'sealed' | 'lookupHash'> {
  /** Post of whoever has the address already, null for nobody on the list. */
  post: string | null;
  /** Why the message that tells of the decision did not leave; null when it did, or is still on its way. */
  tellingFailed: string | null;
}

const publicationName = { publication: { select: { name: true } } } as const;

@Injectable()
export class SubscriptionRepository {
  constructor(private readonly database: Database) {}

  async publications(): Promise<{ id: string; name: string; subscribable: boolean; active: number }[]> {
    return this.database.prisma.$queryRaw<{ id: string; name: string; subscribable: boolean; active: number }[]>`
      SELECT p.id, p.name, p.subscribable,
             (SELECT count(*)::int FROM subscription s WHERE s.publication_id = p.id AND s.state = 'active') AS active
      FROM publication p ORDER BY p.name`;
  }

  async setSubscribable(id: string, subscribable: boolean): Promise<boolean> {
    const { count } = await this.database.prisma.publication.updateMany({ where: { id }, data: { subscribable } });
    return count === 1;
  }

  /** Sections that have stood in public issues: names of others are nobody's business. */
  async openPublications(): Promise<{ id: string; name: string; sections: string[] }[]> {
    return this.database.prisma.$queryRaw<{ id: string; name: string; sections: string[] }[]>`
      SELECT p.id, p.name, ARRAY(
        SELECT s.name FROM issue i JOIN section s ON s.issue_id = i.id
        WHERE i.publication_id = p.id AND COALESCE(i.lowered_to, i.level) = 'public' AND i.state IN ('signedOff', 'dispatched', 'archived') AND s.name <> ''
        GROUP BY s.name ORDER BY max(i.created_at) DESC, min(s.position) LIMIT 30) AS sections
      FROM publication p WHERE p.subscribable ORDER BY p.name`;
  }

  async addSubscription(subscription: NewSubscription): Promise<void> {
    await this.database.prisma.subscription.create({ data: subscription });
  }

  async find(by: { id: string } | { refHash: string } | { endTokenHash: string }): Promise<StoredSubscription | null> {
    const row = await this.database.prisma.subscription.findUnique({ where: by, include: publicationName });
    return row && ({ ...row, publication: row.publication.name } as unknown as StoredSubscription);
  }

  /** False when it was in another state meanwhile. */
  async move(
    id: string,
    from: SubscriptionState,
    to: SubscriptionState,
    also: Prisma.SubscriptionUpdateManyMutationInput = {},
  ): Promise<boolean> {
    const { count } = await this.database.prisma.subscription.updateMany({
      where: { id, state: from },
      data: { state: to, ...also },
    });
    return count === 1;
  }

  /** Ends what is older at the same address. */
  async endOthers(one: StoredSubscription, states: SubscriptionState[], at: Date): Promise<void> {
    await this.database.prisma.subscription.updateMany({
      where: {
        id: { not: one.id },
        ...{ publicationId: one.publicationId, channel: one.channel, lookupHash: one.lookupHash },
        state: { in: states },
      },
      data: { state: 'ended', endedAt: at, endedVia: 'replaced' },
    });
  }

  /** Every living one of an address, over all publications. */
  async livingAt(channel: 'email' | 'sms', lookupHash: string): Promise<StoredSubscription[]> {
    const rows = await this.database.prisma.subscription.findMany({
      where: { channel, lookupHash, state: { in: ['confirmed', 'active'] } },
      include: publicationName,
    });
    return rows.map((row) => ({ ...row, publication: row.publication.name }) as unknown as StoredSubscription);
  }

  /** Living ones of whoever has one of these addresses. */
  async ofPerson(personId: string): Promise<StoredSubscription[]> {
    const ids = await this.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT s.id FROM subscription s JOIN contact c ON c.kind = s.channel AND c.lookup_hash = s.lookup_hash
      WHERE c.person_id = ${personId}::uuid AND s.state IN ('confirmed', 'active')`;
    const rows = await this.database.prisma.subscription.findMany({
      where: { id: { in: ids.map(({ id }) => id) } },
      include: publicationName,
      orderBy: { requestedAt: 'asc' },
    });
    return rows.map((row) => ({ ...row, publication: row.publication.name }) as unknown as StoredSubscription);
  }

  /** Whoever has the address now, in the order of approval. */
  async subscribers(publicationId: string): Promise<Subscriber[]> {
    return this.database.prisma.$queryRaw<Subscriber[]>`
      SELECT s.id AS "subscriptionId", c.person_id AS "personId", s.name, s.affiliation, s.channel, s.sections
      FROM subscription s
      JOIN contact c ON c.kind = s.channel AND c.lookup_hash = s.lookup_hash
      JOIN person ON person.id = c.person_id AND person.wiped_at IS NULL
      WHERE s.publication_id = ${publicationId}::uuid AND s.state = 'active' ORDER BY s.decided_at, s.id`;
  }

  async addPerson(name: string): Promise<string> {
    return (await this.database.prisma.person.create({ data: { name }, select: { id: true } })).id;
  }

  async counts(): Promise<Record<'confirmed' | 'active' | 'other', number>> {
    const [row] = await this.database.prisma.$queryRaw<Record<'confirmed' | 'active' | 'other', number>[]>`
      SELECT count(*) FILTER (WHERE state = 'confirmed')::int AS confirmed, count(*) FILTER (WHERE state = 'active')::int AS active,
             count(*) FILTER (WHERE state IN ('rejected', 'ended', 'expired'))::int AS other FROM subscription`;
    return row!;
  }

  /** Requests that nobody has confirmed are not shown: anybody can type anybody's address. */
  async listSubscriptions(states: SubscriptionState[], take: number, skip: number): Promise<ListedSubscription[]> {
    return this.database.prisma.$queryRaw<ListedSubscription[]>`
      SELECT s.id, s.publication_id AS "publicationId", p.name AS publication, s.name, s.affiliation, s.sections, s.channel, s.masked,
             s.state, s.requested_at AS "requestedAt", s.confirmed_at AS "confirmedAt", s.decided_at AS "decidedAt", s.reason,
             s.ended_at AS "endedAt", s.ended_via AS "endedVia", held.post,
             (SELECT told.reason FROM address_proof told
              WHERE told.subscription_id = s.id AND told.decision IS NOT NULL AND told.sending = 'failed' LIMIT 1) AS "tellingFailed"
      FROM subscription s JOIN publication p ON p.id = s.publication_id
      LEFT JOIN LATERAL (
        SELECT u.name || ' ' || post.title AS post FROM contact c JOIN tenure t ON t.person_id = c.person_id AND t.ends_on IS NULL
        JOIN post ON post.id = t.post_id JOIN unit u ON u.id = post.unit_id
        WHERE c.kind = s.channel AND c.lookup_hash = s.lookup_hash ORDER BY post.protocol_order LIMIT 1) held ON true
      WHERE s.state = ANY(${states}::text[])
      ORDER BY COALESCE(s.ended_at, s.decided_at, s.confirmed_at, s.requested_at) DESC, s.id LIMIT ${take}::int OFFSET ${skip}::int`;
  }

  /** A request nobody has confirmed in time is forgotten whole. */
  async forgetUnconfirmed(before: Date): Promise<number> {
    const { count } = await this.database.prisma.subscription.deleteMany({
      where: { state: 'requested', requestedAt: { lt: before } },
    });
    return count;
  }

  async expireUndecided(before: Date): Promise<number> {
    const { count } = await this.database.prisma.subscription.updateMany({
      where: { state: 'confirmed', confirmedAt: { lt: before } },
      data: { state: 'expired', sealed: null, lookupHash: null },
    });
    return count;
  }

  async forgetAddresses(endedBefore: Date): Promise<void> {
    await this.database.prisma.subscription.updateMany({
      where: { state: 'ended', endedAt: { lt: endedBefore }, sealed: { not: null } },
      data: { sealed: null, lookupHash: null },
    });
  }
}

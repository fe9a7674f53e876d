import { Injectable } from '@nestjs/common';
import type { PublicationPolicy } from '../domain/sending/channel-policy.js';
import type { EditionContent } from '../domain/issue/edition.js';
import type { ScopeEntry } from '../domain/scope/scope.js';
import type { SecrecyLevel } from '../domain/issue/secrecy.js';
import type { Urgency } from '../domain/urgency.js';
import { Database, jsonColumn } from '../platform/database.js';

/** Who gets the edition, frozen at sign-off; the people themselves are read in parts. */
export interface EditionScope {
  groups: { label: string; groupName: string; people: number }[];
}

export interface StoredEdition {
  id: string;
  issueId: string;
  version: number;
  content: EditionContent;
  scope: EditionScope;
  hash: string;
  level: SecrecyLevel;
  /** The stricter level that the issue had, when the approver agreed to a lower one, and why. */
  loweredFrom: SecrecyLevel | null;
  loweredFor: string | null;
  urgency: Urgency;
  signedAt: Date;
  sendAt: Date;
  plannedAt: Date | null;
  pausedAt: Date | null;
  voidedAt: Date | null;
  withdrawnAt: Date | null;
  withdrawnById: string | null;
  withdrawnReason: string | null;
  correctedAt: Date | null;
  /** As it was when this edition was planned; null before. */
  policy: PublicationPolicy | null;
  /** Why this 特急 edition breaks the quiet time. */
  urgentReason: string | null;
}

/** Rows per statement: large enough to be fast, small enough to keep memory flat. */
const ENTRIES_AT_ONCE = 5000;

@Injectable()
export class EditionRepository {
  constructor(private readonly database: Database) {}

  async create(
    edition: Pick<
      StoredEdition,
      | 'issueId'
      | 'content'
      | 'scope'
      | 'hash'
      | 'level'
      | 'loweredFrom'
      | 'loweredFor'
      | 'urgency'
      | 'signedAt'
      | 'sendAt'
      | 'urgentReason'
    > & { signedById: string },
    entries: readonly ScopeEntry[],
  ): Promise<string> {
    const version = 1 + (await this.database.prisma.edition.count({ where: { issueId: edition.issueId } }));
    const row = await this.database.prisma.edition.create({
      data: { ...edition, version, content: jsonColumn(edition.content), scope: jsonColumn(edition.scope) },
      select: { id: true },
    });
    for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
      await this.database.prisma.$executeRaw`
        INSERT INTO edition_entry (edition_id, position, entry)
        SELECT ${row.id}::uuid, ${from}::int + place, entry
        FROM jsonb_array_elements(${JSON.stringify(entries.slice(from, from + ENTRIES_AT_ONCE))}::jsonb) WITH ORDINALITY AS r(entry, place)`;
    }
    return row.id;
  }

  /** People of the frozen scope in protocol order, `take` of them after the given place. */
  async entries(editionId: string, after: number, take: number): Promise<ScopeEntry[]> {
    // Between two places, not the first so many: a planner without statistics would sort all that are left, each time.
    const [row] = await this.database.prisma.$queryRaw<{ entries: string }[]>`
      SELECT COALESCE(json_agg(entry ORDER BY position), '[]')::text AS entries FROM edition_entry
      WHERE edition_id = ${editionId}::uuid AND position > ${after}::int AND position <= ${after + take}::int`;
    return JSON.parse(row!.entries) as ScopeEntry[];
  }

  async people(editionId: string): Promise<number> {
    const last = await this.database.prisma.editionEntry.aggregate({ where: { editionId }, _max: { position: true } });
    return last._max.position ?? 0;
  }

  async loadEdition(editionId: string): Promise<StoredEdition | null> {
    const row = await this.database.prisma.edition.findUnique({ where: { id: editionId } });
    return row as unknown as StoredEdition | null;
  }

  /** The newest one that stands, withdrawn or not; none while a correction of it is being made. */
  async validOf(issueId: string): Promise<StoredEdition | null> {
    const row = await this.database.prisma.edition.findFirst({ where: { issueId, voidedAt: null, correctedAt: null } });
    return row as unknown as StoredEdition | null;
  }

  /** False when its messages are planned already: what is on its way can be withdrawn, but not undone. */
  async void(issueId: string, at: Date): Promise<boolean> {
    const { count } = await this.database.prisma.edition.updateMany({
      where: { issueId, voidedAt: null, correctedAt: null, withdrawnAt: null, plannedAt: null },
      data: { voidedAt: at },
    });
    return count === 1;
  }

  /** What becomes of its messages is said apart, see MessageRows. */
  async withdraw(issueId: string, at: Date, by: string, reason: string | null): Promise<void> {
    await this.database.prisma.edition.updateMany({
      where: { issueId, voidedAt: null, correctedAt: null },
      data: { withdrawnAt: at, withdrawnById: by, withdrawnReason: reason, pausedAt: null },
    });
  }

  /** A correction takes its place from now on. False when it is not the one that is withdrawn. */
  async markCorrected(issueId: string, at: Date): Promise<boolean> {
    const { count } = await this.database.prisma.edition.updateMany({
      where: { issueId, voidedAt: null, correctedAt: null, withdrawnAt: { not: null } },
      data: { correctedAt: at },
    });
    return count === 1;
  }

  /** The correction is given up: the withdrawn edition stands again as it was. Null when there is none. */
  async unmarkCorrected(issueId: string): Promise<StoredEdition | null> {
    const last = await this.database.prisma.edition.findFirst({
      where: { issueId, correctedAt: { not: null } },
      orderBy: { version: 'desc' },
    });
    if (!last || (await this.validOf(issueId))) return null;
    await this.database.prisma.edition.update({ where: { id: last.id }, data: { correctedAt: null } });
    return last as unknown as StoredEdition;
  }

  /** The withdrawn ones, newest first. */
  async withdrawnOf(issueId: string): Promise<StoredEdition[]> {
    const rows = await this.database.prisma.edition.findMany({
      where: { issueId, withdrawnAt: { not: null } },
      orderBy: { version: 'desc' },
    });
    return rows as unknown as StoredEdition[];
  }

  /** Editions that still have something to send, or are to be planned. */
  async underWay(): Promise<number> {
    const [row] = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM edition e
      WHERE e.voided_at IS NULL AND e.withdrawn_at IS NULL
        AND (e.planned_at IS NULL OR EXISTS (
          SELECT 1 FROM delivery d WHERE d.edition_id = e.id AND d.state IN ('planned', 'sending', 'held')))`;
    return row!.n;
  }

  /** Signed off and due, neither planned nor voided: what the sweeper rings for. */
  async unplanned(now: Date): Promise<string[]> {
    const rows = await this.database.prisma.edition.findMany({
      where: { plannedAt: null, voidedAt: null, withdrawnAt: null, sendAt: { lte: now } },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  /** False when it has been planned meanwhile: then it is too late for another time. */
  async setSendAt(editionId: string, at: Date): Promise<boolean> {
    const { count } = await this.database.prisma.edition.updateMany({
      where: { id: editionId, plannedAt: null, voidedAt: null, withdrawnAt: null },
      data: { sendAt: at },
    });
    return count === 1;
  }

  /** False when it was so already. */
  async setPaused(editionId: string, at: Date | null): Promise<boolean> {
    const { count } = await this.database.prisma.edition.updateMany({
      where: { id: editionId, pausedAt: at === null ? { not: null } : null },
      data: { pausedAt: at },
    });
    return count === 1;
  }
}

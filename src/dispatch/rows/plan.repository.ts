import { Injectable } from '@nestjs/common';
import type { PublicationPolicy } from '../../domain/sending/channel-policy.js';
import type { SecrecyLevel } from '../../domain/issue/secrecy.js';
import type { Urgency } from '../../domain/urgency.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database, jsonColumn } from '../../platform/database.js';
import { newId } from '../../platform/new-id.js';

export interface NewCopy {
  id: string;
  copyNumber: number;
  /** Null for a copy by subscription. */
  postId: string | null;
  subscriptionId: string | null;
  personId: string;
  personName: string;
  postTitle: string;
  unitName: string;
  unitKind: string;
  protocolOrder: number;
  acting: boolean;
  liaison: string | null;
  groups: readonly string[];
  unreachable: string | null;
  linkNonce: string;
  tokenHash: string;
  codeHash: string;
}

export interface NewDelivery {
  copyId: string;
  channel: string;
  purpose: string;
  round: number;
  carry: string;
  address: string;
  addressMasked: string;
  mailDomain: string | null;
  contactId: string;
  position: number;
  /** The account that asked for one more message. */
  askedById?: string;
  /** When it must not leave; absent: it may at any time. */
  quietHours?: number;
  workingDaysOnly?: boolean;
  /** Set when it waits for the day's digest. */
  digest?: { leavesAt: Date; deadline: Date; reason: string };
}

/** A further rung of a copy's ladder. */
export interface NewRung extends NewDelivery {
  step: number;
  afterChannel: string;
  afterMinutes: number | null;
}

export interface CopyHolder {
  copyNumber: number;
  personId: string;
  personName: string;
  postTitle: string;
  unitName: string;
  lateAt: Date | null;
}

export interface ResendableCopy {
  editionId: string;
  issueId: string;
  personId: string;
  copyNumber: number;
  level: SecrecyLevel;
  urgency: Urgency;
  /** In the last day. */
  readersResends: number;
  /** When an SMS last carried the code. */
  codeSentAt: Date | null;
  lastRound: number;
}

/** When deliveries leave, which first, and until when they are tried. */
export interface Due {
  priority: number;
  at: Date;
  deadline: Date;
}

/** Rows of a part of a plan as PostgreSQL takes them: one JSON text each, since lists inside a row rule out arrays of columns. */
export interface PackedPart {
  copies: string;
  deliveries: string;
  /** Null where there are none. */
  rungs: string | null;
}

export const packPart = (
  copies: readonly NewCopy[],
  deliveries: readonly NewDelivery[],
  rungs: readonly NewRung[],
): PackedPart => ({
  copies: JSON.stringify(copies),
  deliveries: packed(deliveries),
  rungs: rungs.length === 0 ? null : JSON.stringify(rungs),
});

const packed = (deliveries: readonly NewDelivery[]): string =>
  JSON.stringify(
    deliveries.map(({ digest, ...row }) => ({ id: newId(), ...row, ...digest, digest: digest !== undefined })),
  );

/** Rows per statement: large enough to be fast, small enough to keep memory flat. */
const CHUNK = 5000;

/** Writes plans in bulk; unique keys make a second run of the same plan change nothing. */
@Injectable()
export class PlanRepository {
  constructor(private readonly database: Database) {}

  /** Locks the edition's row, so that two planners of one edition queue up. */
  async lockEdition(editionId: string): Promise<{ plannedAt: Date | null; sendAt: Date } | null> {
    const rows = await this.database.prisma.$queryRaw<{ plannedAt: Date | null; sendAt: Date }[]>`
      SELECT planned_at AS "plannedAt", send_at AS "sendAt" FROM edition WHERE id = ${editionId}::uuid AND voided_at IS NULL AND withdrawn_at IS NULL FOR UPDATE`;
    return rows[0] ?? null;
  }

  /** Two notices of one withdrawal queue up. */
  async lockWithdrawn(editionId: string): Promise<void> {
    await this.database.prisma
      .$queryRaw`SELECT id FROM edition WHERE id = ${editionId}::uuid AND withdrawn_at IS NOT NULL FOR UPDATE`;
  }

  /** @param policy frozen with the edition: a later change of the publication does not reach it */
  async markPlanned(editionId: string, at: Date, policy: PublicationPolicy): Promise<void> {
    await this.database.prisma.edition.update({
      where: { id: editionId },
      data: { plannedAt: at, policy: jsonColumn(policy) },
    });
  }

  async knownCodeHashes(hashes: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.prisma.$queryRaw<
      { h: string }[]
    >`SELECT code_hash AS h FROM copy WHERE code_hash = ANY(${hashes}::text[])`;
    return new Set(rows.map((row) => row.h));
  }

  /** Copies with their first deliveries and further rungs, in one statement: PostgreSQL does not wait for us in between. */
  async addPart(
    editionId: string,
    { copies, deliveries, rungs }: PackedPart,
    due: Due & { linkExpiresAt: Date },
    late: { at: Date; reason: string } | null,
  ): Promise<void> {
    const [lateAt, lateReason] = [late?.at ?? null, late?.reason ?? null];
    await this.database.prisma.$executeRaw`
      WITH new_copy AS (
        INSERT INTO copy (id, edition_id, copy_number, post_id, subscription_id, person_id, person_name, post_title, unit_name, unit_kind, protocol_order,
                          acting, liaison, groups, unreachable, no_channel_left, link_nonce, token_hash, code_hash, link_expires_at,
                          late_at, late_reason)
        SELECT id, ${editionId}::uuid, "copyNumber", "postId", "subscriptionId", "personId", "personName", "postTitle", "unitName", "unitKind", "protocolOrder",
               acting, liaison, groups, unreachable, unreachable IS NOT NULL, "linkNonce", "tokenHash", "codeHash", ${due.linkExpiresAt}::timestamptz,
               ${lateAt}::timestamptz, ${lateReason}
        FROM json_to_recordset(${copies}::json) AS r(id uuid, "copyNumber" int, "postId" uuid, "subscriptionId" uuid, "personId" uuid, "personName" text, "postTitle" text,
             "unitName" text, "unitKind" text, "protocolOrder" int, acting bool, liaison text, groups text[], unreachable text,
             "linkNonce" text, "tokenHash" text, "codeHash" text)
      )${rungs === null ? Prisma.empty : Prisma.sql`, new_rung AS (${rungsSql(editionId, rungs)})`}
      ${deliveriesSql(editionId, deliveries, due)}`;
  }

  /** @returns how many were new; a delivery that exists already is left as it is */
  async addDeliveries(editionId: string, deliveries: readonly NewDelivery[], due: Due): Promise<number> {
    let added = 0;
    for (let from = 0; from < deliveries.length; from += CHUNK) {
      const rows = packed(deliveries.slice(from, from + CHUNK));
      added += await this.database.prisma.$executeRaw`${deliveriesSql(editionId, rows, due)}`;
    }
    return added;
  }

  /** Everybody who has a copy, in the order of the numbers. */
  async copyHolders(editionId: string): Promise<CopyHolder[]> {
    return this.database.prisma.copy.findMany({
      where: { editionId },
      orderBy: { copyNumber: 'asc' },
      select: { copyNumber: true, personId: true, personName: true, postTitle: true, unitName: true, lateAt: true },
    });
  }

  /** A live copy, locked, with how often its reader had it sent again and the last round anybody asked for. */
  async copyForResend(copyId: string, now: Date): Promise<ResendableCopy | null> {
    // A statement of its own: the next one must see what the one that held the lock before has committed.
    await this.database.prisma.$queryRaw`SELECT id FROM copy WHERE id = ${copyId}::uuid FOR UPDATE`;
    const rows = await this.database.prisma.$queryRaw<ResendableCopy[]>`
      SELECT c.edition_id AS "editionId", e.issue_id AS "issueId", c.person_id AS "personId", c.copy_number AS "copyNumber", e.level, e.urgency,
             (SELECT count(*)::int FROM delivery d WHERE d.copy_id = c.id AND d.purpose = 'resend' AND d.asked_by_id IS NULL
                AND d.created_at > ${now}::timestamptz - interval '1 day') AS "readersResends",
             (SELECT max(a.started_at) FROM delivery d JOIN attempt a ON a.delivery_id = d.id
              WHERE d.copy_id = c.id AND d.channel = 'sms') AS "codeSentAt",
             (SELECT COALESCE(max(d.round), 0)::int FROM delivery d WHERE d.copy_id = c.id AND d.purpose = 'resend') AS "lastRound"
      FROM copy c JOIN edition e ON e.id = c.edition_id
      WHERE c.id = ${copyId}::uuid AND c.link_revoked_at IS NULL AND e.withdrawn_at IS NULL`;
    return rows[0] ?? null;
  }

  async renewCode(copyId: string, codeNonce: string, codeHash: string): Promise<void> {
    await this.database.prisma.copy.update({ where: { id: copyId }, data: { codeNonce, codeHash } });
  }

  /** What was sent to on each channel last, to tell whether the address has been corrected since. */
  async addressesUsed(copyId: string): Promise<{ channel: string; address: string; waiting: boolean }[]> {
    return this.database.prisma.$queryRaw<{ channel: string; address: string; waiting: boolean }[]>`
      SELECT DISTINCT ON (channel) channel, address,
             EXISTS (SELECT 1 FROM delivery w WHERE w.copy_id = d.copy_id AND w.channel = d.channel AND w.state IN ('planned', 'sending')) AS waiting
      FROM delivery d WHERE d.copy_id = ${copyId}::uuid ORDER BY channel, created_at DESC`;
  }

  /** A message that is sent again must not lead to a link that has run out. */
  async renewLink(copyId: string, until: Date): Promise<void> {
    await this.database.prisma.copy.updateMany({
      where: { id: copyId, linkExpiresAt: { lt: until } },
      data: { linkExpiresAt: until },
    });
  }
}

const deliveriesSql = (editionId: string, rows: string, due: Due): Prisma.Sql => Prisma.sql`
        INSERT INTO delivery (id, copy_id, edition_id, channel, purpose, round, carry, address, address_masked, mail_domain, contact_id,
                              destination, position, asked_by_id, priority, next_attempt_at, deadline,
                              quiet_hours, working_days_only, digest, deferred)
        SELECT r.id, "copyId", ${editionId}::uuid, channel, purpose, round, carry, address, "addressMasked", "mailDomain", "contactId",
               COALESCE("mailDomain", k.lookup_hash), position, "askedById", ${due.priority}::int, COALESCE("leavesAt", ${due.at}::timestamptz),
               COALESCE(r.deadline, ${due.deadline}::timestamptz), COALESCE("quietHours", 0), COALESCE("workingDaysOnly", false), digest, reason
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "copyId" uuid, channel text, purpose text, round int, carry text, address text,
             "addressMasked" text, "mailDomain" text, "contactId" uuid, position int, "askedById" uuid, "quietHours" int,
             "workingDaysOnly" bool, digest bool, "leavesAt" timestamptz, deadline timestamptz, reason text)
        LEFT JOIN contact k ON k.id = r."contactId"
        ON CONFLICT (copy_id, channel, purpose, round) DO NOTHING`;

const rungsSql = (editionId: string, rows: string): Prisma.Sql => Prisma.sql`
        INSERT INTO delivery_rung (copy_id, step, edition_id, after_channel, after_minutes, channel, carry, address, address_masked,
                                   mail_domain, contact_id, position, quiet_hours, working_days_only)
        SELECT "copyId", step, ${editionId}::uuid, "afterChannel", "afterMinutes", channel, carry, address, "addressMasked",
               "mailDomain", "contactId", position, "quietHours", "workingDaysOnly"
        FROM json_to_recordset(${rows}::json) AS r("copyId" uuid, step int, "afterChannel" text, "afterMinutes" int, channel text, carry text,
             address text, "addressMasked" text, "mailDomain" text, "contactId" uuid, position int, "quietHours" int, "workingDaysOnly" bool)
        ON CONFLICT (copy_id, step) DO NOTHING`;

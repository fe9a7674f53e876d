import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

export interface NewCopy {
  id: string;
  copyNumber: number;
  postId: string;
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
}

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

  async markPlanned(editionId: string, at: Date): Promise<void> {
    await this.database.prisma.edition.update({ where: { id: editionId }, data: { plannedAt: at } });
  }

  async knownCodeHashes(hashes: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.prisma.$queryRaw<
      { h: string }[]
    >`SELECT code_hash AS h FROM copy WHERE code_hash = ANY(${hashes}::text[])`;
    return new Set(rows.map((row) => row.h));
  }

  async addCopies(editionId: string, copies: readonly NewCopy[], linkExpiresAt: Date): Promise<void> {
    for (let from = 0; from < copies.length; from += CHUNK) {
      // One JSON parameter instead of seventeen arrays: groups are themselves lists, which unnest would flatten.
      const rows = JSON.stringify(copies.slice(from, from + CHUNK));
      await this.database.prisma.$executeRaw`
        INSERT INTO copy (id, edition_id, copy_number, post_id, person_id, person_name, post_title, unit_name, unit_kind, protocol_order,
                          acting, liaison, groups, unreachable, link_nonce, token_hash, code_hash, link_expires_at)
        SELECT id, ${editionId}::uuid, "copyNumber", "postId", "personId", "personName", "postTitle", "unitName", "unitKind", "protocolOrder",
               acting, liaison, groups, unreachable, "linkNonce", "tokenHash", "codeHash", ${linkExpiresAt}::timestamptz
        FROM json_to_recordset(${rows}::json) AS r(id uuid, "copyNumber" int, "postId" uuid, "personId" uuid, "personName" text, "postTitle" text,
             "unitName" text, "unitKind" text, "protocolOrder" int, acting bool, liaison text, groups text[], unreachable text,
             "linkNonce" text, "tokenHash" text, "codeHash" text)`;
    }
  }

  /** @returns how many were new; a delivery that exists already is left as it is */
  async addDeliveries(
    editionId: string,
    deliveries: readonly NewDelivery[],
    due: { priority: number; at: Date; deadline: Date },
  ): Promise<number> {
    let added = 0;
    for (let from = 0; from < deliveries.length; from += CHUNK) {
      const rows = JSON.stringify(deliveries.slice(from, from + CHUNK));
      added += await this.database.prisma.$executeRaw`
        INSERT INTO delivery (copy_id, edition_id, channel, purpose, round, carry, address, address_masked, mail_domain, contact_id,
                              destination, position, priority, next_attempt_at, deadline)
        SELECT "copyId", ${editionId}::uuid, channel, purpose, round, carry, address, "addressMasked", "mailDomain", "contactId",
               COALESCE("mailDomain", k.lookup_hash), position, ${due.priority}::int, ${due.at}::timestamptz, ${due.deadline}::timestamptz
        FROM json_to_recordset(${rows}::json) AS r("copyId" uuid, channel text, purpose text, round int, carry text, address text,
             "addressMasked" text, "mailDomain" text, "contactId" uuid, position int)
        LEFT JOIN contact k ON k.id = r."contactId"
        ON CONFLICT (copy_id, channel, purpose, round) DO NOTHING`;
    }
    return added;
  }

  /** A live copy with how often it was sent again on request. */
  async copyForResend(copyId: string) {
    const rows = await this.database.prisma.$queryRaw<
      { editionId: string; personId: string; copyNumber: number; level: string; resends: number }[]
    >`
      SELECT c.edition_id AS "editionId", c.person_id AS "personId", c.copy_number AS "copyNumber", e.level,
             (SELECT count(*)::int FROM delivery d WHERE d.copy_id = c.id AND d.purpose = 'resend') AS resends
      FROM copy c JOIN edition e ON e.id = c.edition_id
      WHERE c.id = ${copyId}::uuid AND c.link_revoked_at IS NULL FOR UPDATE OF c`;
    return rows[0] ?? null;
  }
}

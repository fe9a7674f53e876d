import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database.js';

/** An edition with more open lines than this is folded: fewer cost nothing to add up. */
const LINES_LEFT = 64;

/**
 * Upkeep of the ledgers `delivery_count` and `copy_count`. Their lines are written by triggers in the transactions that move
 * rows; here old lines become one, and the sums are checked against the rows themselves.
 */
@Injectable()
export class CountRepository {
  constructor(private readonly database: Database) {}

  /** Lines newer than `before` stay: the rate of the last seconds is read from them. */
  async fold(before: Date): Promise<void> {
    const { prisma } = this.database;
    await prisma.$executeRaw`
      WITH long AS (
        SELECT edition_id FROM delivery_count WHERE NOT folded GROUP BY edition_id HAVING count(*) > ${LINES_LEFT}::int
      ), gone AS (
        DELETE FROM delivery_count c USING long WHERE c.edition_id = long.edition_id AND c.at < ${before}::timestamptz RETURNING c.*
      )
      INSERT INTO delivery_count (edition_id, channel, purpose, state, n, at, folded)
      SELECT edition_id, channel, purpose, state, sum(n), max(at), true FROM gone
      GROUP BY edition_id, channel, purpose, state HAVING sum(n) <> 0`;
    await prisma.$executeRaw`
      WITH long AS (
        SELECT edition_id FROM copy_count WHERE NOT folded GROUP BY edition_id HAVING count(*) > ${LINES_LEFT}::int
      ), gone AS (
        DELETE FROM copy_count c USING long WHERE c.edition_id = long.edition_id AND c.at < ${before}::timestamptz RETURNING c.*
      )
      INSERT INTO copy_count (edition_id, unit_kind, groups, first_order, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late, at, folded)
      SELECT edition_id, unit_kind, groups, min(first_order), sum(copies), sum(delivered), sum(opened), sum(opened_only), sum(acknowledged), sum(on_behalf),
             sum(unreached), sum(late), max(at), true
      FROM gone GROUP BY edition_id, unit_kind, groups`;
  }

  /** How many sums differ from what the rows say; 0 unless somebody changed rows with the triggers off. */
  async wrong(): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT ((SELECT count(*) FROM (
                SELECT edition_id, channel, purpose, state, sum(n) FROM (
                  SELECT edition_id, channel, purpose, state, n FROM delivery_count
                  UNION ALL SELECT edition_id, channel, purpose, state, -n FROM delivery_recount
                ) AS together GROUP BY edition_id, channel, purpose, state HAVING sum(n) <> 0) AS a)
            + (SELECT count(*) FROM (
                SELECT edition_id, unit_kind, groups FROM (
                  SELECT edition_id, unit_kind, groups, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late FROM copy_count
                  UNION ALL SELECT edition_id, unit_kind, groups, -copies, -delivered, -opened, -opened_only, -acknowledged, -on_behalf, -unreached, -late FROM copy_recount
                ) AS together GROUP BY edition_id, unit_kind, groups
                HAVING (sum(copies), sum(delivered), sum(opened), sum(opened_only), sum(acknowledged), sum(on_behalf), sum(unreached), sum(late)) <> (0, 0, 0, 0, 0, 0, 0, 0)) AS b))::int AS n`;
    return rows[0]!.n;
  }

  /**
   * Takes all counts anew. Writers wait meanwhile.
   *
   * @returns how many were wrong
   */
  async rebuild(): Promise<number> {
    return this.database.transaction(async () => {
      const { prisma } = this.database;
      await prisma.$executeRaw`LOCK TABLE copy, delivery, copy_count, delivery_count IN SHARE ROW EXCLUSIVE MODE`;
      const wrong = await this.wrong();
      await prisma.$executeRaw`SELECT settle_copies(ARRAY(SELECT id FROM copy))`;
      await prisma.$executeRaw`DELETE FROM delivery_count`;
      await prisma.$executeRaw`DELETE FROM copy_count`;
      await prisma.$executeRaw`
        INSERT INTO delivery_count (edition_id, channel, purpose, state, n, folded) SELECT *, true FROM delivery_recount`;
      await prisma.$executeRaw`
        INSERT INTO copy_count (edition_id, unit_kind, groups, first_order, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late, folded)
        SELECT *, true FROM copy_recount`;
      return wrong;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { callRule } from '../../domain/sending/call-list.js';
import type { ReadingState } from '../../domain/reading/reading.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';

/** Somebody to phone. */
export interface CallRow {
  copyId: string;
  copyNumber: number;
  personId: string;
  personName: string;
  postTitle: string;
  unitName: string;
  liaison: string | null;
  /** Masked; null when no number is kept. */
  phone: string | null;
  reading: ReadingState;
  openedAt: Date | null;
  /** Null when nothing has left. */
  lastSentAt: Date | null;
  reminders: number;
  /** Nothing left on any channel that could still arrive. */
  unreached: boolean;
  whyUnreachable: string | null;
}

/** More than anybody phones; the table for Excel has them all in parts of this size. */
export const callsAtOnce = 1000;

/** `reasonToCall` in SQL, by the rule's own words. As literals: the index of those who have not acknowledged needs them so. */
const word = (text: string): Prisma.Sql => Prisma.raw(`'${text}'`);
const done = word(callRule.done);
const unreached = Prisma.sql`(c.no_channel_left AND c.reading = ${word(callRule.unseen)})`;
const underWay = Prisma.join(callRule.underWay.map(word));
const asksNothing = word(callRule.asksNothing);

/** 电话名单 of an issue. */
@Injectable()
export class CallListRepository {
  constructor(private readonly database: Database) {}

  /**
   * Whom `reasonToCall` names, in protocol order, after a copy number.
   *
   * @param silentSince last message at or before then; null when the issue asks for no acknowledgement
   */
  async calls(editionId: string, silentSince: Date | null, after: number): Promise<CallRow[]> {
    return this.database.prisma.$queryRaw<CallRow[]>`
      SELECT c.id AS "copyId", c.copy_number AS "copyNumber", c.person_id AS "personId", c.person_name AS "personName",
             c.post_title AS "postTitle", c.unit_name AS "unitName", c.liaison, phone.masked AS phone, c.reading,
             c.opened_at AS "openedAt", d.last AS "lastSentAt", d.reminders, ${unreached} AS unreached,
             COALESCE(c.unreachable, d.reason) AS "whyUnreachable"
      FROM copy c
      CROSS JOIN LATERAL (
        SELECT max(x.sent_at) AS last, (count(*) FILTER (WHERE x.purpose = 'reminder' AND x.sent_at IS NOT NULL))::int AS reminders,
               COALESCE(bool_or(x.state IN (${underWay})), false) AS waiting,
               string_agg(DISTINCT rtrim(x.reason, '。'), '；') FILTER (WHERE x.state = 'failed') || '。' AS reason
        FROM delivery x WHERE x.copy_id = c.id AND x.purpose <> ${asksNothing}
      ) d
      LEFT JOIN contact phone ON phone.person_id = c.person_id AND phone.kind = 'sms'
      WHERE c.edition_id = ${editionId}::uuid AND c.reading <> ${done} AND c.subscription_id IS NULL
        AND c.copy_number > ${after}::int
        AND (${unreached} OR (d.last <= ${silentSince}::timestamptz AND NOT d.waiting))
      ORDER BY c.copy_number LIMIT ${callsAtOnce}::int`;
  }
}

import { Injectable } from '@nestjs/common';
import type { AcknowledgeVia, ReadingState } from '../domain/reading/reading.js';
import { Database } from '../platform/database.js';

export interface HeldPost {
  unit: string;
  title: string;
  acting: boolean;
  startsOn: Date;
  endsOn: Date | null;
}

export interface OwnReading {
  title: string;
  copyNumber: number;
  signedAt: Date;
  reading: ReadingState;
  openedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedVia: AcknowledgeVia | null;
  onBehalfBy: string | null;
}

export interface Look {
  at: Date;
  /** Name of the account; null for one that is gone. */
  who: string | null;
  channel: string;
  reason: string;
}

/** The newest of each: enough for a person to see, and bounded. */
const mostReadings = 500;
const mostLooks = 200;

/** What is stored about one person. */
@Injectable()
export class MyDataRepository {
  constructor(private readonly database: Database) {}

  async posts(personId: string): Promise<HeldPost[]> {
    return this.database.prisma.$queryRaw<HeldPost[]>`
      SELECT u.name AS unit, p.title, t.acting, t.starts_on AS "startsOn", t.ends_on AS "endsOn"
      FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
      WHERE t.person_id = ${personId}::uuid ORDER BY t.starts_on DESC, p.protocol_order LIMIT 100`;
  }

  async readings(personId: string): Promise<OwnReading[]> {
    return this.database.prisma.$queryRaw<OwnReading[]>`
      SELECT e.content->>'title' AS title, c.copy_number AS "copyNumber", e.signed_at AS "signedAt", c.reading, c.opened_at AS "openedAt",
             c.acknowledged_at AS "acknowledgedAt", c.acknowledged_via AS "acknowledgedVia", c.on_behalf_by AS "onBehalfBy"
      FROM copy c JOIN edition e ON e.id = c.edition_id
      WHERE c.person_id = ${personId}::uuid AND e.withdrawn_at IS NULL ORDER BY e.signed_at DESC LIMIT ${mostReadings}::int`;
  }

  /** Every time an address was shown in full. */
  async looks(personId: string): Promise<Look[]> {
    return this.database.prisma.$queryRaw<Look[]>`
      SELECT a.at, account.name AS who, a.detail->>'channel' AS channel, COALESCE(a.detail->>'reason', '') AS reason
      FROM audit_entry a LEFT JOIN account ON account.id::text = a.actor
      WHERE a.subject = ${`person:${personId}`} AND a.action = 'contact.revealed' ORDER BY a.id DESC LIMIT ${mostLooks}::int`;
  }
}

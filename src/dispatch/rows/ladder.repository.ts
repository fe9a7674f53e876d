import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../../domain/delivery.js';
import { hoursToDeliver } from '../../domain/sending/retry.js';
import { priorityOf, urgencies } from '../../domain/urgency.js';
import { Database } from '../../platform/database.js';
import { newId } from '../../platform/new-id.js';

const priorities = JSON.stringify(Object.fromEntries(urgencies.map((urgency) => [urgency, priorityOf(urgency)])));
const hours = JSON.stringify(hoursToDeliver);

/** The further rungs of copies. */
@Injectable()
export class LadderRepository {
  constructor(private readonly database: Database) {}

  /**
   * Makes deliveries of the rungs whose turn it is, in one statement. Two sweepers at once take each rung once: the row is
   * locked while it is taken, and the delivery's unique key stands behind it.
   *
   * Its turn: nobody has opened the copy, and the rung before it failed for good, or has brought no sign of arrival in its time.
   * A sign is the provider's delivery report or the opened page; WeCom reports no delivery, so there only opening counts.
   * A channel of which no account works until a person mends it brings no sign either, nor does a message in doubt that a
   * person has yet to decide on: its time runs from the try that brought the doubt.
   */
  async take(
    now: Date,
    limit: number,
    accounts: readonly { channel: ChannelKind; account: string }[],
  ): Promise<number> {
    const ids = Array.from({ length: limit }, () => newId());
    return this.database.prisma.$executeRaw`
      WITH stopped AS (
        SELECT a.channel, max(g.changed_at) AS since
        FROM json_to_recordset(${JSON.stringify(accounts)}::json) AS a(channel text, account text)
        LEFT JOIN account_gate g ON g.account = a.account
        GROUP BY a.channel HAVING bool_and(COALESCE(g.circuit_open, false))
      ), due AS (
        SELECT r.copy_id, r.step, e.urgency FROM delivery_rung r
        JOIN edition e ON e.id = r.edition_id AND e.withdrawn_at IS NULL AND e.voided_at IS NULL AND e.paused_at IS NULL
        JOIN copy c ON c.id = r.copy_id AND c.reading = 'unread'
        JOIN delivery p ON p.copy_id = r.copy_id AND p.channel = r.after_channel AND p.purpose = 'initial' AND p.round = 0
        LEFT JOIN stopped g ON g.channel = p.channel
        WHERE r.taken_at IS NULL AND (
          p.state = 'failed'
          OR (p.state = 'sent' AND p.sent_at + r.after_minutes * interval '1 minute' <= ${now}::timestamptz)
          OR (p.state = 'held' AND r.after_minutes * interval '1 minute' + COALESCE(
                (SELECT max(a.started_at) FROM attempt a WHERE a.delivery_id = p.id), p.next_attempt_at) <= ${now}::timestamptz)
          OR (p.state = 'planned' AND g.since + r.after_minutes * interval '1 minute' <= ${now}::timestamptz
              AND p.next_attempt_at + r.after_minutes * interval '1 minute' <= ${now}::timestamptz))
        ORDER BY r.edition_id, r.position LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED
      ), taken AS (
        UPDATE delivery_rung r SET taken_at = ${now}::timestamptz FROM due WHERE r.copy_id = due.copy_id AND r.step = due.step
        RETURNING r.*, due.urgency
      ), numbered AS (
        SELECT taken.*, row_number() OVER (ORDER BY edition_id, position) AS place FROM taken
      )
      INSERT INTO delivery (id, copy_id, edition_id, channel, purpose, round, step, carry, address, address_masked, mail_domain, contact_id,
                            destination, position, priority, next_attempt_at, deadline, quiet_hours, working_days_only)
      SELECT fresh.id, copy_id, edition_id, channel, 'initial', 0, step, carry, address, address_masked, numbered.mail_domain, contact_id,
             COALESCE(numbered.mail_domain, k.lookup_hash), position,
             (${priorities}::json ->> urgency)::int, ${now}::timestamptz,
             ${now}::timestamptz + (${hours}::json ->> urgency)::int * interval '1 hour', quiet_hours, working_days_only
      FROM numbered JOIN unnest(${ids}::uuid[]) WITH ORDINALITY AS fresh(id, place) ON fresh.place = numbered.place
        LEFT JOIN contact k ON k.id = numbered.contact_id
      ON CONFLICT (copy_id, channel, purpose, round) DO NOTHING`;
  }
}

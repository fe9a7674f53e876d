import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../domain/delivery.js';
import { sameKey } from '../domain/text/same-text.js';
import { AlikeRepository, likeText } from '../platform/alike.repository.js';
import { Database } from '../platform/database.js';

/** A person in a post today, with the channels that reach him. */
export interface Holder {
  personId: string;
  unitName: string;
  postTitle: string;
  name: string;
  protocolOrder: number;
  channels: ChannelKind[];
}

@Injectable()
export class HolderRepository {
  constructor(
    private readonly database: Database,
    private readonly names: AlikeRepository,
  ) {}

  /** @param day civil date */
  async named(name: string, day: string, limit: number): Promise<Holder[]> {
    const odd = await this.names.oddlyNamed(name);
    return this.database.prisma.$queryRaw<Holder[]>`
      SELECT h.id AS "personId", u.name AS "unitName", p.title AS "postTitle", h.name, p.protocol_order AS "protocolOrder",
             ARRAY(SELECT k.kind FROM contact k WHERE k.person_id = h.id AND k.bad_since IS NULL ORDER BY k.kind) AS channels
      FROM person h JOIN tenure t ON t.person_id = h.id JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
      WHERE (h.name LIKE ${likeText(sameKey(name))} OR h.id = ANY(${odd.people}::uuid[])) AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
        AND (p.closed_on IS NULL OR p.closed_on > ${day}::date)
      ORDER BY p.protocol_order LIMIT ${limit}`;
  }
}

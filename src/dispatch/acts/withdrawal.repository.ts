import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../../domain/delivery.js';
import { isWithdrawalNotice, mayHaveArrived } from '../../issues/still-wanted.repository.js';
import { Database } from '../../platform/database.js';

/** Where the withdrawn text may have arrived: the address it was sent to, not the person's present one. */
export interface Reached {
  copyId: string;
  position: number;
  channel: ChannelKind;
  address: string;
  addressMasked: string;
  mailDomain: string | null;
  contactId: string;
}

@Injectable()
export class WithdrawalRepository {
  constructor(private readonly database: Database) {}

  /** One for each copy and channel that has not been told yet. An address that was removed or replaced since is told as long as it is kept for that. */
  async untold(editionId: string): Promise<Reached[]> {
    return this.database.prisma.$queryRaw<Reached[]>`
      SELECT DISTINCT ON (d.copy_id, d.channel) d.copy_id AS "copyId", d.position, d.channel, COALESCE(a.sealed, d.address) AS address, d.address_masked AS "addressMasked",
             COALESCE(a.mail_domain, d.mail_domain) AS "mailDomain", d.contact_id AS "contactId"
      FROM delivery d LEFT JOIN recall_address a ON a.delivery_id = d.id
      WHERE d.edition_id = ${editionId}::uuid AND ${mayHaveArrived} AND (d.address <> '' OR a.sealed IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM delivery n WHERE n.copy_id = d.copy_id AND n.channel = d.channel AND ${isWithdrawalNotice('n')})
      ORDER BY d.copy_id, d.channel, d.created_at DESC`;
  }
}

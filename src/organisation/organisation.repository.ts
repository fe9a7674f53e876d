import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

export interface StoredContact {
  personId: string;
  kind: string;
  sealed: string;
  lookupHash: string;
  masked: string;
}

/** The addresses that people are sent to. */
@Injectable()
export class OrganisationRepository {
  constructor(private readonly database: Database) {}

  async contactsOf(
    personIds: readonly string[],
  ): Promise<(StoredContact & { id: string; mailDomain: string | null; badSince: Date | null })[]> {
    return this.database.prisma.contact.findMany({
      where: { personId: { in: [...personIds] } },
      select: {
        id: true,
        personId: true,
        kind: true,
        sealed: true,
        lookupHash: true,
        masked: true,
        mailDomain: true,
        badSince: true,
      },
    });
  }

  async markContactBad(contactId: string, at: Date, reason: string): Promise<void> {
    await this.database.prisma.contact.updateMany({
      where: { id: contactId, badSince: null },
      data: { badSince: at, badReason: reason },
    });
  }
}

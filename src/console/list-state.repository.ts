import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** Whether there is a list at all: without one, most of what a page could say is no help. */
@Injectable()
export class ListStateRepository {
  constructor(private readonly database: Database) {}

  async isEmpty(): Promise<boolean> {
    const rows = await this.database.prisma.$queryRaw<{ none: boolean }[]>`
      SELECT NOT EXISTS (SELECT 1 FROM post) AND NOT EXISTS (SELECT 1 FROM unit) AS none`;
    return rows[0]?.none ?? true;
  }
}

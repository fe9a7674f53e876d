import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

export interface SendBack {
  at: Date;
  byName: string;
  note: string;
  /** When the issue was sent for review again; null while the note waits for that. */
  answeredAt: Date | null;
}

/** Why issues were sent back, and whether that has been answered. */
@Injectable()
export class SendBackRepository {
  constructor(private readonly database: Database) {}

  async addSendBack(issueId: string, at: Date, byName: string, note: string): Promise<void> {
    await this.database.prisma.sendBack.create({ data: { issueId, at, byName, note } });
  }

  async answer(issueId: string, at: Date): Promise<void> {
    await this.database.prisma.sendBack.updateMany({ where: { issueId, answeredAt: null }, data: { answeredAt: at } });
  }

  /** Newest first. */
  async sendBacksOf(issueId: string): Promise<SendBack[]> {
    return this.database.prisma.sendBack.findMany({
      where: { issueId },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      select: { at: true, byName: true, note: true, answeredAt: true },
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Database, jsonColumn } from '../platform/database.js';
import type { MessageContent } from './message.js';

@Injectable()
export class RenditionRepository {
  constructor(private readonly database: Database) {}

  async loadRendition(editionId: string, format: string): Promise<MessageContent | null> {
    const row = await this.database.prisma.rendition.findUnique({
      where: { editionId_format: { editionId, format } },
      select: { content: true },
    });
    return row ? (row.content as unknown as MessageContent) : null;
  }

  /** Keeps what is there: of two processes that compose at once, both send what the first one stored. */
  async keep(editionId: string, format: string, content: MessageContent, template: string): Promise<void> {
    await this.database.prisma.rendition.createMany({
      data: [{ editionId, format, content: jsonColumn(content), template }],
      skipDuplicates: true,
    });
  }
}

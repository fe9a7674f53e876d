import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database.js';

/** An edition as it was printed first. */
export interface StoredPrint {
  pdf: Uint8Array;
  /** SHA-256 of the file, hex. */
  sha256: string;
  pages: number;
  /** SHA-256 of the template. */
  template: string;
  madeAt: Date;
}

@Injectable()
export class EditionPrintRepository {
  constructor(private readonly database: Database) {}

  async loadPrint(editionId: string): Promise<StoredPrint | null> {
    return this.database.prisma.editionPrint.findUnique({ where: { editionId }, omit: { editionId: true } });
  }

  /** Keeps what is there: of two processes that print at once, both give out what the first one stored. */
  async keep(editionId: string, print: StoredPrint): Promise<void> {
    const pdf = new Uint8Array(print.pdf);
    await this.database.prisma.editionPrint.createMany({ data: [{ editionId, ...print, pdf }], skipDuplicates: true });
  }
}

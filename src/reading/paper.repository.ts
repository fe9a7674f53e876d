import { Injectable } from '@nestjs/common';
import type { ScanKind } from '../domain/reading/paper.js';
import type { ReadingState } from '../domain/reading/reading.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

/** A copy that somebody may sign for. */
export interface PaperCopy {
  copyId: string;
  copyNumber: number;
  personName: string;
  reading: ReadingState;
  sentAt: Date;
}

export interface NewSheet {
  editionId: string;
  entryHash: string;
  /** `yyyy-mm-dd` */
  signedOn: string;
  note: string;
  enteredById: string;
  enteredBy: string;
  enteredAt: Date;
}

export interface NewScan {
  name: string;
  kind: ScanKind;
  size: number;
  hash: string;
  sealed: Uint8Array<ArrayBuffer>;
  addedBy: string;
  addedAt: Date;
}

export interface StoredScan extends NewScan {
  id: string;
  sheetId: string;
  issueId: string;
}

/** Joined to a copy `c`: the sheet by which it counts as acknowledged, who entered it and the day that stands on it. */
export const countedSheet = Prisma.sql`LEFT JOIN LATERAL (
  SELECT s.entered_by AS "enteredBy", s.signed_on::text AS "signedOn" FROM paper_signature g JOIN paper_sheet s ON s.id = g.sheet_id
  WHERE g.copy_id = c.id AND g.counted LIMIT 1
) sheet ON c.acknowledged_via = 'paper'`;

/** Returned signatures and what was scanned of them. */
@Injectable()
export class PaperRepository {
  constructor(private readonly database: Database) {}

  /** One entry for an edition at a time, until the transaction ends. */
  async takeTurn(editionId: string): Promise<void> {
    const key = BigInt(`0x${editionId.replaceAll('-', '').slice(-15)}`);
    await this.database.prisma.$executeRaw`SELECT pg_advisory_xact_lock(${key}::bigint)`;
  }

  async entered(entryHash: string): Promise<string | null> {
    const row = await this.database.prisma.paperSheet.findUnique({ where: { entryHash }, select: { id: true } });
    return row?.id ?? null;
  }

  /** Those of the copies that are of this edition and nobody's by subscription, in protocol order. */
  async copies(editionId: string, copyIds: readonly string[]): Promise<PaperCopy[]> {
    return this.database.prisma.$queryRaw<PaperCopy[]>`
      SELECT c.id AS "copyId", c.copy_number AS "copyNumber", c.person_name AS "personName", c.reading,
             COALESCE(c.late_at, e.planned_at) AS "sentAt"
      FROM copy c JOIN edition e ON e.id = c.edition_id
      WHERE e.id = ${editionId}::uuid AND c.id = ANY(${copyIds}::uuid[]) AND c.subscription_id IS NULL AND e.planned_at IS NOT NULL
      ORDER BY c.copy_number`;
  }

  /** @param acknowledgedAt as the acknowledgements of this sheet have it: who pressed meanwhile is not counted by it */
  async keepSheet(sheet: NewSheet, copyIds: readonly string[], acknowledgedAt: Date): Promise<string> {
    const { id } = await this.database.prisma.paperSheet.create({
      data: { ...sheet, signedOn: new Date(`${sheet.signedOn}T00:00:00Z`) },
      select: { id: true },
    });
    await this.database.prisma.$executeRaw`
      INSERT INTO paper_signature (sheet_id, copy_id, counted)
      SELECT ${id}::uuid, c.id, c.acknowledged_via = 'paper' AND c.on_behalf_by = ${sheet.enteredBy} AND c.acknowledged_at = ${acknowledgedAt}::timestamptz
        AND NOT EXISTS (SELECT 1 FROM paper_signature g WHERE g.copy_id = c.id AND g.counted)
      FROM copy c WHERE c.id = ANY(${copyIds}::uuid[])`;
    return id;
  }

  async sheet(id: string): Promise<{ id: string; editionId: string; issueId: string; scans: number } | null> {
    const row = await this.database.prisma.paperSheet.findUnique({
      where: { id },
      select: { editionId: true, edition: { select: { issueId: true } }, _count: { select: { scans: true } } },
    });
    return row && { id, editionId: row.editionId, issueId: row.edition.issueId, scans: row._count.scans };
  }

  /** The same file on the same sheet is one. */
  async keepScan(sheetId: string, scan: NewScan): Promise<boolean> {
    const { count } = await this.database.prisma.paperScan.createMany({
      data: [{ ...scan, sheetId }],
      skipDuplicates: true,
    });
    return count === 1;
  }

  async scan(id: string): Promise<StoredScan | null> {
    const row = await this.database.prisma.paperScan.findUnique({
      where: { id },
      include: { sheet: { select: { edition: { select: { issueId: true } } } } },
    });
    if (row === null) return null;
    const { sheet, ...scan } = row;
    return { ...scan, kind: scan.kind as ScanKind, sealed: scan.sealed, issueId: sheet.edition.issueId };
  }

  async removeScan(id: string): Promise<void> {
    await this.database.prisma.paperScan.deleteMany({ where: { id } });
  }
}

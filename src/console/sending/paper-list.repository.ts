import { Injectable } from '@nestjs/common';
import { callRule } from '../../domain/sending/call-list.js';
import type { PaperList } from '../../domain/reading/paper.js';
import type { AcknowledgeVia, ReadingState } from '../../domain/reading/reading.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';
import { countedSheet } from '../../reading/paper.repository.js';

/** One line of a 签收单. */
export interface PaperRow {
  copyId: string;
  copyNumber: number;
  unitName: string;
  postTitle: string;
  personName: string;
  acting: boolean;
  reading: ReadingState;
  acknowledgedAt: Date | null;
  acknowledgedVia: AcknowledgeVia | null;
  onBehalfBy: string | null;
  /** Of a signature on paper. */
  enteredBy: string | null;
  signedOn: string | null;
  /** Gets every issue on paper as well. */
  onPaper: boolean;
  /** Nothing left on any channel that could still arrive. */
  unreached: boolean;
  whyUnreachable: string | null;
}

/** A sheet that was entered. */
export interface EnteredSheet {
  id: string;
  signedOn: string;
  note: string;
  enteredBy: string;
  enteredAt: Date;
  counted: number;
  /** Ticked although they had been acknowledged before. */
  passedOver: { copyNumber: number; personName: string }[];
  scans: { id: string; name: string; size: number }[];
}

/** Lines of one page: some twenty sheets of A4. */
export const linesAtOnce = 500;
const sheetsShown = 50;

const unreached = Prisma.sql`(c.no_channel_left AND c.reading = ${callRule.unseen})`;
const wantsPaper = Prisma.sql`EXISTS (SELECT 1 FROM preference w WHERE w.person_id = c.person_id AND w.on_paper)`;

const chosen: Record<PaperList, Prisma.Sql> = {
  // Who has signed on paper got it on paper: he stays on the sheet.
  paper: Prisma.sql`(${unreached} OR ${wantsPaper} OR c.acknowledged_via = 'paper')`,
  unacknowledged: Prisma.sql`c.reading <> ${callRule.done}`,
  all: Prisma.sql`true`,
};

/** Who is to sign on paper, and what was entered of it. */
@Injectable()
export class PaperListRepository {
  constructor(private readonly database: Database) {}

  async count(editionId: string, list: PaperList): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM copy c WHERE c.edition_id = ${editionId}::uuid AND c.subscription_id IS NULL AND ${chosen[list]}`;
    return rows[0]!.n;
  }

  /** How many of each edition are to sign on paper and have not: their sheets are due back. */
  async dueBack(editionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.prisma.$queryRaw<{ editionId: string; n: number }[]>`
      SELECT c.edition_id AS "editionId", count(*)::int AS n FROM copy c
      WHERE c.edition_id = ANY(${editionIds}::uuid[]) AND c.subscription_id IS NULL AND c.reading <> ${callRule.done} AND ${chosen.paper}
      GROUP BY c.edition_id`;
    return new Map(rows.map(({ editionId, n }) => [editionId, n]));
  }

  /** Unit by unit, in the order of whoever of a unit comes first; within it in protocol order. */
  async lines(editionId: string, list: PaperList, skip: number): Promise<PaperRow[]> {
    return this.database.prisma.$queryRaw<PaperRow[]>`
      SELECT c.id AS "copyId", c.copy_number AS "copyNumber", c.unit_name AS "unitName", c.post_title AS "postTitle",
             c.person_name AS "personName", c.acting, c.reading, c.acknowledged_at AS "acknowledgedAt", c.acknowledged_via AS "acknowledgedVia",
             c.on_behalf_by AS "onBehalfBy", sheet.*, ${wantsPaper} AS "onPaper", ${unreached} AS unreached, c.unreachable AS "whyUnreachable"
      FROM (
        SELECT *, min(protocol_order) OVER (PARTITION BY unit_name) AS unit_order FROM copy c
        WHERE c.edition_id = ${editionId}::uuid AND c.subscription_id IS NULL AND ${chosen[list]}
      ) c ${countedSheet}
      ORDER BY c.unit_order, c.unit_name, c.protocol_order, c.copy_number LIMIT ${linesAtOnce}::int OFFSET ${skip}::int`;
  }

  /** Newest first. */
  async sheets(editionId: string): Promise<EnteredSheet[]> {
    return this.database.prisma.$queryRaw<EnteredSheet[]>`
      SELECT s.id, s.signed_on::text AS "signedOn", s.note, s.entered_by AS "enteredBy", s.entered_at AS "enteredAt",
        (SELECT count(*) FILTER (WHERE g.counted)::int FROM paper_signature g WHERE g.sheet_id = s.id) AS counted,
        COALESCE((SELECT json_agg(json_build_object('copyNumber', c.copy_number, 'personName', c.person_name) ORDER BY c.copy_number)
          FROM paper_signature g JOIN copy c ON c.id = g.copy_id WHERE g.sheet_id = s.id AND NOT g.counted), '[]') AS "passedOver",
        COALESCE((SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'size', p.size) ORDER BY p.added_at, p.id)
          FROM paper_scan p WHERE p.sheet_id = s.id), '[]') AS scans
      FROM paper_sheet s WHERE s.edition_id = ${editionId}::uuid ORDER BY s.entered_at DESC, s.id LIMIT ${sheetsShown}::int`;
  }
}

import { Injectable } from '@nestjs/common';
import { NOTHING_KNOWN, type PaperLayout } from '../domain/bulletin/paper-layout.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database, jsonColumn } from '../platform/database.js';

/** `before`: without the issue `issueId`, which taught last; null where a person wrote it last. */
export interface StoredLayout {
  layout: PaperLayout | null;
  before: PaperLayout | null;
  issueId: string | null;
}

const columns = { layout: true, layoutBefore: true, layoutIssueId: true } as const;

/** What is known of the layouts of publications. */
@Injectable()
export class LayoutRepository {
  constructor(private readonly database: Database) {}

  async layoutOf(publicationId: string): Promise<StoredLayout> {
    const row = await this.database.prisma.publication.findUnique({ where: { id: publicationId }, select: columns });
    return { layout: kept(row?.layout), before: kept(row?.layoutBefore), issueId: row?.layoutIssueId ?? null };
  }

  async layoutNamed(series: string): Promise<PaperLayout | null> {
    const row = await this.database.prisma.publication.findUnique({ where: { name: series }, select: columns });
    return kept(row?.layout);
  }

  async listLayouts(): Promise<PaperLayout[]> {
    const rows = await this.database.prisma.publication.findMany({ select: columns });
    return rows.map(({ layout }) => kept(layout)).filter((layout) => layout !== null);
  }

  async saveLayout(publicationId: string, { layout, before, issueId }: StoredLayout): Promise<void> {
    await this.database.prisma.publication.update({
      where: { id: publicationId },
      data: { layout: column(layout), layoutBefore: column(before), layoutIssueId: issueId },
    });
  }

  /** What an issue has taught to a publication that it turned out not to be of. */
  async forgetElsewhere(issueId: string, publicationId: string): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE publication SET layout = layout_before, layout_before = NULL, layout_issue_id = NULL
      WHERE layout_issue_id = ${issueId}::uuid AND id <> ${publicationId}::uuid`;
  }
}

const column = (layout: PaperLayout | null) => (layout === null ? Prisma.DbNull : jsonColumn(layout));

/** What did not exist when it was kept is not known. */
const kept = (value: unknown): PaperLayout | null =>
  value === null || value === undefined ? null : { ...NOTHING_KNOWN, ...(value as Partial<PaperLayout>) };

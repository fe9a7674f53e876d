import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';

export interface StoredDraft {
  form: string;
  posted: boolean;
  savedAt: Date;
}

/** Pages that answered a form, and forms that nobody has taken yet: all sealed, all for a short time. */
@Injectable()
export class FormStoreRepository {
  constructor(private readonly database: Database) {}

  /** Of one keeper only the newest `most` are left. */
  async keepPage(
    page: { idHash: string; keeper: string; sealed: Uint8Array<ArrayBuffer>; expiresAt: Date },
    now: Date,
    most: number,
  ): Promise<void> {
    const { prisma } = this.database;
    await prisma.keptPage.deleteMany({ where: { expiresAt: { lte: now } } });
    await prisma.keptPage.create({ data: { ...page, keptAt: now } });
    const old = await prisma.keptPage.findMany({
      where: { keeper: page.keeper },
      orderBy: { keptAt: 'desc' },
      skip: most,
      select: { idHash: true },
    });
    if (old.length > 0)
      await prisma.keptPage.deleteMany({ where: { idHash: { in: old.map(({ idHash }) => idHash) } } });
  }

  async page(idHash: string, now: Date): Promise<{ keeper: string; sealed: Uint8Array } | null> {
    return this.database.prisma.keptPage.findFirst({
      where: { idHash, expiresAt: { gt: now } },
      select: { keeper: true, sealed: true },
    });
  }

  async forgetPages(keeper: string): Promise<void> {
    await this.database.prisma.keptPage.deleteMany({ where: { keeper } });
  }

  async saveDraft(
    key: { accountId: string; form: string; posted: boolean },
    sealed: Uint8Array<ArrayBuffer>,
    now: Date,
    expiresAt: Date,
  ): Promise<void> {
    const data = { sealed, savedAt: now, expiresAt };
    const { prisma } = this.database;
    await prisma.formDraft.deleteMany({ where: { expiresAt: { lte: now } } });
    await prisma.formDraft.upsert({
      where: { accountId_form_posted: key },
      create: { ...key, ...data },
      update: data,
    });
  }

  async drafts(accountId: string, now: Date): Promise<StoredDraft[]> {
    return this.database.prisma.formDraft.findMany({
      where: { accountId, expiresAt: { gt: now } },
      select: { form: true, posted: true, savedAt: true },
    });
  }

  async draft(
    accountId: string,
    form: string,
    posted: boolean,
    now: Date,
  ): Promise<{ sealed: Uint8Array; savedAt: Date } | null> {
    return this.database.prisma.formDraft.findFirst({
      where: { accountId, form, posted, expiresAt: { gt: now } },
      select: { sealed: true, savedAt: true },
    });
  }

  async forgetDrafts(accountId: string, form: string, posted?: boolean): Promise<void> {
    await this.database.prisma.formDraft.deleteMany({
      where: { accountId, form, posted },
    });
  }

  async forgetExpired(now: Date): Promise<void> {
    const { prisma } = this.database;
    await prisma.keptPage.deleteMany({ where: { expiresAt: { lte: now } } });
    await prisma.formDraft.deleteMany({ where: { expiresAt: { lte: now } } });
  }
}

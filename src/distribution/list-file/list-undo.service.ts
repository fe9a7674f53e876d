import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { DomainError } from '../../domain/errors/errors.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { ImportTrailRepository } from './import-trail.repository.js';
import { ListDueRepository } from './list-due.repository.js';
import { ListImportRepository, type StoredImport } from './list-import.repository.js';
import { RosterWriteRepository } from './roster-write.repository.js';

const undoableDays = 30;
/** 50,000 rows with all they touch, on a small and busy machine. */
const longestUndoMs = 15 * 60_000;

/** Takes the last import back, exactly, as long as nothing has happened to what it touched. */
@Injectable()
export class ListUndoService {
  constructor(
    private readonly database: Database,
    private readonly imports: ListImportRepository,
    private readonly trail: ImportTrailRepository,
    private readonly writes: RosterWriteRepository,
    private readonly due: ListDueRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The import that may be undone, and why not if it may not be; null when there is none to speak of. */
  async candidate(): Promise<{ stored: StoredImport; refusal: string | null } | null> {
    const stored = await this.imports.lastDone();
    if (!stored || this.isTooOld(stored)) return null;
    return { stored, refusal: await this.refusal(stored.id) };
  }

  async undo(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      await this.writes.lock();
      const last = await this.imports.lastDone();
      if (last?.id !== id || this.isTooOld(last))
        throw new DomainError('list.undoRefused', { reason: '只能撤销最近一次导入，而且要在导入和生效后30天之内' });
      const refusal = await this.refusal(id);
      if (refusal !== null) throw new DomainError('list.undoRefused', { reason: refusal });
      await this.trail.undo(id);
      await this.due.forget(id);
      if (!(await this.imports.markUndone(id, actor.name))) throw new DomainError('list.importNotOpen');
      await this.trail.forget(null);
      await this.audit.record(actor.id, 'list.importUndone', 'list', { importId: id });
    }, longestUndoMs);
  }

  /** What was kept for undoing an import that is too old to be undone. */
  async forgetOld(): Promise<void> {
    const last = await this.imports.lastDone();
    if (last && this.isTooOld(last)) await this.trail.forget(null);
  }

  private async refusal(id: string): Promise<string | null> {
    const used = await this.trail.usedSince(id);
    if (used > 0) return `新增的岗位或人员中有${used}个已在别处使用（如已收到简报）`;
    const touched = await this.trail.touchedSince(id);
    return touched > 0 ? `导入改动的内容中有${touched}处之后又被改过` : null;
  }

  /** Counted from its day, where that comes later. */
  private isTooOld({ finishedAt, counts }: StoredImport): boolean {
    if (finishedAt === null) return true;
    const since = Math.max(finishedAt.getTime(), Date.parse(`${counts?.effectiveOn ?? '1949-10-01'}T00:00:00+08:00`));
    return this.clock.now().getTime() - since > undoableDays * 86_400_000;
  }
}

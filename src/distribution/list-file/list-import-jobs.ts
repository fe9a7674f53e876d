import { Injectable, Logger } from '@nestjs/common';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { Clock } from '../../platform/clock.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { JobRunner } from '../../platform/jobs/job-runner.js';
import { Settings } from '../../settings/settings.js';
import { ListDueRepository } from './list-due.repository.js';
import { ListDueService } from './list-due.service.js';
import { ListImportRepository, type StoredImport } from './list-import.repository.js';
import { ListImportService } from './list-import.service.js';
import { ListUndoService } from './list-undo.service.js';
import { ListChangedMeanwhile, RosterService } from './roster.service.js';

const notCompared = '没有能与现有名单比对，名单没有任何改动。请重新预览。';
const notApplied = '导入没有完成，名单没有任何改动。请重新预览后再试。';

/** Makes the dry runs of long lists and applies confirmed imports. The row is the truth, the job a bell; a run that dies leaves the list untouched and is begun again. */
@Injectable()
export class ListImportJobs {
  private readonly log = new Logger(ListImportJobs.name);

  constructor(
    private readonly imports: ListImportRepository,
    private readonly service: ListImportService,
    private readonly roster: RosterService,
    private readonly due: ListDueRepository,
    private readonly dueParts: ListDueService,
    private readonly undo: ListUndoService,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly settings: Settings,
    runner: JobRunner,
  ) {
    runner.on('list.import', ({ importId }) => this.run(importId));
    runner.on('list.due', () => this.dueParts.apply());
  }

  /** Finds imports whose bell was lost or whose worker died, parts whose day has come, and what is kept longer than anybody needs it. */
  async sweep(): Promise<void> {
    for (const importId of await this.imports.waiting(this.leaseMs)) await this.queue.ring('list.import', { importId });
    if (await this.due.isDue(beijingDate(this.clock.now()))) await this.queue.ring('list.due', {});
    await this.imports.removeExpired();
    await this.undo.forgetOld();
  }

  async run(importId: string): Promise<void> {
    const work = await this.imports.claim(importId, this.leaseMs);
    const stored = work && (await this.imports.find(importId));
    if (!stored) return;
    try {
      if (work === 'dryRun') await this.service.dryRun(importId, stored.options);
      else await this.apply(stored);
    } catch (error) {
      if (error instanceof ListChangedMeanwhile) return this.showAgain(stored);
      this.log.error(
        `list import ${importId}: ${error instanceof DomainError ? error.code : String((error as Error).stack)}`,
      );
      const failure = work === 'dryRun' ? notCompared : notApplied;
      await this.imports.move(importId, ['checking', 'running'], 'failed', failure);
    }
  }

  private async apply(stored: StoredImport): Promise<void> {
    const { id, options, fingerprint, ownerId } = stored;
    const reading = await this.service.reading(id, options);
    if (!reading.ok || fingerprint === null) return this.showAgain(stored);
    const { mode, day } = options;
    const applied = await this.roster.apply({ importId: id, reading, mode, day, fingerprint }, ownerId, (done, total) =>
      this.imports.report(id, 'running', done, total),
    );
    if (!applied.ok) await this.showAgain(stored);
  }

  /** The list is no longer the one that was shown: a new dry run, to be confirmed anew. */
  private async showAgain({ id, options }: StoredImport): Promise<void> {
    if (await this.imports.move(id, ['running'], 'checking'))
      await this.service.dryRun(id, { ...options, stale: true });
  }

  private get leaseMs(): number {
    return this.settings.delivery.leaseSeconds * 1000;
  }
}

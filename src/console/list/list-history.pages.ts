import { Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { ListDueRepository } from '../../distribution/list-file/list-due.repository.js';
import { ListImportRepository, type StoredImport } from '../../distribution/list-file/list-import.repository.js';
import { ListUndoService } from '../../distribution/list-file/list-undo.service.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { changeKinds } from '../../domain/list-file/roster-diff.js';
import { Asked } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { importId } from '../ids.js';
import { changeLine, changeText, dueText } from './list-import-view.js';
import { paging, readPage } from '../paging.js';

const perPage = 20;
const shownChanges = 200;

/** Which files were imported, by whom, with what effect; the last one can be taken back. */
@Needs('list.read')
@Controller('list/imports')
export class ListHistoryPages {
  constructor(
    private readonly imports: ListImportRepository,
    private readonly undo: ListUndoService,
    private readonly due: ListDueRepository,
  ) {}

  @Get()
  async show(@Asked('page') number: string | undefined, @CurrentActor() actor: Actor): Promise<PageReply> {
    const current = readPage(number);
    const { rows, total } = await this.imports.history(perPage, (current - 1) * perPage);
    const candidate = mayDo(actor.roles, 'list.edit') ? await this.undo.candidate() : null;
    const due = await this.due.ofImports(rows.map(({ id }) => id));
    return page('console/list/list-imports', {
      rows: rows.map((row) => ({
        ...historyRow(row),
        due: (due.get(row.id) ?? []).map(dueText),
        undoable: row.id === candidate?.stored.id,
      })),
      paging: paging('/list/imports', {}, current, perPage, total),
    });
  }

  @Needs('list.edit')
  @Get(':id/undo')
  async ask(@Param('id', importId) id: string): Promise<PageReply> {
    const candidate = await this.undo.candidate();
    if (candidate?.stored.id !== id) throw new DomainError('list.undoRefused', { reason: '只能撤销最近一次导入' });
    const changes = candidate.stored.counts?.changes ?? [];
    return page('console/list/list-undo', {
      ...historyRow(candidate.stored),
      refusal: candidate.refusal,
      changes: changes.slice(0, shownChanges).map(changeLine),
      hidden: Math.max(0, changes.length - shownChanges),
    });
  }

  @Needs('list.edit')
  @Post(':id/undo')
  async takeBack(@Param('id', importId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.undo.undo(id, actor);
    return seeOther('/list/imports');
  }
}

function historyRow({ id, fileName, fileHash, ownerName, finishedAt, undoneAt, undoneBy, counts }: StoredImport) {
  const kinds = changeKinds.filter((kind) => (counts?.counts[kind] ?? 0) > 0);
  return {
    id,
    fileName,
    hash: fileHash.slice(0, 12),
    by: ownerName,
    at: finishedAt,
    undoneAt,
    undoneBy,
    rows: counts?.counts.rows ?? 0,
    effectiveOn: counts?.effectiveOn ?? null,
    mode: counts?.mode === 'addition' ? '只增改' : '完整名单',
    words: kinds.map((kind) => `${changeText[kind]}${counts!.counts[kind]!}`).join('，') || '没有变动',
  };
}

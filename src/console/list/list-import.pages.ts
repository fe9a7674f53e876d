import { Body, Controller, Get, type MessageEvent, Param, Post, Req, Sse } from '@nestjs/common';
import { TakesFile } from '../../platform/http/access.js';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { ListImportService } from '../../distribution/list-file/list-import.service.js';
import type { StoredImport } from '../../distribution/list-file/list-import.repository.js';
import { beijingDate, parseIsoDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { rosterColumns } from '../../domain/list-file/roster-header.js';
import { Clock } from '../../platform/clock.js';
import { Asked, Form, type FormFault } from '../../platform/http/form.js';
import { page, type PageReply, type RawReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { readUpload } from '../../platform/http/upload.js';
import { View } from '../../platform/view/view.js';
import { importId } from '../ids.js';
import { markedFile } from './list-files.js';
import { importProgress, isMoving } from './list-import-progress.js';
import { changesAsked, columnsView, hiddenView, importView, type ImportView } from './list-import-view.js';
import { readPage } from '../paging.js';
import { progressMessages } from '../sending/progress-stream.js';

/** 50,000 rows are some 10 MB as CSV. */
const largestList = 20 * 1024 * 1024;

const modes = z.enum(['whole', 'addition']);
const termsForm = z.object({ mode: modes, effectiveOn: z.string().max(20) });
const sheetForm = z.object({ sheet: z.string().min(1).max(200) });
const hiddenForm = z.object({ hidden: z.enum(['include', 'leave']) });
const confirmForm = z.object({ confirmEnding: z.string().optional() });
const columnChoice = z.union([z.literal('').transform(() => null), z.enum(rosterColumns)]);
const columnsForm = z.record(z.string(), columnChoice);

/** A list file on its way in: what it is, what its columns mean, what it would change; confirmed, all of it or nothing. */
@Needs('list.edit')
@Controller('list/import')
export class ListImportPages {
  constructor(
    private readonly imports: ListImportService,
    private readonly clock: Clock,
    private readonly view: View,
  ) {}

  @Get()
  async ask(@CurrentActor() actor: Actor): Promise<PageReply> {
    return this.askAgain(actor, [], 'whole', 200);
  }

  @TakesFile()
  @Post()
  async upload(@Req() request: FastifyRequest, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    let mode: z.infer<typeof modes> = 'whole';
    try {
      const { file, fields } = await readUpload(request, largestList);
      mode = modes.catch('whole').parse(fields.mode);
      if (file === null) return await this.askAgain(actor, [{ field: 'file', message: '请选择名单文件。' }], mode, 422);
      return seeOther(`/list/import/${await this.imports.upload(file, mode, actor)}`);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const message = error.code === 'http.tooLarge' ? tooLarge : error.message;
      return this.askAgain(actor, [{ field: 'file', message }], mode, error.status);
    }
  }

  @Get(':id')
  async show(
    @Param('id', importId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const stored = await this.imports.importOf(id, actor);
    return this.page(stored, { show: query.show ?? '', page: readPage(query.page) });
  }

  @Post(':id/sheet')
  async sheet(
    @Param('id', importId) id: string,
    @Form(sheetForm) { sheet }: z.infer<typeof sheetForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.imports.chooseSheet(id, actor, sheet);
    return seeOther(`/list/import/${id}`);
  }

  @Post(':id/hidden')
  async hidden(
    @Param('id', importId) id: string,
    @Form(hiddenForm) { hidden }: z.infer<typeof hiddenForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.imports.chooseHidden(id, actor, hidden);
    return seeOther(`/list/import/${id}`);
  }

  @Post(':id/columns')
  async columns(
    @Param('id', importId) id: string,
    @Body() body: unknown,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const chosen = columnsForm.safeParse(body ?? {});
    if (!chosen.success) throw new DomainError('http.badInput');
    const stored = await this.imports.importOf(id, actor);
    const stage = await this.imports.stage(stored);
    if (stage.step !== 'columns') throw new DomainError('list.importNotOpen');
    const mapping = stage.headings.map((_, at) => chosen.data[`column${at}`] ?? null);
    const faults = await this.imports.chooseColumns(id, actor, mapping);
    if (faults.length === 0) return seeOther(`/list/import/${id}`);
    const view = { ...nothing, columns: columnsView({ ...stage, mapping, faults }) };
    return this.reply(stored, view, [], 422);
  }

  @Post(':id/columns/again')
  async columnsAgain(@Param('id', importId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.imports.reconsiderColumns(id, actor);
    return seeOther(`/list/import/${id}`);
  }

  @Post(':id/terms')
  async terms(
    @Param('id', importId) id: string,
    @Form(termsForm) { mode, effectiveOn }: z.infer<typeof termsForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const day = parseIsoDate(effectiveOn);
    if (day === null || day < '1949-10-01' || day > '2099-12-31') {
      const problem = { field: 'effectiveOn', message: '请填写生效日期，如 2026-11-23。' };
      return this.page(await this.imports.importOf(id, actor), { show: '', page: 1 }, [problem], 422);
    }
    await this.imports.chooseTerms(id, actor, mode, day);
    return seeOther(`/list/import/${id}`);
  }

  @Post(':id/apply')
  async apply(
    @Param('id', importId) id: string,
    @Form(confirmForm) { confirmEnding }: z.infer<typeof confirmForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    try {
      await this.imports.confirm(id, actor, confirmEnding !== undefined);
    } catch (error) {
      const field = error instanceof DomainError ? askedFor[error.code] : undefined;
      if (field === undefined) throw error;
      const problem = { field, message: (error as DomainError).message };
      return this.page(await this.imports.importOf(id, actor), { show: '', page: 1 }, [problem], 422);
    }
    return seeOther(`/list/import/${id}`);
  }

  @Post(':id/retry')
  async retry(@Param('id', importId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.imports.retry(id, actor);
    return seeOther(`/list/import/${id}`);
  }

  @Post(':id/discard')
  async discard(@Param('id', importId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.imports.discard(id, actor);
    return seeOther('/list/import');
  }

  @Get(':id/faults.xlsx')
  async faults(@Param('id', importId) id: string, @CurrentActor() actor: Actor): Promise<RawReply> {
    const { fileName } = await this.imports.importOf(id, actor);
    return markedFile(await this.imports.faulty(id, actor), fileName);
  }

  @Sse(':id/stream')
  async stream(@Param('id', importId) id: string, @CurrentActor() actor: Actor): Promise<Observable<MessageEvent>> {
    await this.imports.importOf(id, actor);
    return progressMessages(async () => {
      const stored = await this.imports.importOf(id, actor);
      return {
        html: this.view.render('console/list/_list-import-progress', { progress: importProgress(stored) }),
        finished: !isMoving(stored),
      };
    });
  }

  private async page(
    stored: StoredImport,
    query: { show: string; page: number },
    problems: readonly FormFault[] = [],
    status = 200,
  ): Promise<PageReply> {
    const stage = stored.state === 'open' ? await this.imports.stage(stored, changesAsked(query)) : null;
    const view = stage ? importView(stored, stage, query) : nothing;
    return this.reply(stored, view, problems, status);
  }

  private reply(stored: StoredImport, view: ImportView, problems: readonly FormFault[], status: number): PageReply {
    const { id, fileName, options } = stored;
    const today = beijingDate(this.clock.now());
    const { mode, day, stale } = options;
    const terms = { whole: mode === 'whole', effectiveOn: day, past: day < today, future: day > today, stale };
    const progress = stored.state === 'open' ? null : importProgress(stored);
    const discardable = stored.state === 'open' || stored.state === 'checking';
    const refreshSeconds = isMoving(stored) ? 2 : 0;
    const hidden = stored.state === 'open' ? hiddenView(options.hidden) : null;
    const props = { id, fileName, ...view, hidden, terms, progress, discardable, problems, refreshSeconds };
    return page('console/list/list-import-step', props, { status });
  }

  private async askAgain(
    actor: Actor,
    problems: readonly FormFault[],
    mode: z.infer<typeof modes>,
    status: number,
  ): Promise<PageReply> {
    const waiting = (await this.imports.unfinishedOf(actor)).map(({ id, fileName, createdAt, state }) => ({
      id,
      fileName,
      createdAt,
      word: waitingWords[state] ?? '正在导入',
    }));
    return page('console/list/list-import', { problems, waiting, whole: mode === 'whole' }, { status });
  }
}

const waitingWords: Partial<Record<StoredImport['state'], string>> = {
  open: '还没有确认',
  checking: '正在比对',
  failed: '没有完成',
};
/** What a confirmation may lack, and the field that says it. */
const askedFor: Partial<Record<string, string>> = {
  'list.endingNotConfirmed': 'confirmEnding',
  'list.hiddenNotAnswered': 'hidden',
};
const nothing: ImportView = { sheets: null, columns: null, faults: null, diff: null };
const tooLarge = '文件超过 20 MB。五万行的名单通常不到 10 MB，请删去图片和多余的工作表，或分成几份导入。';

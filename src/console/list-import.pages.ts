import { Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { RosterService } from '../distribution/roster.service.js';
import { beijingDate, parseIsoDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors.js';
import { Clock } from '../platform/clock.js';
import type { FormFault } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { largestUpload, readUpload } from '../platform/http/upload.js';
import { type ListImportView, listImportView } from './list-import-view.js';

/** In base64 the file still has to fit into a form. */
const largestList = Math.floor((largestUpload * 3) / 4);

/** A file that has been read but not applied; it travels through the browser and back in base64. */
interface ChosenFile {
  name: string;
  bytes: Buffer;
}

/** The whole list as a file: first what it would change, then, confirmed, all of it or nothing. */
@Needs('list.edit')
@Controller('list/import')
export class ListImportPages {
  constructor(
    private readonly roster: RosterService,
    private readonly clock: Clock,
  ) {}

  @Get()
  ask(): PageReply {
    return this.show(null, { faults: [], diff: null }, [], 200);
  }

  @Post()
  async preview(@Req() request: FastifyRequest): Promise<PageReply> {
    try {
      const { file } = await readUpload(request);
      if (file === null) return this.show(null, { faults: [], diff: null }, [noFile], 422);
      if (file.bytes.length > largestList) throw new DomainError('http.tooLarge');
      const preview = await this.roster.preview(file.bytes);
      return this.show(file, listImportView(preview), [], preview.ok ? 200 : 422);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.show(null, { faults: [], diff: null }, [{ field: 'file', message: error.message }], error.status);
    }
  }

  @Post('apply')
  async apply(@Req() request: FastifyRequest, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    const { fields } = await readUpload(request);
    const file = { name: fields.fileName ?? '', bytes: Buffer.from(fields.content ?? '', 'base64') };
    const day = parseIsoDate(fields.effectiveOn ?? '');
    if (day === null) {
      const problem = { field: 'effectiveOn', message: '请填写生效日期，如 2026-11-23。' };
      return this.show(file, listImportView(await this.roster.preview(file.bytes)), [problem], 422);
    }
    const result = await this.roster.import(file.bytes, actor, new Date(`${day}T00:00:00+08:00`));
    if (!result.ok) return this.show(file, listImportView(result), [], 422);
    return seeOther(`/list?imported=${result.rows}`);
  }

  private show(
    file: ChosenFile | null,
    view: ListImportView,
    problems: readonly FormFault[],
    status: number,
  ): PageReply {
    const chosen = file !== null;
    const content = file === null || view.diff === null ? '' : file.bytes.toString('base64');
    const effectiveOn = beijingDate(this.clock.now());
    const props = { ...view, problems, chosen, fileName: file?.name ?? '', content, effectiveOn };
    return page('console/list-import', props, { status });
  }
}

const noFile: FormFault = { field: 'file', message: '请选择名单文件。' };

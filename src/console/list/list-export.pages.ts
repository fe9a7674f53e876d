import { Body, Controller, Get, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs, PartNeeds } from '../../accounts/needs.js';
import { ListExportService } from '../../distribution/list-file/list-export.service.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { demand, mayDo } from '../../domain/roles.js';
import { Clock } from '../../platform/clock.js';
import { type FormFault, readForm, textField } from '../../platform/http/form.js';
import { page, type PageReply, type RawReply } from '../../platform/http/page.js';
import { listFile, templateFile } from './list-files.js';
import { ListStateRepository } from '../list-state.repository.js';

const exportForm = z.object({
  format: z.enum(['xlsx', 'csv']),
  contents: z.enum(['masked', 'full']),
  reason: textField(200),
});

/** The list as a file. Full addresses only with the right and a reason, which is kept. */
@Needs('list.read')
@Controller('list')
export class ListExportPages {
  constructor(
    private readonly exporting: ListExportService,
    private readonly list: ListStateRepository,
    private readonly clock: Clock,
  ) {}

  @Get('template.xlsx')
  async workbook(): Promise<RawReply> {
    return templateFile('xlsx');
  }

  @Get('template.csv')
  async text(): Promise<RawReply> {
    return templateFile('csv');
  }

  @Get('export')
  ask(@CurrentActor() actor: Actor): Promise<PageReply> {
    return this.form(actor, { format: 'xlsx', contents: 'masked', reason: '' }, [], 200);
  }

  @PartNeeds('list.exportFull')
  @Post('export')
  async download(@Body() body: unknown, @CurrentActor() actor: Actor): Promise<PageReply | RawReply> {
    const form = readForm(exportForm, body);
    if (!form.ok) throw new DomainError('http.badInput', { fields: form.faults });
    const { format, contents, reason } = form.value;
    const full = contents === 'full';
    if (full) demand(actor.roles, 'list.exportFull');
    if (full && reason === '') {
      const problem = { field: 'reason', message: '导出完整联系方式要写明用途，请填写。' };
      return this.form(actor, form.value, [problem], 422);
    }
    const table = await this.exporting.table(actor, full ? reason : null);
    const day = beijingDate(this.clock.now());
    return listFile(table, `发送名单${day}${full ? '' : '（号码已隐去）'}`, format);
  }

  private async form(
    actor: Actor,
    { format, contents, reason }: z.infer<typeof exportForm>,
    problems: readonly FormFault[],
    status: number,
  ): Promise<PageReply> {
    const listEmpty = await this.list.isEmpty();
    const mayExportFull = mayDo(actor.roles, 'list.exportFull');
    const props = { problems, listEmpty, mayExportFull, csv: format === 'csv', full: contents === 'full', reason };
    return page('console/list/list-export', props, { status });
  }
}

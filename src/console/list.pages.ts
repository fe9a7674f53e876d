import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { mayDo } from '../accounts/permissions.js';
import { DistributionService } from '../distribution/distribution.service.js';
import { beijingDate } from '../domain/calendar.js';
import { Clock } from '../platform/clock.js';
import { download, page, type PageReply, type RawReply } from '../platform/http/page.js';
import { attachment } from './csv.js';
import { DistributionListRepository } from './distribution-list.repository.js';
import { listTemplate } from './list-import-view.js';
import { listView, seatsPerPage } from './list-view.js';
import { readPage } from './paging.js';

/** Who holds which post, in which groups, reached how. */
@Needs('list.read')
@Controller('list')
export class ListPages {
  constructor(
    private readonly list: DistributionListRepository,
    private readonly distribution: DistributionService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query() query: Record<string, string | undefined>, @CurrentActor() actor: Actor): Promise<PageReply> {
    const now = this.clock.now();
    const day = new Date(beijingDate(now));
    const search = (query.q ?? '').trim().slice(0, 50);
    const number = readPage(query.page);
    const [groups, seats, total] = await Promise.all([
      this.distribution.groups(now),
      this.list.seats(day, search, seatsPerPage, (number - 1) * seatsPerPage),
      this.list.count(day, search),
    ]);
    const view = listView({ search, groups, seats, page: number, total });
    const imported = /^\d{1,6}$/.test(query.imported ?? '') ? query.imported : null;
    return page('console/list', { ...view, imported, mayImport: mayDo(actor.roles, 'list.edit') });
  }

  @Get('template.csv')
  template(): RawReply {
    return download(listTemplate(), 'text/csv; charset=utf-8', attachment('发送名单模板.csv'));
  }
}

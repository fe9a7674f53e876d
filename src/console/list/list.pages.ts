import { Controller, Get } from '@nestjs/common';
import { Needs } from '../../accounts/needs.js';
import { GroupMembersService } from '../../distribution/groups/group-members.service.js';
import { beijingDate, parseIsoDate } from '../../domain/calendar.js';
import { Clock } from '../../platform/clock.js';
import { Asked } from '../../platform/http/form.js';
import { page, type PageReply } from '../../platform/http/page.js';
import { DistributionListRepository } from './distribution-list.repository.js';
import { ListSearches } from './list-search.repository.js';
import { listView, seatsPerPage } from './list-view.js';
import { DoneNotice } from '../done-notice.js';
import { readPage } from '../paging.js';

const othersShown = 20;

/** Who holds which post, in which groups, reached how; today or on any other day. */
@Needs('list.read')
@Controller('list')
export class ListPages {
  constructor(
    private readonly list: DistributionListRepository,
    private readonly members: GroupMembersService,
    private readonly notices: DoneNotice,
    private readonly searches: ListSearches,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Asked() query: Asked): Promise<PageReply> {
    const today = beijingDate(this.clock.now());
    const at = parseIsoDate(query.at ?? '') ?? today;
    const search = await this.searches.read(query.q);
    const number = readPage(query.page);
    const [seats, others] = await Promise.all([
      this.list.seats(at, search, seatsPerPage, (number - 1) * seatsPerPage),
      this.list.others(at, search, othersShown),
    ]);
    const total = seats[0]?.total ?? (number === 1 ? 0 : await this.list.count(at, search));
    const groups = await this.members.ofPosts(
      seats.map(({ postId }) => postId),
      new Date(at),
    );
    const view = listView({ search: search.text, at, today, seats, groups, others, page: number, total });
    const imported = /^\d{1,6}$/.test(query.imported ?? '') ? query.imported : null;
    return page('console/list/list', { ...view, imported, ...(await this.notices.noticeFor(query)) });
  }
}

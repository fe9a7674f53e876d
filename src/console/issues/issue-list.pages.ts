import { Controller, Get } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { ClockCheck } from '../../platform/clock-check.js';
import { Asked } from '../../platform/http/form.js';
import { page, type PageReply } from '../../platform/http/page.js';
import { ReplyDeskService } from '../../reading/reply-desk.service.js';
import { issueListView, issuesPerPage, readIssueFilter } from './issue-list-view.js';
import { IssueListRepository } from './issue-list.repository.js';
import { readPage } from '../paging.js';
import { mayDo } from '../../domain/roles.js';

/** More than an office has at a time. */
const sentBackShown = 10;

@Needs('issue.read')
@Controller('issues')
export class IssueListPages {
  constructor(
    private readonly list: IssueListRepository,
    private readonly clocks: ClockCheck,
    private readonly replies: ReplyDeskService,
  ) {}

  @Get()
  async issues(@Asked() query: Asked, @CurrentActor() actor: Actor): Promise<PageReply> {
    const filter = readIssueFilter(query);
    const number = readPage(query.page);
    const [issues, total, years, clockWarning, sentBack, replies] = await Promise.all([
      this.list.page(filter, issuesPerPage, (number - 1) * issuesPerPage),
      this.list.count(filter),
      this.list.years(),
      this.clocks.look(),
      this.list.sentBack(sentBackShown),
      this.replies.counts(),
    ]);
    const view = issueListView({ issues, total, page: number, filter, years, sentBack });
    return page('console/issues/issues', {
      ...{ ...view, clockWarning, mayImport: mayDo(actor.roles, 'issue.import') },
      waitingReplies: mayDo(actor.roles, 'reply.settle') ? replies.open : 0,
    });
  }
}

import { Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { DispatchService } from '../dispatch/dispatch.service.js';
import { channelText } from '../domain/channel-text.js';
import { DomainError } from '../domain/errors.js';
import { EditionRepository, type StoredEdition } from '../issues/edition.repository.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { BoardRepository } from './board.repository.js';
import { issueId } from './ids.js';

/** Most people the page lists; all are reminded. */
const peopleShown = 1000;

/** 催阅: first the exact list, then the sending. */
@Needs('dispatch.remind')
@Controller('issues/:id/remind')
export class RemindPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly dispatch: DispatchService,
    private readonly board: BoardRepository,
  ) {}

  @Get()
  async confirm(@Param('id', issueId) id: string): Promise<PageReply> {
    const edition = await this.edition(id);
    const [due, totals] = await Promise.all([
      this.dispatch.remindable(edition.id, peopleShown),
      this.board.totals(edition.id),
    ]);
    const people = due.first.map((copy) => ({
      unit: copy.unitName,
      post: copy.postTitle,
      name: copy.personName,
      channel: channelText[copy.channel],
      round: copy.round,
    }));
    return page('console/remind', {
      id,
      heading: edition.content.title,
      people,
      total: due.people,
      cut: due.people > people.length,
      unreached: totals.unreached,
    });
  }

  @Post()
  async remind(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    const { reminded } = await this.dispatch.remind((await this.edition(id)).id, actor);
    return seeOther(`/issues/${id}/board?reminded=${reminded}`);
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition === null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}

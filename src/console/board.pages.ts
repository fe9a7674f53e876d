import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { mayDo } from '../accounts/permissions.js';
import { DomainError } from '../domain/errors.js';
import { EditionRepository, type StoredEdition } from '../issues/edition.repository.js';
import { download, page, type PageReply, type RawReply } from '../platform/http/page.js';
import { boardTable, boardView, copiesPerPage, readBoardFilter } from './board-view.js';
import { BoardRepository } from './board.repository.js';
import { attachment, csvFile } from './csv.js';
import { issueId } from './ids.js';
import { readPage } from './paging.js';

/** Who has acknowledged and who has not, to know whom to phone. No ranking, no reading times. */
@Needs('issue.read')
@Controller('issues/:id')
export class BoardPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly board: BoardRepository,
  ) {}

  @Get('board')
  async show(
    @Param('id', issueId) id: string,
    @Query() query: Record<string, string | undefined>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const edition = await this.edition(id);
    const filter = readBoardFilter(query.show);
    const number = readPage(query.page);
    const [totals, byGroup, byUnitKind, copies, shownTotal, asksAcknowledgement] = await Promise.all([
      this.board.totals(edition.id),
      this.board.byGroup(edition.id),
      this.board.byUnitKind(edition.id),
      this.board.copies(edition.id, filter, copiesPerPage, (number - 1) * copiesPerPage),
      this.board.count(edition.id, filter),
      this.board.asksAcknowledgement(id),
    ]);
    const groupOrder = edition.scope.groups.map(({ groupName }) => groupName);
    const counts = { totals, byGroup, byUnitKind, groupOrder };
    const view = boardView({ issueId: id, ...counts, copies, filter, page: number, shownTotal });
    const chasing = edition.withdrawnAt === null && asksAcknowledgement && totals.acknowledged < totals.copies;
    return page('console/board', {
      id,
      heading: edition.content.title,
      ...view,
      asksAcknowledgement,
      mayLate: edition.plannedAt !== null && edition.withdrawnAt === null && mayDo(actor.roles, 'dispatch.control'),
      mayRemind: chasing && mayDo(actor.roles, 'dispatch.remind'),
      reminded: /^\d{1,6}$/.test(query.reminded ?? '') ? query.reminded : null,
    });
  }

  @Get('board.csv')
  async table(@Param('id', issueId) id: string): Promise<RawReply> {
    const edition = await this.edition(id);
    const copies = await this.board.copies(edition.id, 'all', null, 0);
    const name = `${edition.content.title}签收情况.csv`;
    return download(csvFile(boardTable(copies)), 'text/csv; charset=utf-8', attachment(name));
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition === null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}

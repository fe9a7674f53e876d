import { Controller, Get, Param } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { attachment, csvFile } from '../../platform/csv-file.js';
import { Asked } from '../../platform/http/form.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { readPolicy } from '../../domain/sending/channel-policy.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { addressingWords } from '../../domain/scope/scope-text.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { download, page, type PageReply, type RawReply } from '../../platform/http/page.js';
import { boardTable, boardView, copiesPerPage, readBoardFilter } from './board-view.js';
import { type BoardCopy, type BoardPlace, BoardRepository } from './board.repository.js';
import { IssueHeadRepository } from '../issue-head/issue-head.repository.js';
import { issueId } from '../ids.js';
import { readPage } from '../paging.js';

/** Copies read in one query for the exported table. */
const copiesAtOnce = 5000;

/** 报, 送 or 发 by the name of the group that a label stands for. */
function addressingOf({ content, scope }: StoredEdition): ReadonlyMap<string, string> {
  const byLabel = addressingWords(content.scope, content.addressing);
  return new Map(
    scope.groups.flatMap(({ label, groupName }) => {
      const word = byLabel.get(label);
      return word === undefined ? [] : [[groupName, word] as const];
    }),
  );
}

/** A page number without a place is the first page: only a place is found without counting. */
function readPlace(query: Record<string, string | undefined>): { number: number; place: BoardPlace } {
  const number = readPage(query.page);
  const [after, before] = [query.after, query.before].map((text) =>
    /^\d{1,9}$/.test(text ?? '') ? Number(text) : null,
  );
  if (before != null) return { number, place: { before } };
  return after == null ? { number: 1, place: { after: 0 } } : { number, place: { after } };
}

/** Who has acknowledged and who has not, to know whom to phone. No ranking, no reading times. */
@Needs('issue.read')
@Controller('issues/:id')
export class BoardPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly board: BoardRepository,
    private readonly heads: IssueHeadRepository,
  ) {}

  @Get('board')
  async show(
    @Param('id', issueId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const edition = await this.edition(id);
    const filter = readBoardFilter(query.show);
    const { number, place } = readPlace(query);
    const [totals, subscribers, byGroup, byUnitKind, copies] = await Promise.all([
      this.board.totals(edition.id),
      this.board.subscribers(edition.id),
      this.board.byGroup(edition.id),
      this.board.byUnitKind(edition.id),
      this.board.copies(edition.id, filter, place, copiesPerPage),
    ]);
    const { asksAcknowledgement } = readPolicy(edition.policy);
    const groupOrder = edition.scope.groups.map(({ groupName }) => groupName);
    const addressing = addressingOf(edition);
    const counts = { totals, subscribers, byGroup, byUnitKind, groupOrder, addressing };
    const view = boardView({ issueId: id, ...counts, copies, filter, page: number });
    const head = await this.heads.headOf(id, actor, 'board');
    const chasing = edition.withdrawnAt === null && asksAcknowledgement && totals.acknowledged < totals.copies;
    // The head offers it once nothing waits to leave any more.
    const isOffered = head.next?.href === `/issues/${id}/remind`;
    return page('console/sending/board', {
      ...{ id, head },
      heading: edition.content.title,
      withheld: edition.content.trial ? (await this.editions.people(edition.id)) - totals.copies : null,
      ...view,
      asksAcknowledgement,
      mayLate: edition.plannedAt !== null && edition.withdrawnAt === null && mayDo(actor.roles, 'dispatch.control'),
      mayRemind: chasing && !isOffered && mayDo(actor.roles, 'dispatch.remind'),
      reminded: /^\d{1,6}$/.test(query.reminded ?? '') ? query.reminded : null,
    });
  }

  @Get('board.csv')
  async table(@Param('id', issueId) id: string): Promise<RawReply> {
    const edition = await this.edition(id);
    const copies = await this.allCopies(edition.id);
    const table = boardTable(copies, addressingOf(edition));
    const name = `${edition.content.title}签收情况.csv`;
    return download(csvFile(table), 'text/csv; charset=utf-8', attachment(name));
  }

  private async allCopies(editionId: string): Promise<BoardCopy[]> {
    const copies: BoardCopy[] = [];
    for (;;) {
      const after = copies.at(-1)?.copyNumber ?? 0;
      const some = await this.board.copies(editionId, 'all', { after }, copiesAtOnce);
      copies.push(...some);
      if (some.length < copiesAtOnce) return copies;
    }
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition === null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}

import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { readPolicy } from '../../domain/sending/channel-policy.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayAct } from '../../domain/issue/issue-state.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { IssueRepository } from '../../issues/issue.repository.js';
import { IssueService } from '../../issues/issue.service.js';
import { Form, storedNumber } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { EditionPrints } from '../../rendering/print/edition-prints.js';
import { BoardRepository } from '../sending/board.repository.js';
import { issueId } from '../ids.js';
import { issueName } from '../issue-head/issue-name.js';

const archiveForm = z.object({ revision: storedNumber.positive() });

/** People of posts whose acknowledgement is still awaited. */
export async function peopleLeft(
  board: BoardRepository,
  edition: Pick<StoredEdition, 'id' | 'policy'>,
): Promise<number> {
  if (!readPolicy(edition.policy).asksAcknowledgement) return 0;
  const { copies, acknowledged } = await board.totals(edition.id);
  return copies - acknowledged;
}

/** 归档: what it means, and how many are still awaited, before it is done. */
@Needs('issue.archive')
@Controller('issues/:id/archive')
export class ArchivePages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly editions: EditionRepository,
    private readonly service: IssueService,
    private readonly board: BoardRepository,
    private readonly prints: EditionPrints,
  ) {}

  @Get()
  async confirm(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const [issue, edition] = await Promise.all([this.issues.loadIssue(id), this.editions.validOf(id)]);
    if (issue === null) throw new DomainError('issue.notFound');
    const refusal = mayAct('archive', actor, issue);
    if (refusal !== null) throw new DomainError(refusal.code, refusal.details);
    const left = edition === null ? 0 : await peopleLeft(this.board, edition);
    return page('console/issues/archive', { id, revision: issue.revision, heading: issueName(issue), left });
  }

  @Post()
  async archive(
    @Param('id', issueId) id: string,
    @Form(archiveForm) { revision }: z.infer<typeof archiveForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.service.act(id, revision, 'archive', actor);
    await this.keepPrint(id);
    return seeOther(`/issues/${id}`);
  }

  /** What is archived has its file. Where none can be made the archive is what it was: the content stands in the database. */
  private async keepPrint(id: string): Promise<void> {
    const edition = await this.editions.validOf(id);
    if (edition === null) return;
    await this.prints.printOf(edition.id).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
  }
}

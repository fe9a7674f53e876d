import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayEdit } from '../../domain/issue/issue-state.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { IssueRepository, type StoredIssue } from '../../issues/issue.repository.js';

/** An issue that somebody wants to edit. */
@Injectable()
export class EditableIssue {
  constructor(
    private readonly issues: IssueRepository,
    private readonly editions: EditionRepository,
  ) {}

  /** @throws DomainError issue.notFound, or why he may not */
  async load(id: string, actor: Actor): Promise<StoredIssue> {
    const issue = await this.issues.loadIssue(id);
    if (issue === null) throw new DomainError('issue.notFound');
    const planned = (await this.editions.validOf(id))?.plannedAt != null;
    const refusal = mayEdit(actor, issue, planned);
    if (refusal !== null) throw new DomainError(refusal.code, refusal.details);
    return issue;
  }
}

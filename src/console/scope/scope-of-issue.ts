import { Injectable } from '@nestjs/common';
import { DistributionService } from '../../distribution/groups/distribution.service.js';
import type { EditionContent } from '../../domain/issue/edition.js';
import type { ScopeEntry } from '../../domain/scope/scope.js';
import { addressingWords } from '../../domain/scope/scope-text.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { contentOf } from '../../issues/content-of.js';
import type { StoredIssue } from '../../issues/issue.repository.js';
import { type Recipients, RecipientsService } from '../../issues/recipients.service.js';
import { Clock } from '../../platform/clock.js';
import {
  entriesShown,
  firstOf,
  frozenScopeView,
  type PeopleAsked,
  resolvedScopeView,
  type ScopeView,
} from './scope-view.js';

export interface IssueScope {
  /** The valid edition, null before sign-off. */
  edition: StoredEdition | null;
  content: EditionContent;
  view: ScopeView;
}

/** Content and people of an issue: as frozen at sign-off, before that as they would be now. */
@Injectable()
export class ScopeOfIssue {
  constructor(
    private readonly editions: EditionRepository,
    private readonly distribution: DistributionService,
    private readonly recipients: RecipientsService,
    private readonly clock: Clock,
  ) {}

  /** Everybody, in protocol order. */
  async people(issue: StoredIssue): Promise<{ content: EditionContent; entries: readonly ScopeEntry[] }> {
    const edition = await this.editions.validOf(issue.id);
    if (edition === null) {
      const { entries } = await this.recipients.recipientsOf(issue, this.clock.now());
      return { content: contentOf(issue), entries };
    }
    const people = await this.editions.people(edition.id);
    return { content: edition.content, entries: await this.editions.entries(edition.id, 0, people) };
  }

  /**
   * @param known who would get it now, where a check before has found that out
   * @param asked which of the people are shown
   */
  async scopeOf(
    issue: StoredIssue,
    known: Recipients | null = null,
    asked: PeopleAsked = { path: `/issues/${issue.id}`, number: 1 },
  ): Promise<IssueScope> {
    const edition = await this.editions.validOf(issue.id);
    if (edition !== null) {
      const { scope, content } = edition;
      const addressing = addressingWords(content.scope, content.addressing);
      const [entries, people] = await Promise.all([
        this.editions.entries(edition.id, firstOf(asked), entriesShown),
        this.editions.people(edition.id),
      ]);
      return { edition, content, view: frozenScopeView({ ...scope, entries, people, addressing, asked }) };
    }
    const now = this.clock.now();
    const resolved = known ?? (await this.recipients.recipientsOf(issue, now));
    const groups = await this.distribution.groupNames(now);
    return {
      edition,
      content: contentOf(issue),
      view: resolvedScopeView(resolved, groups, addressingWords(issue.scope, issue.addressing), asked),
    };
  }
}

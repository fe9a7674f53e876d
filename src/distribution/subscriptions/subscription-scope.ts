import { Injectable } from '@nestjs/common';
import type { ResolvedScope, ScopeEntry } from '../../domain/scope/scope.js';
import type { SecrecyLevel } from '../../domain/issue/secrecy.js';
import { subscriberEntries, subscribersGroup } from '../../domain/sending/subscription.js';
import { SubscriptionRepository } from './subscription.repository.js';

export interface SubscribedIssue {
  publicationId: string;
  level: SecrecyLevel;
  sections: readonly { name: string | null }[];
}

/** Adds voluntary subscribers behind the posts in scope. */
@Injectable()
export class SubscriptionScope {
  constructor(private readonly rows: SubscriptionRepository) {}

  async entries(issue: SubscribedIssue, inScope: readonly ScopeEntry[]): Promise<ScopeEntry[]> {
    if (issue.level !== 'public') return [];
    const subscribers = await this.rows.subscribers(issue.publicationId);
    return subscriberEntries(issue, subscribers, new Set(inScope.map(({ personId }) => personId)));
  }

  /** The scope with its subscribers as a group of their own; without any it stays as it is. */
  async addTo<T extends Pick<ResolvedScope, 'entries' | 'groups' | 'people'>>(
    scope: T,
    issue: SubscribedIssue,
  ): Promise<T> {
    const subscribers = await this.entries(issue, scope.entries);
    if (subscribers.length === 0) return scope;
    const people = subscribers.length;
    const group = { label: subscribersGroup, groupId: null, groupName: subscribersGroup, people, vacantPosts: [] };
    return {
      ...scope,
      entries: [...scope.entries, ...subscribers],
      groups: [...scope.groups, group],
      people: scope.people + people,
    };
  }
}

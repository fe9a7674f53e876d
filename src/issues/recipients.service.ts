import { Injectable } from '@nestjs/common';
import { DistributionService } from '../distribution/groups/distribution.service.js';
import { type SubscribedIssue, SubscriptionScope } from '../distribution/subscriptions/subscription-scope.js';
import type { ResolvedScope } from '../domain/scope/scope.js';
import { TextHolderRepository } from './text-holders.repository.js';

/** What the scope calls those who are in it only because they had the wrong text. */
export const formerReaders = '收到过原文的人';

/** Who gets an issue. What each name of the scope was taken for is left behind: it holds every post there is in hand. */
export type Recipients = Omit<ResolvedScope, 'labels'>;

interface Issued extends SubscribedIssue {
  id: string;
  scope: readonly string[];
  correction: number;
}

/** Who gets an issue: everybody in scope, and for a correction also everybody who may have the text it takes the place of. */
@Injectable()
export class RecipientsService {
  constructor(
    private readonly distribution: DistributionService,
    private readonly holders: TextHolderRepository,
    private readonly subscribers: SubscriptionScope,
  ) {}

  /** Voluntary subscribers come behind them; where nobody is in scope by his post, nobody is. */
  async recipientsOf(issue: Issued, at: Date): Promise<Recipients> {
    const byPost = await this.byPost(issue, at);
    return byPost.people === 0 ? byPost : this.subscribers.addTo(byPost, issue);
  }

  private async byPost(issue: Issued, at: Date): Promise<Recipients> {
    const { entries: inForce, groups, unknown, people } = await this.distribution.resolve(issue.scope, at);
    const resolved = { entries: inForce, groups, unknown, people };
    if (issue.correction === 0) return resolved;
    const inScope = new Set(resolved.entries.map(({ personId }) => personId));
    const others = (await this.holders.peopleOf(issue.id)).filter(
      // What is not public any more goes to no subscriber.
      ({ personId, subscription }) => !inScope.has(personId) && (!subscription || issue.level === 'public'),
    );
    if (others.length === 0) return resolved;
    const entries = [...resolved.entries, ...others.map((entry) => ({ ...entry, groups: [formerReaders] }))];
    entries.sort((a, b) => a.protocolOrder - b.protocolOrder);
    const group = {
      label: formerReaders,
      groupId: null,
      groupName: formerReaders,
      people: others.length,
      vacantPosts: [],
    };
    return { ...resolved, entries, groups: [...resolved.groups, group], people: entries.length };
  }
}

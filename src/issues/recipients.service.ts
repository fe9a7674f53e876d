import { Injectable } from '@nestjs/common';
import { DistributionService } from '../distribution/distribution.service.js';
import type { ResolvedScope } from '../domain/scope.js';
import { TextHolderRepository } from './text-holders.repository.js';

/** What the scope calls those who are in it only because they had the wrong text. */
export const formerReaders = '收到过原文的人';

/** Who gets an issue: everybody in scope, and for a correction also everybody who may have the text it takes the place of. */
@Injectable()
export class RecipientsService {
  constructor(
    private readonly distribution: DistributionService,
    private readonly holders: TextHolderRepository,
  ) {}

  async of(issue: { id: string; scope: readonly string[]; correction: number }, at: Date): Promise<ResolvedScope> {
    const resolved = await this.distribution.resolve(issue.scope, at);
    if (issue.correction === 0) return resolved;
    const inScope = new Set(resolved.entries.map(({ personId }) => personId));
    const others = (await this.holders.peopleOf(issue.id)).filter(({ personId }) => !inScope.has(personId));
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

import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors.js';
import { normaliseGroupName, resolveScope, type ResolvedScope } from '../domain/scope.js';
import { OrganisationRepository } from '../organisation/organisation.repository.js';
import { Audit } from '../platform/audit.js';
import { Database } from '../platform/database.js';
import { GroupRepository } from './group.repository.js';

/** Turns the names at an issue's foot into people. */
@Injectable()
export class DistributionService {
  constructor(
    private readonly database: Database,
    private readonly organisation: OrganisationRepository,
    private readonly groupRows: GroupRepository,
    private readonly audit: Audit,
  ) {}

  /** The people behind the labels as their posts are held on that day. */
  async resolve(labels: readonly string[], at: Date): Promise<ResolvedScope> {
    const [groups, seats] = await Promise.all([
      this.groupRows.groups(),
      this.organisation.seats(new Date(beijingDate(at))),
    ]);
    return resolveScope(labels, groups, seats);
  }

  async groups(at: Date): Promise<{ id: string; name: string; people: number }[]> {
    const groups = await this.groupRows.groups();
    const resolved = await this.resolve(
      groups.map(({ name }) => name),
      at,
    );
    return groups.map(({ id, name }) => ({
      id,
      name,
      people: resolved.groups.find((g) => g.groupId === id)?.people ?? 0,
    }));
  }

  /** Remembers that a printed name stands for a group; the same mapping twice is no error. */
  async rememberAlias(label: string, groupId: string, actor: Actor): Promise<void> {
    const alias = normaliseGroupName(label);
    if (!alias) throw new DomainError('list.groupUnknown', { label });
    await this.database.transaction(async () => {
      if (!(await this.groupRows.groups()).some(({ id }) => id === groupId))
        throw new DomainError('list.groupUnknown', { label });
      const known = await this.groupRows.groupOfAlias(alias);
      if (known === groupId) return;
      if (known) throw new DomainError('list.aliasTaken', { label });
      await this.groupRows.addAlias(alias, label, groupId);
      await this.audit.record(actor.id, 'list.aliasAdded', `group:${groupId}`, { label });
    });
  }
}

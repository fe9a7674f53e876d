import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { GroupMembers } from '../../domain/scope/group.js';
import { type ResolvedScope, resolveScope } from '../../domain/scope/scope.js';
import { seatsAsked } from '../../domain/scope/scope-asked.js';
import type { Suggestion } from '../../domain/scope/scope-directory.js';
import type { ScopeIndex } from '../../domain/scope/indexed-names.js';
import { normaliseGroupName } from '../../domain/scope/scope-names.js';
import type { Seat } from '../../domain/scope/scope-seat.js';
import { Audit } from '../../platform/audit.js';
import { Database } from '../../platform/database.js';
import { ScopeNameRepository } from './scope-name.repository.js';
import { ScopeRepository } from './scope.repository.js';

/** What a name may stand for. */
export type NameTarget = Pick<Suggestion, 'kind' | 'id'>;

/** Turns the names at an issue's foot into people. */
@Injectable()
export class DistributionService {
  constructor(
    private readonly database: Database,
    private readonly scopes: ScopeRepository,
    private readonly names: ScopeNameRepository,
    private readonly audit: Audit,
  ) {}

  /** The people behind the labels as their posts are held on that day. */
  async resolve(labels: readonly string[], at: Date): Promise<ResolvedScope> {
    return (await this.resolveWithNames(labels, at)).scope;
  }

  /** The same with all groups that a name could stand for. */
  async resolveWithNames(
    labels: readonly string[],
    at: Date,
  ): Promise<{ scope: ResolvedScope; groups: { id: string; name: string }[] }> {
    const day = new Date(beijingDate(at));
    const index = await this.scopes.index(day);
    const scope = resolveScope(labels, index, await this.seats(labels, index, day));
    return { scope, groups: index.groups.map(({ id, name }) => ({ id, name })) };
  }

  async groupNames(at: Date): Promise<{ id: string; name: string }[]> {
    const index = await this.scopes.index(new Date(beijingDate(at)));
    return index.groups.map(({ id, name }) => ({ id, name }));
  }

  /** Open groups in their order with the people in them. */
  async groups(at: Date): Promise<{ id: string; name: string; people: number }[]> {
    const day = new Date(beijingDate(at));
    const index = await this.scopes.index(day);
    const seats = await this.seats(
      index.groups.map(({ name }) => name),
      index,
      day,
    );
    const members = new GroupMembers(index.groups, seats);
    return index.groups.map(({ id, name }) => {
      const people = new Set([...members.of(id)].flatMap(({ holder }) => holder?.personId ?? []));
      return { id, name, people: people.size };
    });
  }

  /**
   * Remembers that a printed name stands for a group, a unit or a post; the same mapping twice is no error.
   *
   * @returns the name of what it stands for
   */
  async rememberAlias(label: string, target: NameTarget, actor: Actor): Promise<string> {
    const alias = normaliseGroupName(label);
    if (!alias) throw new DomainError('list.groupUnknown', { label });
    return this.database.transaction(async () => {
      const name = await this.names.nameOf(target);
      if (name === null) throw new DomainError('list.groupUnknown', { label });
      const known = await this.names.targetOf(alias);
      if (known?.id === target.id) return name;
      if (known) throw new DomainError('list.aliasTaken', { label, owner: await this.names.nameOf(known) });
      await this.names.addName(alias, label, target);
      await this.audit.record(actor.id, 'list.aliasAdded', `${target.kind}:${target.id}`, { label });
      return name;
    });
  }

  /** Takes a mapping back; one that is not there any more is no error. */
  async forgetAlias(label: string, actor: Actor): Promise<void> {
    const alias = normaliseGroupName(label);
    await this.database.transaction(async () => {
      const known = await this.names.targetOf(alias);
      if (!known) return;
      await this.names.remove(alias);
      await this.audit.record(actor.id, 'list.aliasRemoved', `${known.kind}:${known.id}`, { label });
    });
  }

  private seats(labels: readonly string[], index: ScopeIndex, day: Date): Promise<Seat[]> {
    const asked = seatsAsked(labels, index);
    const rules = index.groups.flatMap(({ id, rule }) => (rule && asked.groupIds.includes(id) ? [rule] : []));
    return this.scopes.seats(asked, rules, day);
  }
}

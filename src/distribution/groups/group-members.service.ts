import { Injectable } from '@nestjs/common';
import {
  type GroupDefinition,
  GroupMembers,
  type GroupRule,
  groupsWithin,
  type Membership,
} from '../../domain/scope/group.js';
import type { ScopeGroup } from '../../domain/scope/indexed-names.js';
import { byProtocol, type Seat } from '../../domain/scope/scope-seat.js';
import { ScopeRepository } from './scope.repository.js';

export interface ListedGroup {
  group: ScopeGroup;
  posts: number;
  people: number;
  listed: boolean;
}

export interface ExplainedSeat extends Membership {
  seat: Seat;
}

/** By post; one that is in no group is missing. */
export type GroupsOfPosts = ReadonlyMap<string, readonly { id: string; name: string }[]>;

/** Who is in which group on a day, and why. Days are UTC midnights of civil dates. */
@Injectable()
export class GroupMembersService {
  constructor(private readonly scopes: ScopeRepository) {}

  /** Groups open on that day in their order. */
  async all(day: Date): Promise<ListedGroup[]> {
    const groups = await this.scopes.groups(day);
    const rules = groups.flatMap(({ rule }) => rule ?? []);
    const members = new GroupMembers(groups, await this.scopes.heldPosts(rules, day));
    return groups.map((group) => {
      const inGroup = [...members.of(group.id)];
      const people = new Set(inGroup.flatMap(({ personId }) => personId ?? []));
      const listed = inGroup.some(({ groupIds }) => groupIds.includes(group.id));
      return { group, posts: inGroup.length, people: people.size, listed };
    });
  }

  /** All groups open on that day with all posts that may be in any of them. */
  async everything(day: Date): Promise<{ groups: readonly ScopeGroup[]; seats: Seat[] }> {
    const groups = await this.scopes.groups(day);
    return { groups, seats: await this.seatsOf(groups, day) };
  }

  /** Null when there is no such group on that day. Members in protocol order, and those taken out. */
  async one(
    id: string,
    day: Date,
  ): Promise<{ group: ScopeGroup; groups: readonly ScopeGroup[]; seats: ExplainedSeat[] } | null> {
    const { groups } = await this.scopes.index(day);
    const group = groups.find((one) => one.id === id);
    if (!group) return null;
    const within = groupsWithin(groups, [id]) as ScopeGroup[];
    const seats = await this.seatsOf(within, day);
    const members = new GroupMembers(within, seats);
    const explained = seats.flatMap((seat) => {
      const membership = members.explain(group, seat);
      return membership === null ? [] : [{ seat, ...membership }];
    });
    return { group, groups, seats: explained };
  }

  /** The groups of each post on a day, by listing, by rule or by another group, in their order. */
  async ofPosts(postIds: readonly string[], day: Date): Promise<GroupsOfPosts> {
    const [groups, posts] = await Promise.all([this.scopes.groups(day), this.scopes.groupPosts(postIds, day)]);
    const members = new GroupMembers(groups, posts);
    const found = new Map<string, { id: string; name: string }[]>();
    for (const { id, name } of groups)
      for (const { postId } of members.of(id)) found.set(postId, [...(found.get(postId) ?? []), { id, name }]);
    return found;
  }

  /** Posts that a rule would take in. */
  async byRule(rule: GroupRule, day: Date): Promise<Seat[]> {
    const rehearsed: GroupDefinition = { id: '', name: '', rule, parts: [], excludedParts: [], excludedPosts: [] };
    const seats = await this.seatsOf([rehearsed], day);
    return [...new GroupMembers([rehearsed], seats).of('')].sort(byProtocol);
  }

  private seatsOf(groups: readonly GroupDefinition[], day: Date): Promise<Seat[]> {
    const groupIds = groups.flatMap(({ id }) => (id === '' ? [] : [id]));
    const rules = groups.flatMap(({ rule }) => rule ?? []);
    return this.scopes.seats({ groupIds, unitIds: [], postIds: [], bodyKinds: [], titles: [] }, rules, day);
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { type GroupMerge, mergeGroups } from '../../domain/scope/group-merge.js';
import type { ScopeGroup } from '../../domain/scope/indexed-names.js';
import { seatName } from '../../domain/scope/scope-directory.js';
import { normaliseGroupName } from '../../domain/scope/scope-names.js';
import type { Seat } from '../../domain/scope/scope-seat.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { GroupEditRepository } from './group-edit.repository.js';
import { GroupMembersService } from './group-members.service.js';
import { type GroupRef, GroupRecordService } from './group-record.service.js';

export interface MergeDraft {
  source: ScopeGroup;
  target: ScopeGroup;
  merge: GroupMerge;
  /** Names of posts by id. */
  nameOf: (postId: string) => string;
}

/** Two groups become one: posts, rule, parts, exclusions, aliases and remembered names go over, the old name becomes an alias. */
@Injectable()
export class GroupMergeService {
  constructor(
    private readonly database: Database,
    private readonly groups: GroupEditRepository,
    private readonly members: GroupMembersService,
    private readonly records: GroupRecordService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError list.groupMergeRefused */
  async draft(sourceId: string, targetId: string): Promise<MergeDraft> {
    const { groups, seats } = await this.members.everything(new Date(beijingDate(this.clock.now())));
    const outcome = mergeGroups(groups, seats, sourceId, targetId);
    if (!outcome.ok) throw new DomainError('list.groupMergeRefused', { reason: outcome.reason });
    const byId = new Map(seats.map((seat: Seat) => [seat.postId, seat]));
    return {
      source: groups.find(({ id }) => id === sourceId)!,
      target: groups.find(({ id }) => id === targetId)!,
      merge: outcome.merge,
      nameOf: (postId) => seatName(byId.get(postId)!),
    };
  }

  /** The past of the group that goes stays: on days before today it is still there. */
  async merge(source: GroupRef, target: GroupRef, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const { merge } = await this.draft(source.id, target.id);
      const users = merge.users.map(({ id }) => id);
      await this.records.several(target.id, [target, source], users, actor, async ([into, from]) => {
        const today = beijingDate(this.clock.now());
        await this.groups.setRule(into!.id, merge.rule);
        await this.groups.setParts(into!.id, merge.parts, merge.excludedParts);
        for (const { id, parts, excludedParts } of merge.users) await this.groups.setParts(id, parts, excludedParts);
        await this.groups.setExclusions(into!.id, merge.excludedPosts);
        await this.groups.copyListings(from!.id, into!.id, today);
        if (merge.listed.length > 0) await this.groups.listPosts(into!.id, merge.listed, today);
        await this.groups.handAliasesOn(from!.id, into!.id);
        const [oldName, newName] = [normaliseGroupName(from!.name), normaliseGroupName(into!.name)];
        if (oldName !== newName) await this.groups.addAlias(into!.id, oldName, from!.name);
        await this.groups.setClosed(from!.id, today);
        await this.groups.touch(users);
        const detail = { from: from!.name, into: into!.name, users: merge.users.map(({ name }) => name) };
        return { name: 'group.merged', summary: `“${from!.name}”并入“${into!.name}”`, detail };
      });
    });
  }
}

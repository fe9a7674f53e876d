import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { beijingDate, chineseDate } from '../../domain/calendar.js';
import { canonicalJson } from '../../domain/text/canonical-json.js';
import { DomainError } from '../../domain/errors/errors.js';
import { circleThrough, type GroupRule, ruleText } from '../../domain/scope/group.js';
import { normaliseGroupName } from '../../domain/scope/scope-names.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { GroupEditRepository } from './group-edit.repository.js';
import { type GroupRef, GroupRecordService } from './group-record.service.js';
import { ScopeRepository } from './scope.repository.js';

export interface GroupWish {
  name: string;
  rule: GroupRule | null;
  parts: readonly string[];
  excludedParts: readonly string[];
}

/** Groups kept by hand. */
@Injectable()
export class GroupService {
  constructor(
    private readonly database: Database,
    private readonly groups: GroupEditRepository,
    private readonly records: GroupRecordService,
    private readonly scopes: ScopeRepository,
    private readonly clock: Clock,
  ) {}

  async addGroup(name: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      await this.checkName(name, null);
      const id = await this.groups.addGroup(name);
      await this.records.added(id, { name: 'group.added', summary: `新建分组“${name}”`, detail: { name } }, actor);
      return id;
    });
  }

  /** The old name stays as an alias: issues that were printed with it still resolve. */
  async rename(ref: GroupRef, name: string, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      await this.checkName(name, group.id);
      await this.groups.rename(group.id, name);
      await this.groups.removeAlias(group.id, normaliseGroupName(name));
      if (normaliseGroupName(name) !== normaliseGroupName(group.name))
        await this.groups.addAlias(group.id, normaliseGroupName(group.name), group.name);
      return {
        name: 'group.renamed',
        summary: `“${group.name}”改名为“${name}”`,
        detail: { from: group.name, to: name },
      };
    });
  }

  /** Everything that a group is made of at once, all of it or nothing; what stays as it is makes no entry. */
  async edit({ id, version }: GroupRef, wish: GroupWish, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const stored = await this.groups.loadGroup(id);
      const { groups } = await this.scopes.index(new Date(beijingDate(this.clock.now())));
      const group = groups.find((one) => one.id === id);
      if (!stored || !group) throw new DomainError('list.groupNotFound');
      if (stored.version !== version) throw new DomainError('list.changedMeanwhile');
      let next = version;
      const ref = (): GroupRef => ({ id, version: next++ });
      const differs = (a: unknown, b: unknown) => canonicalJson(a) !== canonicalJson(b);
      const sets = (parts: readonly string[], excluded: readonly string[]) => [[...parts].sort(), [...excluded].sort()];
      if (wish.name !== group.name) await this.rename(ref(), wish.name, actor);
      if (differs(wish.rule, group.rule)) await this.setRule(ref(), wish.rule, actor);
      if (differs(sets(wish.parts, wish.excludedParts), sets(group.parts, group.excludedParts)))
        await this.setParts(ref(), wish.parts, wish.excludedParts, actor);
    });
  }

  async setRule(ref: GroupRef, rule: GroupRule | null, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      await this.groups.setRule(group.id, rule);
      const summary = rule === null ? '取消规则' : `规则改为：${ruleText(rule)}`;
      return { name: 'group.ruleSet', summary, detail: { rule } };
    });
  }

  /** @param on first day of the listing */
  async listPosts(ref: GroupRef, postIds: readonly string[], on: string, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      const names = await this.postNames(postIds);
      await this.groups.listPosts(group.id, postIds, on);
      return { name: 'group.postsListed', summary: `从${chineseDate(on)}起列入${names}`, detail: { postIds, on } };
    });
  }

  /** @param on first day on which the post is no longer listed */
  async unlistPost(ref: GroupRef, postId: string, on: string, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      const names = await this.postNames([postId]);
      await this.groups.unlistPost(group.id, postId, on);
      return { name: 'group.postUnlisted', summary: `从${chineseDate(on)}起不再列入${names}`, detail: { postId, on } };
    });
  }

  async setExcluded(ref: GroupRef, postId: string, excluded: boolean, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      const names = await this.postNames([postId]);
      await this.groups.setExcluded(group.id, postId, excluded);
      const summary = excluded ? `除去${names}` : `不再除去${names}`;
      return { name: excluded ? 'group.postExcluded' : 'group.postReadmitted', summary, detail: { postId } };
    });
  }

  /** @throws DomainError list.groupCircle with the way round */
  async setParts(
    ref: GroupRef,
    parts: readonly string[],
    excludedParts: readonly string[],
    actor: Actor,
  ): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      const out = excludedParts.filter((id) => !parts.includes(id));
      const { groups } = await this.scopes.index(new Date(beijingDate(this.clock.now())));
      if ([...parts, ...out].some((id) => !groups.some((one) => one.id === id)))
        throw new DomainError('list.groupNotFound');
      const circle = circleThrough(groups, group.id, [...parts, ...out]);
      if (circle) throw new DomainError('list.groupCircle', { circle: circle.join(' → ') });
      await this.groups.setParts(group.id, parts, out);
      const name = (id: string) => groups.find((one) => one.id === id)?.name ?? '';
      const summary = `包含：${parts.map(name).join('、') || '无'}；除去：${out.map(name).join('、') || '无'}`;
      return { name: 'group.partsSet', summary, detail: { parts, excludedParts: out } };
    });
  }

  async addAlias(ref: GroupRef, text: string, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      await this.checkName(text, group.id);
      await this.groups.addAlias(group.id, normaliseGroupName(text), text);
      return { name: 'list.aliasAdded', summary: `登记别名“${text}”`, detail: { label: text } };
    });
  }

  async removeAlias(ref: GroupRef, text: string, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      await this.groups.removeAlias(group.id, normaliseGroupName(text));
      return { name: 'list.aliasRemoved', summary: `去掉别名“${text}”`, detail: { label: text } };
    });
  }

  /** A closed group keeps its past; scopes do not find it any more. */
  async setClosed(ref: GroupRef, closed: boolean, actor: Actor): Promise<void> {
    await this.records.change(ref, actor, async (group) => {
      // Its name may have become an alias of the group it was merged into.
      if (!closed) await this.checkName(group.name, group.id);
      const users = closed ? await this.groups.usersOf(group.id) : [];
      if (users.length > 0) throw new DomainError('list.groupInUse', { groups: users.map((name) => `“${name}”`) });
      await this.groups.setClosed(group.id, closed ? beijingDate(this.clock.now()) : null);
      const summary = closed ? `停用分组“${group.name}”` : `恢复分组“${group.name}”`;
      return { name: closed ? 'group.closed' : 'group.reopened', summary, detail: {} };
    });
  }

  /** One place up or down. @returns id of the change; null at the end of the order */
  async move(id: string, direction: 'up' | 'down', actor: Actor): Promise<string | null> {
    const order = await this.groups.inOrder();
    const at = order.findIndex((group) => group.id === id);
    const after = direction === 'up' ? at - 2 : at + 1;
    if (at < 0 || (direction === 'up' ? at === 0 : at === order.length - 1)) return null;
    return this.place(id, order[after]?.id ?? null, null, actor);
  }

  /**
   * @param after the group behind which it goes; null: to the front
   * @param version of the page that asks for it; null where it does not matter
   */
  async place(id: string, after: string | null, version: number | null, actor: Actor): Promise<string | null> {
    return this.database.transaction(async () => {
      const open = await this.groups.inOrder();
      const others = open.filter((group) => group.id !== id);
      const place = after === null ? 0 : others.findIndex((group) => group.id === after) + 1;
      if (others.length === open.length || (after !== null && place === 0)) throw new DomainError('list.groupNotFound');
      const ids = [...others.slice(0, place).map((g) => g.id), id, ...others.slice(place).map((g) => g.id)];
      const was = new Map(open.map((group) => [group.id, group.sortOrder]));
      const orders = ids
        .map((groupId, i) => ({ id: groupId, sortOrder: i + 1 }))
        .filter((group) => was.get(group.id) !== group.sortOrder);
      if (orders.length === 0) return null;
      const refs = version === null ? [] : [{ id, version }];
      const also = orders.flatMap((group) => (version !== null && group.id === id ? [] : [group.id]));
      const name = (await this.groups.loadGroup(id))!.name;
      return this.records.several(id, refs, also, actor, async () => {
        await this.groups.setOrder(orders);
        return { name: 'group.moved', summary: `“${name}”移到第${place + 1}位`, detail: { to: place + 1 } };
      });
    });
  }

  /** @param groupId the group that may have the name itself */
  private async checkName(name: string, groupId: string | null): Promise<void> {
    const alias = normaliseGroupName(name);
    if (alias === '') throw new DomainError('list.groupNameEmpty');
    const owner = await this.groups.ownerOfName(alias);
    if (owner && owner.groupId !== groupId)
      throw new DomainError('list.aliasTaken', { label: name, owner: owner.name });
  }

  private async postNames(postIds: readonly string[]): Promise<string> {
    const names = await this.groups.postNames(postIds);
    if (names.length < new Set(postIds).size || names.length === 0) throw new DomainError('list.postNotFound');
    return names.map((name) => `“${name}”`).join('、');
  }
}

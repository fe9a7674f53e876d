import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { beijingDate, chineseDate } from '../domain/calendar.js';
import { canonicalJson } from '../domain/canonical-json.js';
import { DomainError } from '../domain/errors.js';
import { circleThrough, type GroupRule, ruleText } from '../domain/group.js';
import { normaliseGroupName } from '../domain/scope-names.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { changedRows, GroupChangeRepository, stillAs } from './group-change.repository.js';
import { GroupEditRepository, type StoredGroup } from './group-edit.repository.js';
import { ScopeRepository } from './scope.repository.js';

/** Which group, and as of which of its changes the page was made. */
export interface GroupRef {
  id: string;
  version: number;
}

export interface GroupWish {
  name: string;
  rule: GroupRule | null;
  parts: readonly string[];
  excludedParts: readonly string[];
}

interface Act {
  /** As in the audit trail. */
  name: string;
  /** Chinese, for the screen. */
  summary: string;
  detail: Record<string, unknown>;
}

/** Groups kept by hand. Every act is refused when the page it comes from is stale, recorded, audited, and can be undone. */
@Injectable()
export class GroupService {
  constructor(
    private readonly database: Database,
    private readonly groups: GroupEditRepository,
    private readonly changes: GroupChangeRepository,
    private readonly scopes: ScopeRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async add(name: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      await this.checkName(name, null);
      const id = await this.groups.add(name);
      const rows = changedRows(new Map(), await this.changes.rows([id]));
      await this.record(id, { name: 'group.added', summary: `新建分组“${name}”`, detail: { name } }, rows, actor);
      return id;
    });
  }

  /** The old name stays as an alias: issues that were printed with it still resolve. */
  async rename(ref: GroupRef, name: string, actor: Actor): Promise<void> {
    await this.change(ref, actor, async (group) => {
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
      const stored = await this.groups.load(id);
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
    await this.change(ref, actor, async (group) => {
      await this.groups.setRule(group.id, rule);
      const summary = rule === null ? '取消规则' : `规则改为：${ruleText(rule)}`;
      return { name: 'group.ruleSet', summary, detail: { rule } };
    });
  }

  /** @param on first day of the listing */
  async listPosts(ref: GroupRef, postIds: readonly string[], on: string, actor: Actor): Promise<void> {
    await this.change(ref, actor, async (group) => {
      const names = await this.postNames(postIds);
      await this.groups.listPosts(group.id, postIds, on);
      return { name: 'group.postsListed', summary: `从${chineseDate(on)}起列入${names}`, detail: { postIds, on } };
    });
  }

  /** @param on first day on which the post is no longer listed */
  async unlistPost(ref: GroupRef, postId: string, on: string, actor: Actor): Promise<void> {
    await this.change(ref, actor, async (group) => {
      const names = await this.postNames([postId]);
      await this.groups.unlistPost(group.id, postId, on);
      return { name: 'group.postUnlisted', summary: `从${chineseDate(on)}起不再列入${names}`, detail: { postId, on } };
    });
  }

  async setExcluded(ref: GroupRef, postId: string, excluded: boolean, actor: Actor): Promise<void> {
    await this.change(ref, actor, async (group) => {
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
    await this.change(ref, actor, async (group) => {
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
    await this.change(ref, actor, async (group) => {
      await this.checkName(text, group.id);
      await this.groups.addAlias(group.id, normaliseGroupName(text), text);
      return { name: 'list.aliasAdded', summary: `登记别名“${text}”`, detail: { label: text } };
    });
  }

  async removeAlias(ref: GroupRef, text: string, actor: Actor): Promise<void> {
    await this.change(ref, actor, async (group) => {
      await this.groups.removeAlias(group.id, normaliseGroupName(text));
      return { name: 'list.aliasRemoved', summary: `去掉别名“${text}”`, detail: { label: text } };
    });
  }

  /** A closed group keeps its past; scopes do not find it any more. */
  async setClosed(ref: GroupRef, closed: boolean, actor: Actor): Promise<void> {
    await this.change(ref, actor, async (group) => {
      const users = closed ? await this.groups.usersOf(group.id) : [];
      if (users.length > 0) throw new DomainError('list.groupInUse', { groups: users.map((name) => `“${name}”`) });
      await this.groups.setClosed(group.id, closed ? beijingDate(this.clock.now()) : null);
      const summary = closed ? `停用分组“${group.name}”` : `恢复分组“${group.name}”`;
      return { name: closed ? 'group.closed' : 'group.reopened', summary, detail: {} };
    });
  }

  async move(id: string, direction: 'up' | 'down', actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const neighbour = await this.groups.neighbour(id, direction);
      if (neighbour === null) return;
      await this.groups.swapOrder(id, neighbour);
      await this.audit.record(actor.id, 'group.moved', `group:${id}`, { direction });
    });
  }

  /** Takes the last act on the group back, provided nothing came after it. */
  async undo(groupId: string, changeId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const change = await this.changes.load(changeId);
      if (change?.subject !== `group:${groupId}`) throw new DomainError('list.changeNotFound');
      if (change.undoneAt !== null) throw new DomainError('list.undone');
      const last = await this.changes.last(groupId);
      if (last?.id !== changeId) throw new DomainError('list.undoTooLate');
      if (!stillAs(change.rows, await this.changes.rows([groupId]))) throw new DomainError('list.undoTooLate');
      if (!(await this.changes.markUndone(changeId, this.clock.now()))) throw new DomainError('list.undone');
      await this.changes.restore(change.rows);
      await this.audit.record(actor.id, 'list.undone', change.subject, { change: changeId, act: change.act });
    });
  }

  private async change(ref: GroupRef, actor: Actor, work: (group: StoredGroup) => Promise<Act>): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.changes.rows([ref.id]);
      const group = await this.groups.load(ref.id);
      if (group === null) throw new DomainError('list.groupNotFound');
      if (!(await this.groups.countChange(ref.id, ref.version))) throw new DomainError('list.changedMeanwhile');
      const act = await work(group);
      const rows = changedRows(before, await this.changes.rows([ref.id]));
      if (rows.length > 0) await this.record(ref.id, act, rows, actor);
    });
  }

  private async record(
    groupId: string,
    { name: act, summary, detail }: Act,
    rows: ReturnType<typeof changedRows>,
    actor: Actor,
  ): Promise<void> {
    const subject = `group:${groupId}`;
    const backTo = `/groups/${groupId}`;
    const change = await this.changes.add({
      at: this.clock.now(),
      actor: actor.id,
      act,
      subject,
      summary: summary.slice(0, 500),
      backTo,
      rows,
    });
    await this.audit.record(actor.id, act, subject, { ...detail, change });
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

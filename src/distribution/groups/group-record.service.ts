import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { DomainError } from '../../domain/errors/errors.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { changedRows, GroupChangeRepository, type GroupRows, stillAs } from './group-change.repository.js';
import { GroupEditRepository, type StoredGroup } from './group-edit.repository.js';

/** Which group, and as of which of its changes the page was made. */
export interface GroupRef {
  id: string;
  version: number;
}

export interface GroupAct {
  /** As in the audit trail. */
  name: string;
  /** Chinese, for the screen. */
  summary: string;
  detail: Record<string, unknown>;
}

/** Every act on groups goes through here: refused when its page is stale, recorded, audited, and undone on request. */
@Injectable()
export class GroupRecordService {
  constructor(
    private readonly database: Database,
    private readonly groups: GroupEditRepository,
    private readonly changes: GroupChangeRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async change(ref: GroupRef, actor: Actor, work: (group: StoredGroup) => Promise<GroupAct>): Promise<void> {
    await this.several(ref.id, [ref], [], actor, ([group]) => work(group!));
  }

  /**
   * An act on several groups; nothing is recorded where nothing changed.
   *
   * @param subject the group under which it is recorded and undone
   * @param refs groups whose page must not be stale
   * @param also other groups that it touches
   * @returns id of the change; null where there is none
   */
  async several(
    subject: string,
    refs: readonly GroupRef[],
    also: readonly string[],
    actor: Actor,
    work: (groups: StoredGroup[]) => Promise<GroupAct>,
  ): Promise<string | null> {
    return this.database.transaction(async () => {
      const ids = [...refs.map(({ id }) => id), ...also];
      const before = await this.changes.rows(ids);
      const groups: StoredGroup[] = [];
      for (const { id, version } of refs) {
        const group = await this.groups.loadGroup(id);
        if (group === null) throw new DomainError('list.groupNotFound');
        if (!(await this.groups.countChange(id, version))) throw new DomainError('list.changedMeanwhile');
        groups.push(group);
      }
      const act = await work(groups);
      return this.record(subject, act, changedRows(before, await this.changes.rows(ids)), actor);
    });
  }

  /** A group that was not there before. */
  async added(id: string, act: GroupAct, actor: Actor): Promise<void> {
    await this.record(id, act, changedRows(new Map() as GroupRows, await this.changes.rows([id])), actor);
  }

  /**
   * Takes the last act on the group back.
   *
   * @returns what it was, in words
   */
  async undoLast({ id, version }: GroupRef, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const [group, last] = [await this.groups.loadGroup(id), await this.changes.last(id)];
      if (group === null) throw new DomainError('list.groupNotFound');
      if (group.version !== version) throw new DomainError('list.changedMeanwhile');
      if (last === null) throw new DomainError('list.changeNotFound');
      await this.undo(id, last.id, actor);
      return last.summary;
    });
  }

  /** Takes the last act on the group back, provided nothing came after it. */
  async undo(groupId: string, changeId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const change = await this.changes.loadChange(changeId);
      if (change?.subject !== `group:${groupId}`) throw new DomainError('list.changeNotFound');
      if (change.undoneAt !== null) throw new DomainError('list.undone');
      const last = await this.changes.last(groupId);
      if (last?.id !== changeId) throw new DomainError('list.undoTooLate');
      const touched = change.rows.flatMap(({ before, after }) => (after ?? before)!.group_id ?? (after ?? before)!.id);
      const ids = [...new Set([groupId, ...touched.filter((id) => typeof id === 'string')])];
      if (!stillAs(change.rows, await this.changes.rows(ids))) throw new DomainError('list.undoTooLate');
      if (!(await this.changes.markUndone(changeId, this.clock.now()))) throw new DomainError('list.undone');
      await this.changes.restore(change.rows);
      await this.groups.touch(ids);
      await this.audit.record(actor.id, 'list.undone', change.subject, { change: changeId, act: change.act });
    });
  }

  private async record(
    groupId: string,
    { name: act, summary, detail }: GroupAct,
    rows: ReturnType<typeof changedRows>,
    actor: Actor,
  ): Promise<string | null> {
    if (rows.length === 0) return null;
    const subject = `group:${groupId}`;
    const backTo = `/groups/${groupId}`;
    const entry = { at: this.clock.now(), actor: actor.id, act, subject, summary: summary.slice(0, 500), backTo, rows };
    const change = await this.changes.addChange(entry);
    await this.audit.record(actor.id, act, subject, { ...detail, change });
    return change;
  }
}

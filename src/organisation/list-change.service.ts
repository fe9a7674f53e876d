import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { canonicalJson } from '../domain/text/canonical-json.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { type ListChange, ListChangeRepository, type RowRef } from './list-change.repository.js';

/** As long as this an act can be taken back, provided nothing came after it. */
const undoMs = 24 * 3_600_000;

export interface ListAct {
  /** As in the audit trail. */
  act: string;
  /** `post:id`, `unit:id`, `person:id`, or `list`. */
  subject: string;
  /** Chinese, for the screen. */
  summary: string;
  /** Page to come back to. */
  backTo: string;
  /** For the audit trail: plain values, no address. */
  detail: Record<string, unknown>;
}

/** Every act on units, posts, tenures and liaison officers goes through here: recorded, audited, and undone on request. */
@Injectable()
export class ListChangeService {
  constructor(
    private readonly database: Database,
    private readonly changes: ListChangeRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Call it inside the transaction that decided on the act.
   *
   * @param touched rows that may change
   * @param work changes them; answers with the rows it added
   * @returns id of the change, for undoing it
   */
  async perform(
    act: ListAct,
    actor: Actor,
    touched: readonly RowRef[],
    work: () => Promise<RowRef[]>,
  ): Promise<string> {
    return this.database.transaction(async () => {
      const before = await this.changes.rows(touched);
      const refs = [...touched, ...(await work())];
      const rows = this.changes
        .changesBetween(refs, before, await this.changes.rows(refs))
        .filter((row) => canonicalJson(row.before) !== canonicalJson(row.after));
      const { detail, ...rest } = act;
      const id = await this.changes.addChange({ ...rest, at: this.clock.now(), actor: actor.id, rows });
      await this.audit.record(actor.id, act.act, act.subject, { ...detail, change: id });
      return id;
    });
  }

  /** The same for an act that only added rows, after they were added. */
  async performAdded(act: ListAct, actor: Actor, added: readonly RowRef[]): Promise<string> {
    return this.perform(act, actor, [], () => Promise.resolve([...added]));
  }

  async loadChange(id: string): Promise<ListChange> {
    const change = await this.changes.loadChange(id);
    if (change === null) throw new DomainError('list.changeNotFound');
    return change;
  }

  /** Whether it may still be taken back, as far as its age goes. */
  isRecent(change: Pick<ListChange, 'at' | 'undoneAt'>): boolean {
    return change.undoneAt === null && this.clock.now().getTime() - change.at.getTime() < undoMs;
  }

  async undo(id: string, actor: Actor): Promise<ListChange> {
    return this.database.transaction(async () => {
      const change = await this.loadChange(id);
      // Acts on groups stand in the same table; only the group service knows how to take them back.
      if (change.subject.startsWith('group:')) throw new DomainError('list.changeNotFound');
      if (change.undoneAt !== null) throw new DomainError('list.undone');
      if (!this.isRecent(change)) throw new DomainError('list.undoTooLate');
      const now = await this.changes.rows(change.rows);
      const current = this.changes.changesBetween(change.rows, now, now);
      const moved = change.rows.some((row, i) => canonicalJson(row.after) !== canonicalJson(current[i]!.after));
      if (moved) throw new DomainError('list.undoTooLate');
      if (!(await this.changes.markUndone(id, this.clock.now()))) throw new DomainError('list.undone');
      await this.changes.restore(change.rows);
      await this.audit.record(actor.id, 'list.undone', change.subject, { change: id, act: change.act });
      return change;
    });
  }
}

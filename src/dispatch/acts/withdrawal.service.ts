import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { DomainError } from '../../domain/errors/errors.js';
import { deadlineFor } from '../../domain/sending/retry.js';
import type { SecrecyLevel } from '../../domain/issue/secrecy.js';
import { priorityOf } from '../../domain/urgency.js';
import { ClassGate } from '../../issues/class-gate.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { type NewDelivery, PlanRepository } from '../rows/plan.repository.js';
import { type Reached, WithdrawalRepository } from './withdrawal.repository.js';

/** 撤回通知: tells exactly those who may have the withdrawn text, at the address it went to. */
@Injectable()
export class WithdrawalService {
  constructor(
    private readonly database: Database,
    private readonly editions: EditionRepository,
    private readonly plans: PlanRepository,
    private readonly withdrawals: WithdrawalRepository,
    private readonly channels: ChannelRegistry,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly gate: ClassGate,
    private readonly queue: JobQueue,
  ) {}

  /** How many notices would leave now. */
  async untold(editionId: string): Promise<number> {
    const edition = await this.editions.loadEdition(editionId);
    if (!edition?.withdrawnAt) return 0;
    return (await this.withdrawals.untold(editionId)).filter((row) => this.noticeTo(row, edition.level)).length;
  }

  /** @returns how many notices were planned; none for those who were told before */
  async tell(editionId: string, actor: Actor): Promise<{ told: number }> {
    const rows = await this.database.transaction(async () => {
      await this.plans.lockWithdrawn(editionId);
      const edition = await this.editions.loadEdition(editionId);
      if (!edition?.withdrawnAt) throw new DomainError('dispatch.notWithdrawn');
      const reached = await this.withdrawals.untold(editionId);
      const notices = reached.flatMap((row) => this.noticeTo(row, edition.level) ?? []);
      if (notices.length === 0) return notices;
      const now = this.clock.now();
      await this.plans.addDeliveries(editionId, notices, {
        // Whoever acts on the wrong text does so now.
        priority: priorityOf('extraUrgent'),
        at: now,
        deadline: deadlineFor(edition.urgency, now),
      });
      await this.audit.record(actor.id, 'dispatch.withdrawalTold', `issue:${edition.issueId}`, {
        editionId,
        notices: notices.length,
      });
      return notices;
    });
    for (const kind of this.channels.kinds().filter((channel) => rows.some((row) => row.channel === channel)))
      await this.queue.ring(sendJobs[kind], {});
    return { told: rows.length };
  }

  private noticeTo(row: Reached, level: SecrecyLevel): NewDelivery | null {
    const carry = this.gate.carry(level, row.channel, row.mailDomain);
    if (carry === 'nothing' || !this.channels.get(row.channel)) return null;
    return { ...row, purpose: 'withdrawal', round: 0, carry };
  }
}

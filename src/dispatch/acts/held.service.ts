import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { DomainError } from '../../domain/errors/errors.js';
import { deadlineFor } from '../../domain/sending/retry.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { ControlRepository, type HeldChoice } from '../rows/control.repository.js';

export const heldDecisions = ['sent', 'sendAgain', 'cancel'] as const;
export type HeldDecision = (typeof heldDecisions)[number];

const outcomes = {
  sent: { to: 'sent', reason: '经人工确认已送到' },
  sendAgain: { to: 'planned', reason: '由人工决定再发一次' },
  cancel: { to: 'cancelled', reason: '由人工决定不再发送' },
} as const;

/** Ids named in the trail for one decision; the count is always exact. */
const NAMED = 200;

/** 待人工处理: nobody could find out whether a provider took these messages, so a person decides. */
@Injectable()
export class HeldService {
  constructor(
    private readonly database: Database,
    private readonly editions: EditionRepository,
    private readonly control: ControlRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /**
   * @param seen how many the person had before him; more than that are left for another look
   * @returns how many were decided: none when a report or a colleague was faster, which is no fault
   */
  async settle(
    editionId: string,
    which: HeldChoice,
    decision: HeldDecision,
    seen: number,
    actor: Actor,
  ): Promise<{ settled: number }> {
    const edition = await this.editions.loadEdition(editionId);
    if (!edition?.plannedAt || edition.voidedAt) throw new DomainError('dispatch.notSignedOff');
    const now = this.clock.now();
    const { to, reason } = outcomes[decision];
    const rows = await this.database.transaction(async () => {
      const more = { reason, now, deadline: deadlineFor(edition.urgency, now) };
      const moved = await this.control.settleHeld(editionId, which, to, more);
      if (moved.length > seen) throw new DomainError('dispatch.moreHeld', { seen, now: moved.length });
      if (moved.length === 0) return moved;
      await this.audit.record(actor.id, 'dispatch.settledByHand', `issue:${edition.issueId}`, {
        editionId,
        decision,
        deliveries: moved.length,
        ids: moved.slice(0, NAMED).map(({ id }) => id),
      });
      return moved;
    });
    if (to === 'planned')
      for (const kind of new Set(rows.map(({ channel }) => channel))) await this.queue.ring(sendJobs[kind], {});
    return { settled: rows.length };
  }
}

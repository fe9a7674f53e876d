import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { DistributionService } from '../../distribution/groups/distribution.service.js';
import { SubscriptionScope } from '../../distribution/subscriptions/subscription-scope.js';
import { readPolicy } from '../../domain/sending/channel-policy.js';
import type { PlannedCopy } from '../../domain/sending/dispatch-plan.js';
import { DomainError } from '../../domain/errors/errors.js';
import { compareScope, type ScopeDifference } from '../../domain/sending/late-copies.js';
import type { ScopeEntry } from '../../domain/scope/scope.js';
import { splitScopeText } from '../../domain/scope/scope-text.js';
import { TrialService } from '../../issues/trial.service.js';
import { PublicationRepository } from '../../issues/publication.repository.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { SecrecyGate } from '../../platform/secrecy-gate.js';
import { Deferral, type Wait } from '../when/deferral.js';
import { type CopyHolder, PlanRepository } from '../rows/plan.repository.js';
import { PlanService } from './plan.service.js';

export interface LateOffer extends Omit<ScopeDifference<CopyHolder>, 'added'> {
  added: (ScopeDifference<CopyHolder>['added'][number] & Pick<PlannedCopy, 'deliveries' | 'later' | 'unreachable'>)[];
  /** What keeps the messages from leaving now. */
  wait: Wait | null;
  /** Names in the scope that lead to no group any more. */
  unknown: string[];
}

/** 补发: the frozen edition to people who came into its scope later. Edition, hash and scope stay as they were signed. */
@Injectable()
export class LateCopiesService {
  constructor(
    private readonly database: Database,
    private readonly editions: EditionRepository,
    private readonly distribution: DistributionService,
    private readonly subscribers: SubscriptionScope,
    private readonly publications: PublicationRepository,
    private readonly plans: PlanRepository,
    private readonly planner: PlanService,
    private readonly deferral: Deferral,
    private readonly gate: SecrecyGate,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly trial: TrialService,
  ) {}

  /**
   * Who would get a late copy now, and over which channels, one after another or at once as the edition's policy has it.
   *
   * @param typed another scope than that of the edition; null: its own
   */
  async offer(editionId: string, typed: string | null = null): Promise<LateOffer> {
    const edition = await this.sending(editionId);
    const { difference, unknown } = await this.compare(edition, typed);
    const policy = readPolicy(edition.policy);
    const { copies } = await this.planner.reach(difference.added, edition.level, policy);
    return {
      ...difference,
      unknown,
      added: copies.map(({ entry, deliveries, later, unreachable }) => ({ ...entry, deliveries, later, unreachable })),
      wait: await this.deferral.firstMessages({ ...edition, policy }, this.clock.now()),
    };
  }

  /** @returns how many got a copy now; those who have one already, as after a second click, get no other */
  async addLateCopies(
    editionId: string,
    personIds: readonly string[],
    reason: string,
    actor: Actor,
    typed: string | null = null,
  ): Promise<{ added: number }> {
    await this.gate.passNote(actor.id, `edition:${editionId}`, reason, typed);
    const added = await this.database.transaction(async () => {
      await this.plans.lockEdition(editionId);
      const edition = await this.sending(editionId);
      const { difference } = await this.compare(edition, typed);
      const chosen = difference.added.filter(({ personId }) => personIds.includes(personId));
      if (chosen.length === 0) return 0;
      const holders = await this.plans.copyHolders(editionId);
      const firstNumber = (holders.at(-1)?.copyNumber ?? 0) + 1;
      const { copies } = await this.planner.write(edition, chosen, this.clock.now(), {
        before: firstNumber - 1,
        lateReason: reason,
      });
      await this.audit.record(actor.id, 'dispatch.lateAdded', `issue:${edition.issueId}`, {
        editionId,
        copies,
        firstNumber,
        reason,
        scope: typed === null ? undefined : splitScopeText(typed).join('，').slice(0, 2000),
      });
      return copies;
    });
    if (added > 0) for (const name of Object.values(sendJobs)) await this.queue.ring(name, {});
    return { added };
  }

  /** Whoever has a copy has not left a scope that was never his. */
  private async compare(edition: StoredEdition, typed: string | null) {
    const labels = typed === null ? edition.content.scope : splitScopeText(typed);
    const [holders, resolved] = await Promise.all([
      this.plans.copyHolders(edition.id),
      this.distribution.resolve(labels, this.clock.now()),
    ]);
    const entitled = typed === null ? await this.withSubscribers(edition, resolved.entries) : resolved.entries;
    const inScope = await this.trial.sentTo(edition, entitled);
    const difference = compareScope(holders, inScope);
    return {
      difference: typed === null ? difference : { ...difference, left: [], moved: [] },
      unknown: resolved.unknown.map(({ label }) => label),
    };
  }

  /** Behind the posts, who subscribes by now. */
  private async withSubscribers(edition: StoredEdition, byPost: readonly ScopeEntry[]): Promise<ScopeEntry[]> {
    const { id: publicationId } = await this.publications.ofIssue(edition.issueId);
    const { sections } = edition.content;
    return [...byPost, ...(await this.subscribers.entries({ publicationId, level: edition.level, sections }, byPost))];
  }

  private async sending(editionId: string): Promise<StoredEdition> {
    const edition = await this.editions.loadEdition(editionId);
    if (!edition?.plannedAt || edition.voidedAt) throw new DomainError('dispatch.notSignedOff');
    if (edition.withdrawnAt) throw new DomainError('reading.withdrawn');
    return edition;
  }
}

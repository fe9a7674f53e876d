import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { TrialRepository } from '../accounts/trial.repository.js';
import { canonicalPieces } from '../domain/text/canonical-json.js';
import { DomainError } from '../domain/errors/errors.js';
import { mayAct, readyForReview, stateAfter } from '../domain/issue/issue-state.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { sha256HexOf } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { Settings } from '../settings/settings.js';
import { EDITING } from './issue.service.js';
import { EditionRepository, type EditionScope } from './edition.repository.js';
import { RecipientsService } from './recipients.service.js';
import { contentOf } from './content-of.js';
import { IssueRepository, type StoredIssue } from './issue.repository.js';
import { LayoutService } from './layout.service.js';

/** 签发: takes the number, freezes content and people, signs them with a hash. Sending starts from what is frozen here. */
@Injectable()
export class SignOffService {
  constructor(
    private readonly database: Database,
    private readonly issues: IssueRepository,
    private readonly editions: EditionRepository,
    private readonly recipients: RecipientsService,
    private readonly layouts: LayoutService,
    private readonly gate: SecrecyGate,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
    private readonly trials: TrialRepository,
  ) {}

  /**
   * @param sendAt when to start; without it after the time in which a sign-off can be undone
   * @param agreesToLevel the approver confirms that the class was lowered; needed where it was
   * @param reason why a 特急 issue may break the quiet time; ignored for others
   */
  async signOff(
    issueId: string,
    revision: number,
    actor: Actor,
    sendAt?: Date,
    reason = '',
    agreesToLevel = false,
  ): Promise<{ editionId: string }> {
    await this.gate.passNote(actor.id, `issue:${issueId}`, reason);
    const { editionId, startsAt } = await this.database.transaction(async () => {
      const stored = await this.issues.loadIssue(issueId);
      if (!stored) throw new DomainError('issue.notFound');
      if (stored.revision !== revision) throw new DomainError('issue.changedMeanwhile');
      const refusal = mayAct('signOff', actor, stored);
      if (refusal) throw new DomainError(refusal.code, refusal.details);
      if (await this.audit.hasActed(actor.id, `issue:${issueId}`, EDITING))
        throw new DomainError('issue.sameEditorAndApprover');
      const missing = readyForReview({ ...stored, series: stored.publicationName, date: stored.issuedOn });
      if (missing.length) throw new DomainError('issue.notReady', { missing });

      if (stored.loweredTo !== null && !agreesToLevel) throw new DomainError('issue.levelUnconfirmed');
      // From here on the approver has agreed.
      const issue = { ...stored, level: stored.loweredTo ?? stored.level };

      const now = this.clock.now();
      const resolved = await this.recipients.recipientsOf(issue, now);
      if (resolved.unknown.length) {
        throw new DomainError('issue.scopeUnresolved', {
          labels: resolved.unknown.map(({ label }) => label).join('、'),
        });
      }
      if (resolved.people === 0) throw new DomainError('issue.nobodyInScope');

      // What was on trial once stays it: its numbers are nobody's.
      const trial = await this.trials.isActive();
      const number = await this.takeNumber(issue, trial);
      if (
        !(await this.issues.move(issueId, revision, stateAfter(issue.state, 'signOff'), {
          number,
          trial: trial && (stored.number === null || stored.trial),
        }))
      ) {
        throw new DomainError('issue.changedMeanwhile');
      }
      const content = contentOf({ ...issue, number }, trial);
      const scope: EditionScope = {
        groups: resolved.groups.map(({ label, groupName, people }) => ({ label, groupName, people })),
      };
      const urgentReason = issue.urgency === 'extraUrgent' && reason !== '' ? reason : null;
      const startsAt = sendAt ?? new Date(now.getTime() + this.settings.delivery.undoSeconds * 1000);
      const hash = sha256HexOf(canonicalPieces({ content, scope: { ...scope, entries: resolved.entries } }));
      const id = await this.editions.create(
        {
          issueId,
          content,
          scope,
          hash,
          level: issue.level,
          loweredFrom: issue.loweredTo === null ? null : issue.markedLevel,
          loweredFor: issue.loweredTo === null ? null : issue.levelReason,
          urgency: issue.urgency,
          signedAt: now,
          sendAt: startsAt,
          urgentReason,
          signedById: actor.id,
        },
        resolved.entries,
      );
      await this.audit.record(actor.id, 'issue.signedOff', `issue:${issueId}`, {
        editionId: id,
        number,
        hash,
        level: issue.level,
        ...(issue.loweredTo === null ? {} : { loweredFrom: issue.markedLevel, loweredFor: issue.levelReason }),
        people: resolved.people,
        correction: issue.correction || undefined,
        trial: trial || undefined,
        sendAt: startsAt.toISOString(),
        urgentReason: urgentReason ?? undefined,
      });
      await this.layouts.learnFrom(issueId);
      return { editionId: id, startsAt };
    });
    await this.queue.ring('dispatch.plan', { editionId }, Math.max(0, startsAt.getTime() - this.clock.now().getTime()));
    return { editionId };
  }

  /** The printed number when it is free, the next one when none is printed. A number once taken is never given again. */
  private async takeNumber(issue: StoredIssue, trial: boolean): Promise<number> {
    const isReal = issue.number !== null && !issue.trial;
    if (issue.number !== null && (isReal || trial)) return issue.number;
    const taken = await this.issues.takenNumbers(issue.publicationId, issue.year, issue.kind);
    const number = issue.number ?? issue.proposedNumber ?? Math.max(0, ...taken) + 1;
    if (!trial && taken.includes(number)) throw new DomainError('issue.numberTaken', { number });
    return number;
  }
}

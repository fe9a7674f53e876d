import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { TrialRepository } from '../accounts/trial.repository.js';
import { DomainError } from '../domain/errors/errors.js';
import { isSentTo, mayBeginTrial } from '../domain/sending/trial.js';
import { TrialPersonRepository } from '../organisation/trial-person.repository.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { EditionRepository, type StoredEdition } from './edition.repository.js';

/** 试运行: begun, ended, and whom it lets be sent to. */
@Injectable()
export class TrialService {
  constructor(
    private readonly database: Database,
    private readonly trials: TrialRepository,
    private readonly people: TrialPersonRepository,
    private readonly editions: EditionRepository,
    private readonly gate: SecrecyGate,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError trial.changedMeanwhile */
  async release(reason: string, by: Actor): Promise<void> {
    await this.gate.passNote(by.id, 'trial', reason);
    await this.change(false, reason, by, 'trial.released');
  }

  /** @throws DomainError trial.changedMeanwhile, trial.issuesUnderWay */
  async begin(reason: string, by: Actor): Promise<void> {
    await this.gate.passNote(by.id, 'trial', reason);
    await this.database.transaction(async () => {
      const active = await this.trials.isActive();
      if (active) throw new DomainError('trial.changedMeanwhile');
      const underWay = await this.editions.underWay();
      if (!mayBeginTrial({ active, underWay })) throw new DomainError('trial.issuesUnderWay', { count: underWay });
      await this.change(true, reason, by, 'trial.begun');
    });
  }

  /** @throws DomainError list.personNotFound */
  async addPerson(personId: string, by: Actor): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.people.add(personId, by.name, this.clock.now()))) throw new DomainError('list.personNotFound');
      await this.audit.record(by.id, 'trial.personAdded', `person:${personId}`);
    });
  }

  async removePerson(personId: string, by: Actor): Promise<void> {
    await this.database.transaction(async () => {
      await this.people.remove(personId);
      await this.audit.record(by.id, 'trial.personRemoved', `person:${personId}`);
    });
  }

  /** Those of the people whom an edition is sent to: all of them, or the test persons. */
  async sentTo<P extends { personId: string }>(
    { content }: Pick<StoredEdition, 'content'>,
    people: readonly P[],
  ): Promise<readonly P[]> {
    if (content.trial !== true) return people;
    const testers = await this.people.ids();
    return people.filter(({ personId }) => isSentTo(true, personId, testers));
  }

  private async change(active: boolean, reason: string, by: Actor, action: string): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.trials.set(active, reason, by, this.clock.now())))
        throw new DomainError('trial.changedMeanwhile');
      await this.audit.record(by.id, action, 'trial', { reason });
    });
  }
}

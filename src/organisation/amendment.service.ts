import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { AmendmentRepository } from './amendment.repository.js';

const mostOpen = 5;

/** The right to have one's details put right (个人信息保护法 art. 46): asked on the person's page, answered by the office. */
@Injectable()
export class AmendmentService {
  constructor(
    private readonly database: Database,
    private readonly rows: AmendmentRepository,
    private readonly gate: SecrecyGate,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError amendment.tooMany, issue.classifiedText */
  async ask(personId: string, text: string): Promise<void> {
    await this.gate.passNote(`person:${personId}`, `person:${personId}`, text);
    await this.database.transaction(async () => {
      if ((await this.rows.countOpen(personId)) >= mostOpen) throw new DomainError('amendment.tooMany');
      const id = await this.rows.addAmendment(personId, text, this.clock.now());
      await this.audit.record(`person:${personId}`, 'amendment.requested', `person:${personId}`, { id });
    });
  }

  /** @throws DomainError amendment.notFound, amendment.answered, issue.classifiedText */
  async answer(id: string, state: 'done' | 'declined', answer: string, actor: Actor): Promise<void> {
    await this.gate.passNote(actor.id, `amendment:${id}`, answer);
    await this.database.transaction(async () => {
      const found = await this.rows.find(id);
      if (!found) throw new DomainError('amendment.notFound');
      if (!(await this.rows.answer(id, state, answer, actor.id, this.clock.now())))
        throw new DomainError('amendment.answered');
      await this.audit.record(actor.id, 'amendment.answered', `person:${found.personId}`, { id, state });
    });
  }
}

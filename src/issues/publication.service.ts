import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import type { PublicationPolicy } from '../domain/sending/channel-policy.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Database } from '../platform/database.js';
import { PublicationRepository } from './publication.repository.js';

/** What the office decides for a publication. Editions that are planned already keep the policy they were planned with. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly database: Database,
    private readonly publications: PublicationRepository,
    private readonly audit: Audit,
  ) {}

  async setPolicy(publicationId: string, policy: PublicationPolicy, actor: Pick<Actor, 'id'>): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.publications.loadPublication(publicationId);
      if (!before) throw new DomainError('issue.unknownPublication');
      await this.publications.savePolicy(publicationId, policy);
      await this.audit.record(actor.id, 'publication.policySet', `publication:${publicationId}`, {
        before: before.policy,
        after: policy,
      });
    });
  }
}

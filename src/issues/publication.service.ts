import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import type { PublicationPolicy } from '../domain/sending/channel-policy.js';
import { DomainError } from '../domain/errors/errors.js';
import { mayBeDefault } from '../domain/issue/secrecy.js';
import { holdsFor } from '../domain/roles.js';
import { Audit } from '../platform/audit.js';
import { Database } from '../platform/database.js';
import { Settings } from '../settings/settings.js';
import { type PublicationFacts, PublicationRepository, type StoredPublication } from './publication.repository.js';

/** What the office decides for a publication. Editions that are planned already keep the policy they were planned with. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly database: Database,
    private readonly publications: PublicationRepository,
    private readonly audit: Audit,
    private readonly settings: Settings,
  ) {}

  /** A demo may be run on a Sunday night. */
  private get newPolicy(): Partial<PublicationPolicy> {
    return this.settings.mode === 'demo' ? { waits: 'never' } : {};
  }

  /**
   * The publication that an issue names; a new one where there is none.
   *
   * @throws DomainError account.otherPublication where the actor's roles do not hold for it
   */
  async publicationNamed(
    series: string,
    issuer: string | null,
    { publications = [] }: Pick<Actor, 'publications'>,
  ): Promise<StoredPublication> {
    const publication = await this.publications.ensurePublication(series, issuer ?? '', this.newPolicy);
    if (!holdsFor(publications, publication.id)) throw new DomainError('account.otherPublication');
    return publication;
  }

  /** @throws DomainError publication.nameTaken where a name looks the same, publication.lowDefault */
  async create(name: string, facts: PublicationFacts, actor: Pick<Actor, 'id' | 'roles'>): Promise<string> {
    if (!mayBeDefault(facts.defaultLevel, actor.roles)) throw new DomainError('publication.lowDefault');
    return this.database.transaction(async () => {
      const known = await this.publications.listPublications();
      const spelled = await this.publications.spelled(name);
      if (known.some((publication) => publication.name === spelled))
        throw new DomainError('publication.nameTaken', { name: spelled });
      const { id } = await this.publications.ensurePublication(name, facts.issuer, this.newPolicy);
      await this.publications.saveFacts(id, facts);
      await this.audit.record(actor.id, 'publication.created', `publication:${id}`, { name, ...facts });
      return id;
    });
  }

  /** @throws DomainError issue.unknownPublication, publication.lowDefault unless the class stays what it is */
  async setFacts(publicationId: string, facts: PublicationFacts, actor: Pick<Actor, 'id' | 'roles'>): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.publications.loadPublication(publicationId);
      if (!before) throw new DomainError('issue.unknownPublication');
      if (facts.defaultLevel !== before.defaultLevel && !mayBeDefault(facts.defaultLevel, actor.roles))
        throw new DomainError('publication.lowDefault');
      await this.publications.saveFacts(publicationId, facts);
      const { issuer, defaultLevel, defaultScope } = before;
      await this.audit.record(actor.id, 'publication.factsSet', `publication:${publicationId}`, {
        before: { issuer, defaultLevel, defaultScope },
        after: { ...facts },
      });
    });
  }

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

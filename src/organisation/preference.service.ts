import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { DomainError } from '../domain/errors/errors.js';
import type { PreferenceChoice } from '../domain/sending/preference.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { sameText, Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { Settings } from '../settings/settings.js';
import { ContactRepository } from './contact.repository.js';
import { PreferenceRepository } from './preference.repository.js';

const linkDays = 30;

/** A person's own choice of how to be told; the office only says who is brought paper. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly database: Database,
    private readonly rows: PreferenceRepository,
    private readonly people: ContactRepository,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  preferencesOf(personId: string): Promise<PreferenceChoice> {
    return this.rows.preferencesOf(personId);
  }

  /** From the next message on. */
  async choose(personId: string, choice: PreferenceChoice, by: 'readingPage' | 'signedLink'): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.rows.preferencesOf(personId);
      await this.rows.put(personId, choice, this.clock.now());
      const detail = { by, from: before, to: choice };
      await this.audit.record(`person:${personId}`, 'preference.changed', `person:${personId}`, detail);
    });
  }

  /** As the office knows it, of somebody who does not say so himself. */
  async bringOnPaper(personId: string, onPaper: boolean, actor: Actor): Promise<void> {
    const person = await this.people.person(personId);
    if (!person) throw new DomainError('list.personNotFound');
    if (person.wipedAt) throw new DomainError('list.personWiped');
    await this.database.transaction(async () => {
      const before = await this.rows.preferencesOf(personId);
      if (before.onPaper === onPaper) return;
      await this.rows.put(personId, { ...before, onPaper }, this.clock.now());
      await this.audit.record(actor.id, 'preference.paperSet', `person:${personId}`, { onPaper });
    });
  }

  async issueLink(personId: string, actor: Actor): Promise<string> {
    const person = await this.people.person(personId);
    if (!person) throw new DomainError('list.personNotFound');
    if (person.wipedAt) throw new DomainError('list.personWiped');
    const until = Math.floor(this.clock.now().getTime() / 1000) + linkDays * 86_400;
    await this.audit.record(actor.id, 'preference.linkIssued', `person:${personId}`);
    return `${this.settings.http.publicUrl}/p/${personId}.${until}.${this.seal(personId, until)}`;
  }

  /** Whose settings a signed link opens. @throws DomainError reading.linkInvalid, reading.linkExpired */
  async personOf(link: string): Promise<{ personId: string; name: string }> {
    const [personId = '', until = '', seal = ''] = link.split('.');
    if (!/^[0-9a-f-]{36}$/.test(personId) || !/^\d{10}$/.test(until) || !sameText(seal, this.seal(personId, +until)))
      throw new DomainError('reading.linkInvalid');
    if (Number(until) * 1000 <= this.clock.now().getTime()) throw new DomainError('reading.linkExpired');
    const person = await this.people.person(personId);
    if (!person || person.wipedAt) throw new DomainError('reading.linkInvalid');
    return { personId, name: person.name };
  }

  private seal(personId: string, until: number): string {
    return this.vault.deriveToken('preference link', personId, String(until));
  }
}

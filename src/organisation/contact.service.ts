import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { readAddress } from '../domain/people/contact-address.js';
import { channelFacts } from '../domain/channel-facts.js';
import type { ChannelKind } from '../domain/delivery.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { AddressProofService } from './address-proof.service.js';
import { ContactRepository, type KeptContact } from './contact.repository.js';
import { MessageRows } from './message-rows.js';

/** A code for somebody who waits for it. */
const codeMinutes = 15;

/** Addresses of people. They leave the vault for sending and for one page, with a reason; never for a log. */
@Injectable()
export class ContactService {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly messages: MessageRows,
    private readonly proofs: AddressProofService,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /**
   * What somebody typed.
   *
   * @throws DomainError contact.notTyped, list.contactInvalid, list.contactTaken
   */
  async enter(personId: string, kind: ChannelKind, typed: string, actor: Pick<Actor, 'id'>): Promise<void> {
    if (!channelFacts[kind].addressIsTyped) throw new DomainError('contact.notTyped');
    await this.save(personId, kind, typed, actor);
  }

  /** @throws DomainError list.contactInvalid, list.contactTaken */
  async save(personId: string, kind: ChannelKind, typed: string, actor: Pick<Actor, 'id'>): Promise<void> {
    const address = readAddress(kind, typed);
    if ('fault' in address) throw new DomainError('list.contactInvalid', { reason: address.fault.replace(/。$/, '') });
    const { value, masked, mailDomain } = address;
    const lookupHash = this.vault.lookupHash(kind, value);
    await this.database.transaction(async () => {
      const person = await this.contacts.person(personId);
      if (!person) throw new DomainError('list.personNotFound');
      if (person.wipedAt) throw new DomainError('list.personWiped');
      const old = (await this.contacts.ofPerson(personId)).find((contact) => contact.kind === kind);
      if (old?.lookupHash === lookupHash) return;
      if (await this.contacts.ownerOf(kind, lookupHash)) throw new DomainError('list.contactTaken');
      await this.contacts.put({
        ...{ personId, kind, lookupHash, mailDomain, masked },
        sealed: this.vault.seal(value),
        keyId: this.vault.keyId,
      });
      if (old) await this.messages.forgetRemovedAddresses(this.clock.now(), personId);
      const detail = { channel: kind, from: old?.masked ?? null, to: masked };
      await this.audit.record(actor.id, 'contact.changed', `person:${personId}`, detail);
    });
  }

  /** Found in a directory: it never takes the place of what somebody entered. False where there is one, or it is another person's. */
  async addFound(personId: string, kind: ChannelKind, found: string, actor: Pick<Actor, 'id'>): Promise<boolean> {
    return this.database.transaction(async () => {
      if ((await this.contacts.ofPerson(personId)).some((contact) => contact.kind === kind)) return false;
      try {
        await this.save(personId, kind, found, actor);
        return true;
      } catch (error) {
        if (error instanceof DomainError) return false;
        throw error;
      }
    });
  }

  /** Also from old deliveries. What has not left goes there no more; what is in hand keeps it, and the nightly run finds it there. */
  async remove(contactId: string, actor: Actor): Promise<void> {
    await this.change(contactId, actor, 'contact.removed', async ({ id, personId }) => {
      await this.contacts.remove(id);
      await this.messages.forgetRemovedAddresses(this.clock.now(), personId);
    });
  }

  /** The provider's word is taken back: the next issue is sent there again. */
  async clearBad(contactId: string, actor: Actor): Promise<void> {
    await this.change(contactId, actor, 'contact.cleared', async ({ id }) => void (await this.contacts.clearBad(id)));
  }

  /** The address in full, for the one page that is shown now. Who looked, and why, is kept for good; the address is not. */
  async reveal(contactId: string, reason: string, actor: Actor): Promise<{ personId: string; address: string }> {
    return this.database.transaction(async () => {
      const contact = await this.get(contactId);
      const detail = { channel: contact.kind, masked: contact.masked, reason };
      await this.audit.record(actor.id, 'contact.revealed', `person:${contact.personId}`, detail);
      return { personId: contact.personId, address: this.vault.open(contact.sealed) };
    });
  }

  /** @param askedBy `account:…` or `person:…` @throws DomainError contact.tooManyCodes */
  async sendCode(contactId: string, askedBy: string, actor: Pick<Actor, 'id'>): Promise<KeptContact> {
    const contact = await this.database.transaction(async () => {
      const found = await this.get(contactId);
      const { kind, sealed, lookupHash, personId, masked } = found;
      if (!channelFacts[kind].addressIsTyped) throw new DomainError('contact.notTyped');
      const subject = { contactId };
      const limited = await this.proofs.order({
        ...{ subject, channel: kind, sealed, lookupHash, askedBy },
        minutes: codeMinutes,
      });
      if (limited) throw new DomainError('contact.tooManyCodes');
      await this.audit.record(actor.id, 'contact.codeSent', `person:${personId}`, { channel: kind, masked });
      return found;
    });
    await this.queue.ring('proof.send', {});
    return contact;
  }

  /** @throws DomainError contact.codeWrong */
  async confirm(contactId: string, code: string, actor: Pick<Actor, 'id'>): Promise<void> {
    const contact = await this.get(contactId);
    const right = await this.proofs.byCode({ contactId }, code, async () => {
      await this.contacts.markVerified(contactId, this.clock.now());
      const detail = { channel: contact.kind, masked: contact.masked };
      await this.audit.record(actor.id, 'contact.verified', `person:${contact.personId}`, detail);
    });
    if (!right) throw new DomainError('contact.codeWrong');
  }

  private async change(
    contactId: string,
    actor: Actor,
    action: string,
    work: (contact: KeptContact) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async () => {
      const contact = await this.get(contactId);
      await work(contact);
      const detail = { channel: contact.kind, masked: contact.masked, was: contact.badReason };
      await this.audit.record(actor.id, action, `person:${contact.personId}`, detail);
    });
  }

  private async get(contactId: string): Promise<KeptContact> {
    const contact = await this.contacts.find(contactId);
    if (!contact) throw new DomainError('contact.notFound');
    return contact;
  }
}

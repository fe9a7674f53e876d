import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { readAddress } from '../../domain/people/contact-address.js';
import { DomainError } from '../../domain/errors/errors.js';
import { confirmHours, decideDays, type Ending } from '../../domain/sending/subscription.js';
import { AddressProofService } from '../../organisation/address-proof.service.js';
import { MessageRows } from '../../organisation/message-rows.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { randomToken, sha256Hex, Vault } from '../../platform/crypto.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { Settings } from '../../settings/settings.js';
import { type StoredSubscription, SubscriptionRepository } from './subscription.repository.js';

export interface SubscriptionRequest {
  publicationId: string;
  name: string;
  affiliation: string;
  channel: 'email' | 'sms';
  address: string;
  sections: string[];
}

const day = 86_400_000;

/** The link that ends a subscription follows from its id: every message can carry it, and the database holds only its hash. */
export const endToken = (vault: Vault, subscriptionId: string): string =>
  vault.deriveToken('end subscription', subscriptionId);

class TooManyForAddress extends Error {}

/** What the subscriber himself does: asks, confirms, ends. The answer never tells whether an address is known. */
@Injectable()
export class SubscriptionService {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly messages: MessageRows,
    private readonly proofs: AddressProofService,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
  ) {}

  openPublications(): Promise<{ id: string; name: string; sections: string[] }[]> {
    return this.rows.openPublications();
  }

  /**
   * @returns the key of the page on which the code is typed; the same for an address that gets no more codes today
   * @throws DomainError subscription.closed, subscription.tooMany, list.contactInvalid
   */
  async request(asked: SubscriptionRequest, client: string): Promise<{ ref: string }> {
    const address = readAddress(asked.channel, asked.address);
    if ('fault' in address) throw new DomainError('list.contactInvalid', { reason: address.fault.replace(/。$/, '') });
    const publication = (await this.rows.openPublications()).find(({ id }) => id === asked.publicationId);
    if (!publication) throw new DomainError('subscription.closed');
    const [id, ref] = [randomUUID(), randomToken(16)];
    const { channel } = asked;
    const sealed = this.vault.seal(address.value);
    const lookupHash = this.vault.lookupHash(channel, address.value);
    try {
      await this.database.transaction(async () => {
        const { name, affiliation } = asked;
        await this.rows.addSubscription({
          ...{ id, publicationId: publication.id, name, affiliation, channel, sealed, lookupHash },
          sections: publication.sections.filter((section) => asked.sections.includes(section)),
          masked: address.masked,
          refHash: sha256Hex(ref),
          endTokenHash: sha256Hex(endToken(this.vault, id)),
          requestedAt: this.clock.now(),
        });
        const subject = { subscriptionId: id };
        const order = { subject, channel, sealed, lookupHash, askedBy: `net:${client}`, minutes: confirmHours * 60 };
        const limited = await this.proofs.order(order);
        if (limited === 'asker') throw new DomainError('subscription.tooMany');
        if (limited) throw new TooManyForAddress();
      });
    } catch (error) {
      if (!(error instanceof TooManyForAddress)) throw error;
    }
    await this.queue.ring('proof.send', {});
    return { ref };
  }

  /** @throws DomainError subscription.codeWrong, also for a page that never was */
  async confirmByCode(ref: string, code: string): Promise<void> {
    const found = await this.rows.find({ refHash: sha256Hex(ref) });
    const right =
      found !== null && (await this.proofs.byCode({ subscriptionId: found.id }, code, () => this.confirmed(found.id)));
    if (!right) throw new DomainError('subscription.codeWrong');
  }

  /** What the link of the mail would confirm; null when it is used or too old. */
  async pending(token: string): Promise<StoredSubscription | null> {
    const id = await this.proofs.subscriptionOf(token);
    return id === null ? null : this.rows.find({ id });
  }

  async confirmByLink(token: string): Promise<boolean> {
    return this.proofs.byToken(token, (id) => this.confirmed(id));
  }

  private async confirmed(id: string): Promise<void> {
    const found = await this.rows.find({ id });
    const at = this.clock.now();
    if (!found || !(await this.rows.move(id, 'requested', 'confirmed', { confirmedAt: at }))) return;
    await this.rows.endOthers(found, ['confirmed'], at);
    await this.audit.record(`subscription:${id}`, 'subscription.confirmed', `subscription:${id}`, {
      publication: found.publication,
    });
  }

  /** @throws DomainError subscription.notFound */
  async byEndToken(token: string): Promise<StoredSubscription> {
    const found = /^[\w-]{22}$/.test(token) ? await this.rows.find({ endTokenHash: sha256Hex(token) }) : null;
    if (!found) throw new DomainError('subscription.notFound');
    return found;
  }

  /** Ending twice is no error: mail programs press the button again. */
  async end(token: string, via: Ending): Promise<StoredSubscription> {
    const found = await this.byEndToken(token);
    await this.endOne(found, via, `subscription:${found.id}`);
    return found;
  }

  async endOne(subscription: StoredSubscription, via: Ending, actor: string, reason?: string): Promise<boolean> {
    const { id, state } = subscription;
    if (state !== 'active' && state !== 'confirmed') return false;
    return this.database.transaction(async () => {
      const ended = { endedAt: this.clock.now(), endedVia: via, reason: reason || undefined };
      if (!(await this.rows.move(id, state, 'ended', ended))) return false;
      await this.messages.cancelOfSubscription(id);
      await this.audit.record(actor, 'subscription.ended', `subscription:${id}`, {
        via,
        reason: reason || undefined,
      });
      return true;
    });
  }

  /** Somebody asked for it by SMS. @returns how many ended: none where the number has no subscription */
  async endByReply(mobile: string): Promise<number> {
    let ended = 0;
    for (const found of await this.rows.livingAt('sms', this.vault.lookupHash('sms', mobile)))
      if (await this.endOne(found, 'smsReply', `subscription:${found.id}`)) ended += 1;
    return ended;
  }

  /** By schedule: what nobody confirmed is forgotten, what nobody decided on expires. */
  async tidy(): Promise<{ forgotten: number; expired: number }> {
    const now = this.clock.now().getTime();
    const forgotten = await this.rows.forgetUnconfirmed(new Date(now - confirmHours * 3_600_000));
    const expired = await this.rows.expireUndecided(new Date(now - decideDays * day));
    await this.messages.cancelOfEndedSubscriptions();
    return { forgotten, expired };
  }

  async forgetAddresses(): Promise<void> {
    await this.rows.forgetAddresses(new Date(this.clock.now().getTime() - this.settings.contactWipeDays * day));
  }
}

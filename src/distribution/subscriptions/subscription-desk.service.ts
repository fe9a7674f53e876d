import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { mailDomainOf } from '../../domain/people/contact-address.js';
import { DomainError } from '../../domain/errors/errors.js';
import { decisionNewsHours } from '../../domain/sending/subscription.js';
import { AddressProofService } from '../../organisation/address-proof.service.js';
import { ContactRepository } from '../../organisation/contact.repository.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Vault } from '../../platform/crypto.js';
import { filedWith } from '../../settings/sms.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { Settings } from '../../settings/settings.js';
import { Database } from '../../platform/database.js';
import { SecrecyGate } from '../../platform/secrecy-gate.js';
import { type StoredSubscription, SubscriptionRepository } from './subscription.repository.js';
import { SubscriptionService } from './subscription.service.js';

/** How many were decided on, and of them how many are not told of it: a person must. */
export interface Decided {
  decided: number;
  untold: number;
}

/** What the office does with subscriptions: opens a publication to them, approves, rejects, ends. */
@Injectable()
export class SubscriptionDeskService {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly contacts: ContactRepository,
    private readonly subscriptions: SubscriptionService,
    private readonly proofs: AddressProofService,
    private readonly queue: JobQueue,
    private readonly vault: Vault,
    private readonly gate: SecrecyGate,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async setOpen(publicationId: string, open: boolean, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.rows.setSubscribable(publicationId, open))) throw new DomainError('subscription.notFound');
      const action = open ? 'subscription.opened' : 'subscription.closedToNew';
      await this.audit.record(actor.id, action, `publication:${publicationId}`);
    });
  }

  /** One that was decided or ended meanwhile is left alone. */
  async approve(ids: readonly string[], actor: Actor): Promise<Decided> {
    return this.each(ids, async (found) => {
      const at = this.clock.now();
      await this.rows.endOthers(found, ['active'], at);
      if (!(await this.rows.move(found.id, 'confirmed', 'active', { decidedAt: at, decidedBy: actor.id }))) return null;
      await this.takeAddress(found, at);
      const told = await this.tell(found, 'approved');
      await this.audit.record(actor.id, 'subscription.approved', `subscription:${found.id}`, {
        publication: found.publication,
        told,
      });
      return told;
    });
  }

  /** The address of somebody who is not sent anything is not kept. */
  async reject(ids: readonly string[], reason: string, actor: Actor): Promise<Decided> {
    await this.gate.passNote(actor.id, 'subscription', reason);
    return this.each(ids, async (found) => {
      const { id, publication } = found;
      const decided = { decidedAt: this.clock.now(), decidedBy: actor.id, reason, sealed: null, lookupHash: null };
      if (!(await this.rows.move(id, 'confirmed', 'rejected', decided))) return null;
      const told = await this.tell(found, 'rejected');
      await this.audit.record(actor.id, 'subscription.rejected', `subscription:${id}`, { publication, reason, told });
      return told;
    });
  }

  /** By SMS only where a vendor has a text for it on file. */
  tellsBy(channel: 'email' | 'sms'): boolean {
    return channel === 'email' || filedWith('decision', this.settings.sms) !== null;
  }

  /**
   * The whole address, to phone who is not told otherwise.
   *
   * @throws DomainError subscription.addressGone
   */
  async reveal(id: string, reason: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const found = await this.rows.find({ id });
      if (!found) throw new DomainError('subscription.notFound');
      if (!found.sealed) throw new DomainError('subscription.addressGone');
      const { channel, publication } = found;
      await this.audit.record(actor.id, 'subscription.revealed', `subscription:${id}`, {
        channel,
        publication,
        reason,
      });
      return this.vault.open(found.sealed);
    });
  }

  /** @returns false when it had ended or been decided on otherwise already */
  async end(id: string, reason: string, actor: Actor): Promise<boolean> {
    await this.gate.passNote(actor.id, `subscription:${id}`, reason);
    const found = await this.rows.find({ id });
    if (!found) throw new DomainError('subscription.notFound');
    return this.subscriptions.endOne(found, 'office', actor.id, reason);
  }

  /** Whoever has the address already is the person; else there is a new one without a post. */
  private async takeAddress(found: StoredSubscription, at: Date): Promise<void> {
    const { channel, lookupHash, sealed, masked, name } = found;
    if (!lookupHash || !sealed) return;
    if (!(await this.contacts.ownerOf(channel, lookupHash))) {
      const personId = await this.rows.addPerson(name);
      const mailDomain = mailDomainOf(channel, this.vault.open(sealed));
      const keyId = this.vault.keyId;
      await this.contacts.put({ personId, kind: channel, sealed, keyId, lookupHash, mailDomain, masked });
    }
    // The code came back from there: the best proof there is.
    await this.contacts.markVerifiedAt(channel, lookupHash, found.confirmedAt ?? at);
  }

  /**
   * Tells what was decided, at most as often as an address gets codes.
   *
   * @returns whether a message is on its way
   */
  private async tell({ id, channel, sealed, lookupHash }: StoredSubscription, decision: 'approved' | 'rejected') {
    if (!this.tellsBy(channel) || !sealed || !lookupHash) return false;
    const subject = { subscriptionId: id };
    const order = {
      subject,
      channel,
      sealed,
      lookupHash,
      askedBy: `subscription:${id}`,
      minutes: decisionNewsHours * 60,
      decision,
    };
    return (await this.proofs.order(order)) === null;
  }

  /** @param work says whether who asked is told of it; null when nothing was decided */
  private async each(
    ids: readonly string[],
    work: (found: StoredSubscription) => Promise<boolean | null>,
  ): Promise<Decided> {
    const decided = await this.database.transaction(async () => {
      const done = { decided: 0, untold: 0 };
      for (const id of new Set(ids)) {
        const found = await this.rows.find({ id });
        const told = found?.state === 'confirmed' ? await work(found) : null;
        if (told !== null) done.decided += 1;
        if (told === false) done.untold += 1;
      }
      return done;
    });
    if (decided.decided > 0) await this.queue.ring('proof.send', {});
    return decided;
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { DomainError } from '../domain/errors.js';
import { decisionNewsHours } from '../domain/subscription.js';
import { AddressProofService } from '../organisation/address-proof.service.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { Database } from '../platform/database.js';
import { type StoredSubscription, SubscriptionRepository } from './subscription.repository.js';
import { SubscriptionService } from './subscription.service.js';

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
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async setOpen(publicationId: string, open: boolean, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.rows.setSubscribable(publicationId, open))) throw new DomainError('subscription.notFound');
      const action = open ? 'subscription.opened' : 'subscription.closedToNew';
      await this.audit.record(actor.id, action, `publication:${publicationId}`);
    });
  }

  /** @returns how many were decided; one that was decided or ended meanwhile is left alone */
  async approve(ids: readonly string[], actor: Actor): Promise<number> {
    return this.each(ids, async (found) => {
      const at = this.clock.now();
      await this.rows.endOthers(found, ['active'], at);
      if (!(await this.rows.move(found.id, 'confirmed', 'active', { decidedAt: at, decidedBy: actor.id })))
        return false;
      await this.takeAddress(found, at);
      const told = await this.tell(found, 'approved');
      await this.audit.record(actor.id, 'subscription.approved', `subscription:${found.id}`, {
        publication: found.publication,
        told,
      });
      return true;
    });
  }

  /** The address of somebody who is not sent anything is not kept. */
  async reject(ids: readonly string[], reason: string, actor: Actor): Promise<number> {
    return this.each(ids, async (found) => {
      const { id, publication } = found;
      const decided = { decidedAt: this.clock.now(), decidedBy: actor.id, reason, sealed: null, lookupHash: null };
      if (!(await this.rows.move(id, 'confirmed', 'rejected', decided))) return false;
      const told = await this.tell(found, 'rejected');
      await this.audit.record(actor.id, 'subscription.rejected', `subscription:${id}`, { publication, reason, told });
      return true;
    });
  }

  /** @returns false when it had ended or been decided on otherwise already */
  async end(id: string, reason: string, actor: Actor): Promise<boolean> {
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
      const mailDomain = channel === 'email' ? (this.vault.open(sealed).split('@')[1]?.toLowerCase() ?? null) : null;
      const keyId = this.vault.keyId;
      await this.contacts.put({ personId, kind: channel, sealed, keyId, lookupHash, mailDomain, masked });
    }
    // The code came back from there: the best proof there is.
    await this.contacts.markVerifiedAt(channel, lookupHash, found.confirmedAt ?? at);
  }

  /**
   * Tells by mail what was decided, at most as often as an address gets codes. By SMS nothing is told: no text for it is filed.
   *
   * @returns whether a mail is on its way
   */
  private async tell({ id, channel, sealed, lookupHash }: StoredSubscription, decision: 'approved' | 'rejected') {
    if (channel !== 'email' || !sealed || !lookupHash) return false;
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

  private async each(ids: readonly string[], work: (found: StoredSubscription) => Promise<boolean>): Promise<number> {
    const decided = await this.database.transaction(async () => {
      let done = 0;
      for (const id of new Set(ids)) {
        const found = await this.rows.find({ id });
        if (found?.state === 'confirmed' && (await work(found))) done += 1;
      }
      return done;
    });
    if (decided) await this.queue.ring('proof.send', {});
    return decided;
  }
}

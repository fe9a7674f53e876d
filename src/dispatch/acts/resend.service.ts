import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { DomainError } from '../../domain/errors/errors.js';
import { codeLifeMs } from '../../domain/reading/guessing.js';
import { deadlineFor } from '../../domain/sending/retry.js';
import { priorityOf } from '../../domain/urgency.js';
import { ClassGate } from '../../issues/class-gate.js';
import { OrganisationRepository } from '../../organisation/organisation.repository.js';
import { Clock } from '../../platform/clock.js';
import { randomToken, Vault } from '../../platform/crypto.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { linkCode } from '../plan/link.js';
import { PlanRepository } from '../rows/plan.repository.js';

/** Most times a day that a reader may have the code sent again. */
const MAX_RESENDS = 3;

/** One more message to one person on his own request. */
@Injectable()
export class ResendService {
  constructor(
    private readonly gate: ClassGate,
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly organisation: OrganisationRepository,
    private readonly channels: ChannelRegistry,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /** @returns the masked number. @throws DomainError reading.noCodeAddress, reading.tooManyTries */
  async resendBySms(copyId: string): Promise<string> {
    const masked = await this.database.transaction(async () => {
      const now = this.clock.now();
      const copy = await this.plans.copyForResend(copyId, now);
      const contact =
        copy &&
        (await this.organisation.contactsOf([copy.personId])).find(({ kind, badSince }) => kind === 'sms' && !badSince);
      const carry = copy ? this.gate.carry(copy.level, 'sms', contact?.mailDomain ?? null) : 'nothing';
      if (!copy || !contact || carry === 'nothing' || !this.channels.get('sms'))
        throw new DomainError('reading.noCodeAddress');
      if (copy.readersResends >= MAX_RESENDS) throw new DomainError('reading.tooManyTries');
      if (copy.codeSentAt && now.getTime() - copy.codeSentAt.getTime() > codeLifeMs) await this.renewCode(copyId);
      await this.plans.addDeliveries(
        copy.editionId,
        [
          {
            copyId,
            channel: 'sms',
            purpose: 'resend',
            round: copy.lastRound + 1,
            carry,
            address: contact.sealed,
            addressMasked: contact.masked,
            mailDomain: null,
            contactId: contact.id,
            position: copy.copyNumber,
          },
        ],
        // Somebody is waiting in front of the page.
        { priority: priorityOf('extraUrgent'), at: now, deadline: deadlineFor('extraUrgent', now) },
      );
      return contact.masked;
    });
    await this.queue.ring('delivery.send.sms', {});
    return masked;
  }

  /** What has run out is not made good again: whoever has seen it has nothing. */
  private async renewCode(copyId: string): Promise<void> {
    for (;;) {
      const nonce = randomToken(16);
      const codeHash = this.vault.lookupHash('code', linkCode(this.vault, copyId, nonce));
      if ((await this.plans.knownCodeHashes([codeHash])).size > 0) continue;
      return this.plans.renewCode(copyId, nonce, codeHash);
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { channelText } from '../../domain/sending/channel-text.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { DomainError } from '../../domain/errors/errors.js';
import { deadlineFor } from '../../domain/sending/retry.js';
import { type Carry, secrecyText } from '../../domain/issue/secrecy.js';
import { priorityOf } from '../../domain/urgency.js';
import { ClassGate } from '../../issues/class-gate.js';
import { OrganisationRepository } from '../../organisation/organisation.repository.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { Settings } from '../../settings/settings.js';
import { PlanRepository, type ResendableCopy } from '../rows/plan.repository.js';

/** One way to reach the person again. */
export interface ResendOption {
  channel: ChannelKind;
  addressMasked: string;
  /** Null for other channels than e-mail. */
  mailDomain: string | null;
  carry: Carry;
  /** The list has another address now than the last message went to. */
  corrected: boolean;
  /** A message to this person is still waiting on this channel. */
  waiting: boolean;
  /** Chinese sentence why it cannot be chosen, else null. */
  refused: string | null;
}

/** The office sends one person's copy again, over channels it chooses, to the addresses of today's list. */
@Injectable()
export class SendAgainService {
  constructor(
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly organisation: OrganisationRepository,
    private readonly channels: ChannelRegistry,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly gate: ClassGate,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
  ) {}

  /** @returns the ways there are, and the round a form for them must carry */
  async offer(copyId: string): Promise<{ options: ResendOption[]; round: number }> {
    const copy = await this.live(copyId);
    const options = (await this.ways(copyId, copy)).map(({ option }) => option);
    return { options, round: copy.lastRound + 1 };
  }

  /**
   * @param round from the form: a form that was sent already finds its round taken and sends nothing
   * @returns how many messages were planned
   */
  async resend(
    copyId: string,
    wanted: readonly ChannelKind[],
    round: number,
    actor: Actor,
  ): Promise<{ planned: number }> {
    const channels = await this.database.transaction(async () => {
      const copy = await this.live(copyId);
      if (round <= copy.lastRound) return [];
      if (round > copy.lastRound + 1) throw new DomainError('dispatch.changedMeanwhile');
      const chosen = (await this.ways(copyId, copy)).filter(({ option }) => wanted.includes(option.channel));
      const refused = chosen.find(({ option }) => option.refused !== null);
      if (chosen.length < wanted.length || refused)
        throw new DomainError('dispatch.cannotResend', { reason: refused?.option.refused });
      const now = this.clock.now();
      const deliveries = chosen.map(({ option: { channel, carry, addressMasked, mailDomain }, sealed, contactId }) => ({
        ...{ copyId, channel, carry, addressMasked, mailDomain, contactId, round },
        purpose: 'resend',
        address: sealed,
        position: copy.copyNumber,
        askedById: actor.id,
      }));
      await this.plans.addDeliveries(copy.editionId, deliveries, {
        priority: priorityOf(copy.urgency),
        at: now,
        deadline: deadlineFor(copy.urgency, now),
      });
      await this.plans.renewLink(copyId, new Date(now.getTime() + this.settings.reading.linkDays * 86_400_000));
      await this.audit.record(actor.id, 'dispatch.resent', `issue:${copy.issueId}`, {
        copyId,
        copyNumber: copy.copyNumber,
        round,
        channels: wanted,
      });
      return wanted;
    });
    for (const kind of channels) await this.queue.ring(sendJobs[kind], {});
    return { planned: channels.length };
  }

  private async live(copyId: string): Promise<ResendableCopy> {
    const copy = await this.plans.copyForResend(copyId, this.clock.now());
    if (!copy) throw new DomainError('dispatch.noLiveCopy');
    return copy;
  }

  private async ways(copyId: string, copy: ResendableCopy) {
    const [contacts, used] = await Promise.all([
      this.organisation.contactsOf([copy.personId]),
      this.plans.addressesUsed(copyId),
    ]);
    return this.channels.kinds().flatMap((channel) =>
      contacts
        .filter(({ kind }) => kind === channel)
        .map(({ id, sealed, masked, mailDomain, badSince }) => {
          const before = used.find((row) => row.channel === channel);
          const carry = this.gate.carry(copy.level, channel, mailDomain);
          const refused =
            carry === 'nothing'
              ? `按密级“${secrecyText[copy.level]}”，不得通过${channelText[channel]}发到这个地址。`
              : badSince
                ? '通道报告这个地址无效，请先在发送名单中更正。'
                : null;
          const corrected = before !== undefined && before.address !== sealed;
          const option = {
            channel,
            addressMasked: masked,
            mailDomain,
            carry,
            corrected,
            waiting: before?.waiting ?? false,
            refused,
          };
          return { option, sealed, contactId: id };
        }),
    );
  }
}
